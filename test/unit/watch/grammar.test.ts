import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { context, type PartialMessage } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generatedGrammar, grammarProblems } from '../../../scripts/watch/grammar.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mae-grammar-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each<[string, string, PartialMessage[]]>([
  [
    'each problem with its place, columns from 0 as esbuild counts them',
    'server/src/mae.langium:9:8 - Expecting token.\nLangium generator failed.\n',
    [{ text: 'Expecting token.', location: { file: 'server/src/mae.langium', line: 9, column: 7 } }],
  ],
  [
    'on Windows',
    'C:\\a\\mae.langium:1:2 - No rule.\r\n',
    [{ text: 'No rule.', location: { file: 'C:\\a\\mae.langium', line: 1, column: 1 } }],
  ],
  ['anything else whole', 'out of memory\n', [{ text: 'The grammar was not generated: out of memory' }]],
])('what the generator says: %s', (_, said, problems) => expect(grammarProblems(said)).toEqual(problems));

test('code is generated before the first build and when the grammar is another; a broken grammar is an error', async () => {
  const generated = path.join(folder, 'language', 'generated');
  mkdirSync(generated, { recursive: true });
  const [grammar, code] = [path.join(folder, 'language', 'toy.langium'), path.join(generated, 'ast.ts')];
  const entry = path.join(folder, 'main.ts');
  writeFileSync(entry, "import { rules } from './language/generated/ast.ts';\nconsole.log(rules);\n");
  writeFileSync(grammar, 'one');
  let runs = 0;
  const plugin = generatedGrammar(grammar, /[\\/]language[\\/]generated[\\/]\w+\.ts$/, async () => {
    runs += 1;
    const text = readFileSync(grammar, 'utf8');
    if (text === 'broken') return [{ text: 'no such rule' }];
    writeFileSync(code, `export const rules = '${text}';\n`);
    return [];
  });
  const watched = await context({
    entryPoints: [entry],
    bundle: true,
    write: false,
    logLevel: 'silent',
    plugins: [plugin],
  });
  const rebuilt = async (): Promise<string> => (await watched.rebuild()).outputFiles[0]?.text ?? '';
  try {
    expect(await rebuilt()).toContain('"one"');
    expect(await rebuilt()).toContain('"one"');
    expect(runs).toBe(1);
    writeFileSync(grammar, 'broken');
    await expect(watched.rebuild()).rejects.toThrow('no such rule');
    // Nothing changed: the error stays, and the generator has nothing to do.
    await expect(watched.rebuild()).rejects.toThrow('no such rule');
    expect(runs).toBe(2);
    writeFileSync(grammar, 'two');
    expect(await rebuilt()).toContain('"two"');
  } finally {
    await watched.dispose();
  }
});

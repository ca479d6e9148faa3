import { expect, test } from 'vitest';
import { Folder } from './mae.ts';
import { type Answer, call, connected } from './mcp-client.ts';

/** What a person may ask for in words. */
const ASKED = 'a backbone for 640×640 under 5 G macs with at most 30 layers';

/** What is read out of such words, by somebody who has no idea of the product. */
function wanted(words: string): { readonly size: string; readonly macs: string; readonly layers: string } {
  const [, side = ''] = /(\d+)×\d+/.exec(words) ?? [];
  const [, macs = ''] = /under (\d+) G macs/.exec(words) ?? [];
  const [, layers = ''] = /at most (\d+) layers/.exec(words) ?? [];
  return { size: side, macs, layers };
}

interface Fix {
  readonly edits: readonly { line: number; column: number; endLine: number; endColumn: number; text: string }[];
}

/** Does to a text what the first fix of its first error says. */
function mended(text: string, { value }: Answer): string {
  const problems = value?.['problems'] as { severity: string; fixes: readonly Fix[] }[];
  const fix = problems.find(({ severity, fixes }) => severity === 'error' && fixes.length > 0)?.fixes[0];
  if (fix === undefined) throw new Error(`nothing mends ${JSON.stringify(problems)}`);
  const lines = text.split('\n').map((line) => line.length + 1);
  const offset = (line: number, column: number): number =>
    lines.slice(0, line - 1).reduce((sum, length) => sum + length, 0) + column - 1;
  return fix.edits
    .toSorted((a, b) => b.line - a.line || b.column - a.column)
    .reduce(
      (now, e) => now.slice(0, offset(e.line, e.column)) + e.text + now.slice(offset(e.endLine, e.endColumn)),
      text,
    );
}

test('from words to a checked file, by the descriptions alone', async () => {
  const folder = new Folder();
  const client = await connected(folder.path);
  const { tools } = await client.listTools();
  const about = tools.find(({ name }) => name === 'check')?.description ?? '';
  // The description has one complete file: it begins with a backbone and ends with a search.
  const sample = /^backbone .*?^search \{.*?^\}\n/ms.exec(about)?.[0] ?? '';
  const { size, macs, layers } = wanted(ASKED);
  // A mistake that a writer who has just met the language makes, and a depth that breaks the budget.
  let text = sample
    .replace(/input 3 x .*/, `input 3 x ${size} x ${size}`)
    .replace(/macs +<= .*/, `macs <= ${macs}G`)
    .replace(/layers +<= .*/, `layers <= ${layers}`)
    .replace('btn: 64,', 'bottleneck_width: 64,')
    .replace(/x 1\n\}/, 'x 6\n}');
  let checks = 0;
  for (;;) {
    const answer = await call(client, 'check', { text });
    checks += 1;
    if (answer.value?.['ok'] === true) break;
    expect(checks).toBeLessThan(5);
    text = mended(text, answer);
  }
  expect(checks).toBeGreaterThan(1);
  const found = await call(client, 'search', { text, out: 'asked.mae' });
  expect(found.error).toBeUndefined();
  expect(found.value).toMatchObject({ written: 'asked.mae' });
  const path = 'asked.mae';
  expect((await call(client, 'check', { path })).value).toMatchObject({ ok: true, problems: [] });
  const before = (await call(client, 'score', { text })).value?.['backbones'] as [{ score: { fanIn: number } }];
  const after = (await call(client, 'score', { path })).value?.['backbones'] as typeof before;
  expect(after).toMatchObject([{ input: [3, 640, 640], budgets: [{ holds: true }, { holds: true }] }]);
  expect(after[0].score.fanIn).toBeGreaterThan(before[0].score.fanIn);
  // What the command line says of the file that came of it.
  expect(await folder.mae('check', path)).toMatchObject({ exit: 0, stdout: '' });
});

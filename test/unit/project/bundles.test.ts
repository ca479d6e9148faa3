import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundles } from '../../../scripts/bundles.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
let outputs: Metafile['outputs'] = {};
beforeAll(async () => {
  const options = { ...bundles(false).commands, absWorkingDir: ROOT, write: false, sourcemap: false } as const;
  outputs = (await build(options)).metafile?.outputs ?? {};
});

/** All that is read before a source of ours runs: the piece that it begins, and what that imports. */
function loadedFor(source: string): readonly string[] {
  const entry = Object.keys(outputs).find((name) => outputs[name]?.entryPoint === source);
  if (entry === undefined) throw new Error(`no piece begins with ${source}`);
  const loaded = new Set([entry]);
  for (const piece of loaded)
    for (const { path: name, kind } of outputs[piece]?.imports ?? [])
      if (kind === 'import-statement' && name in outputs) loaded.add(name);
  return [...loaded];
}

const bytesOf = (pieces: readonly string[]): number =>
  pieces.reduce((sum, piece) => sum + (outputs[piece]?.bytes ?? 0), 0);

const packagesIn = (pieces: readonly string[]): string[] =>
  pieces.flatMap((piece) =>
    Object.keys(outputs[piece]?.inputs ?? {}).flatMap(
      (input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? [],
    ),
  );

describe('a command loads what it needs', () => {
  test.each([
    // Not minified. Before anything else runs, Node is asked to keep what it compiles.
    ['main', 5_000],
    ['run', 200_000],
    ['explain', 100_000],
    ['completions', 200_000],
    ['score', 2_800_000],
    ['check', 2_600_000],
    ['search', 3_000_000],
  ])('%s: at most %d bytes', (name, most) => {
    expect(bytesOf(loadedFor(`server/src/cli/${name}.ts`))).toBeLessThan(most);
  });

  test.each(['score', 'check', 'fmt', 'search', 'compare'])(
    '%s has no language server, queue or protocol in it',
    (name) => {
      const packages = packagesIn(loadedFor(`server/src/cli/${name}.ts`));
      expect(packages).toContain('langium');
      for (const other of [
        'vscode-languageserver',
        'bullmq',
        'ioredis',
        '@modelcontextprotocol/server',
        '@lezer/python',
      ])
        expect(packages).not.toContain(other);
    },
  );

  test('every piece stands beside the entry, which finds what else stands there', () => {
    for (const name of Object.keys(outputs)) expect(name).toMatch(/^dist\/cli(-[\w.-]+)?\.js$/);
  });
});

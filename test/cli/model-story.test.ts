import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Folder } from './mae.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/onnx');

interface Scored {
  readonly macs: number;
  readonly params: { readonly total: number };
  readonly layers: number;
  readonly score: { readonly fanIn: number };
}

function scoreOf(json: string): Scored {
  const [first] = (JSON.parse(json) as { readonly backbones: readonly Scored[] }).backbones;
  if (first === undefined) throw new Error(json);
  return first;
}

test('a model comes in, a better backbone at the same cost is found, and goes out as a model again', async () => {
  const folder = new Folder({});
  copyFileSync(join(FIXTURES, 'resnet50.folded.onnx'), join(folder.path, 'resnet50.onnx'));
  const run = async (...args: string[]) => {
    const { exit, stdout, stderr } = await folder.mae(...args);
    expect(exit, stderr).toBe(0);
    return stdout;
  };
  await run('import', 'resnet50.onnx', '--with-search', '--out', 'r50.mae');
  expect(folder.read('r50.mae')).toContain('budget same_cost {\n  macs   <= 4087136256\n');
  await run('check', 'r50.mae');
  const before = scoreOf(await run('score', 'r50.mae', '--json'));
  await run('search', 'r50.mae', '--in-place');
  const after = scoreOf(await run('score', 'r50.mae', '--json'));
  expect(after.score.fanIn).toBeGreaterThan(before.score.fanIn + 50);
  expect([after.macs <= before.macs, after.params.total <= before.params.total, after.layers]).toEqual([
    true,
    true,
    before.layers,
  ]);
  await run('export', 'r50.mae', '--to', 'onnx', '--out', 'better.onnx');
  const better = JSON.parse(await run('inspect', 'better.onnx', '--json')) as {
    readonly macs: { readonly conv: number };
  };
  expect(better.macs.conv).toBe(after.macs);
});

test('a search starts from one network', async () => {
  const block = "{'class': 'ConvKXBNRELU', 'in': 3, 'out': 8, 'k': 3, 's': 2}";
  const folder = new Folder({ 's.txt': `{'best_structures': [[${block}], [${block}]]}`, 'one.txt': `[${block}]` });
  expect(await folder.mae('import', 's.txt', '--with-search')).toMatchObject({
    exit: 2,
    stdout: '',
    stderr: 'error: option --with-search: s.txt has 2 networks, and a search starts from one\n',
  });
  expect((await folder.mae('import', 'one.txt', '--with-search')).stdout).toContain(
    'search {\n  start one\n  within same_cost\n',
  );
});

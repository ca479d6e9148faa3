import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { model, type NodeSpec } from '../unit/exchange/onnx/encode.ts';
import { writeChain } from '../unit/exchange/onnx/sparse-file.ts';
import { CLI, ended, Folder } from './mae.ts';

/** Has a process say what it took in memory when it ends. */
const SAYS_PEAK = 'process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS))';
/** Kilobytes. */
const MOST = 500_000;

const relus = (count: number): readonly NodeSpec[] =>
  Array.from({ length: count }, (_, i) => ({ op: 'Relu', in: [`t${i}`], out: [`t${i + 1}`] }));

describe('whatever a model is, half a gigabyte is enough to say what it costs or what is wrong with it', () => {
  const cases: readonly (readonly [string, (folder: Folder) => void])[] = [
    ['weights of 3 GB', (folder) => writeChain(folder.at('m.onnx'), 12, 8000)],
    ['as many convolutions as are read', (folder) => writeChain(folder.at('m.onnx'), 60_000, 2)],
  ];
  test.each(cases)('%s', async (_, write) => {
    const folder = new Folder();
    write(folder);
    expect(await peak(folder)).toMatchObject({ exit: 0, fits: true });
  });

  test('300,000 nodes', async () => {
    const folder = new Folder({ 'm.onnx': model({ nodes: relus(300_000) }) });
    const { exit, stderr, fits } = await peak(folder);
    expect({ exit, fits }).toEqual({ exit: 1, fits: true });
    expect(stderr).toContain('there are more than 60000 nodes');
  });
});

async function peak(folder: Folder) {
  const preload = `data:text/javascript,${encodeURIComponent(SAYS_PEAK)}`;
  const child = spawn(process.execPath, ['--import', preload, CLI, 'inspect', 'm.onnx'], { cwd: folder.path });
  const { exit, stderr } = await ended(child);
  const [, kilobytes = 'nothing'] = /peak (\d+)/.exec(stderr) ?? [];
  return { exit, stderr, fits: Number(kilobytes) < MOST };
}

import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Folder } from './mae.ts';
import { pythonFor } from './python.ts';

/** What each program prints of one model, with a time by the number in its file's name. */
const PROGRAMS = {
  trtexec: `f=$(echo "$*" | sed 's/.*--onnx=\\([^ ]*\\).*/\\1/')
case "$f" in *.onnx) ;; *) echo '&&&& RUNNING TensorRT.trtexec [TensorRT v8603] # trtexec'; exit 1 ;; esac
echo '[I] Latency: min = 9 ms, max = 9 ms, mean = 9 ms, median = 9 ms, percentile(99%) = 9 ms'
echo '[I] GPU Compute Time: min = 1 ms, max = 3 ms, mean = 2.1 ms, median = 2.5 ms, percentile(90%) = 3 ms'
echo '[I] D2H Latency: min = 9 ms, max = 9 ms, mean = 9 ms, median = 9 ms, percentile(99%) = 9 ms'`,
  pnnx: `touch "\${1%.onnx}.ncnn.param"`,
  benchncnn: `echo "loop_count = $1"
echo "num_threads = $2"
echo "         $6  min =    2.50  max =    3.00  avg =    2.70"`,
  onnx2tf: `mkdir -p "$4"; touch "$4/model_float32.tflite"`,
  benchmark_model: `echo 'count=50 first=2600 curr=2500 min=2400 max=2700 avg=2500 std=50'
echo 'Inference timings in us: Init: 9000, First inference: 9000, Warmup (avg): 9000, Inference (avg): 2500'`,
};

/** A folder with a kit of which only a few models are left, and programs that print as the real ones do. */
async function smallKit(): Promise<Folder> {
  const folder = new Folder();
  expect(await folder.mae('profile', '--kit', 'kit')).toMatchObject({ exit: 0, stderr: '' });
  const kit = JSON.parse(folder.read('kit/kit.json')) as { models: { kind: string; file: string }[] };
  const networks = kit.models.filter(({ kind }) => kind === 'network').slice(0, 2);
  const models = [...networks, ...kit.models.filter(({ kind }) => kind === 'operator').slice(0, 3)];
  writeFileSync(folder.at('kit/kit.json'), JSON.stringify({ ...kit, models }, undefined, 1));
  const shapes = folder.read('kit/shapes.csv').trim().split('\n');
  const left = shapes.filter((line) => models.some(({ file }) => line.startsWith(`${file},`)));
  writeFileSync(folder.at('kit/shapes.csv'), `${left.join('\n')}\n`);
  mkdirSync(folder.at('bin'));
  for (const [name, script] of Object.entries(PROGRAMS)) {
    writeFileSync(folder.at(`bin/${name}`), `#!/bin/sh\n${script}\n`);
    chmodSync(folder.at(`bin/${name}`), 0o755);
  }
  return folder;
}

const onPath = (folder: Folder) => ({ ...process.env, PATH: `${folder.at('bin')}:${process.env['PATH']}` });

describe.runIf(process.platform !== 'win32')('run.sh of a kit', () => {
  test.each([
    ['trtexec', 'TensorRT', '8603'],
    ['ncnn', 'ncnn', 'unknown'],
    ['tflite', 'TFLite', 'unknown'],
  ])('reads what %s prints, goes on where it stopped, and --from takes it', async (tool, name, version) => {
    const folder = await smallKit();
    const run = () =>
      spawnSync('sh', ['kit/run.sh', tool, 'a board'], { cwd: folder.path, env: onPath(folder), encoding: 'utf8' });
    const first = run();
    expect({ status: first.status, stderr: first.stderr }).toEqual({ status: 0, stderr: '' });
    const times = folder.read('kit/results.csv').trim().split('\n').slice(1);
    expect(new Set(times.map((line) => Number(line.split(',')[1])))).toEqual(new Set([2.5]));
    expect(new Set(times.map((line) => line.split(',')[0])).size).toBe(5);
    run();
    expect(folder.read('kit/results.csv').trim().split('\n').length).toBe(times.length + 2);
    const made = await folder.mae('profile', '--from', 'kit', '--out', 'board.maeprofile.json');
    expect(made).toMatchObject({ exit: 0, stdout: 'board.maeprofile.json is the profile of a board.\n' });
    const profile: unknown = JSON.parse(folder.read('board.maeprofile.json'));
    expect(profile).toMatchObject({
      device: 'a board',
      runtime: { name, version },
      threads: 1,
      timing: { clock: 'wall' },
    });
  });

  test('says of a program that is not there which models have no time', async () => {
    const folder = await smallKit();
    rmSync(folder.at('bin/trtexec'));
    const { stderr, stdout } = spawnSync('sh', ['kit/run.sh', 'trtexec'], {
      cwd: folder.path,
      env: { ...onPath(folder), PATH: `${folder.at('bin')}:/usr/bin:/bin` },
      encoding: 'utf8',
    });
    expect(stderr).toContain('gave no time');
    expect(stdout).toMatch(/Done, [1-9]\d* without a time/);
  });
});

/** Stands in for the library where only the script is to be tried: sessions that do nothing. */
const RUNTIME = `
__version__ = "1.30.0"
class SessionOptions: pass
class Entry:
    name = "x"
    shape = [1, 3, 8, 8]
class InferenceSession:
    def __init__(self, file, settings, providers): open(file, "rb").close()
    def get_inputs(self): return [Entry()]
    def run(self, outputs, feed): sum(range(20000))
`;

const python = pythonFor('import numpy');

test.runIf(python !== undefined)('run.py of a kit writes what --from takes', async () => {
  const folder = await smallKit();
  writeFileSync(folder.at('kit/onnxruntime.py'), RUNTIME);
  const run = spawnSync(python ?? '', ['kit/run.py', '--device', 'a laptop'], { cwd: folder.path, encoding: 'utf8' });
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
  const made = await folder.mae('profile', '--from', 'kit', '--out', 'laptop.maeprofile.json');
  expect(made).toMatchObject({ exit: 0, stdout: 'laptop.maeprofile.json is the profile of a laptop.\n' });
  const profile: unknown = JSON.parse(folder.read('laptop.maeprofile.json'));
  expect(profile).toMatchObject({
    runtime: { name: 'onnxruntime', version: '1.30.0' },
    timing: { clock: 'cpu', quantile: 0.2 },
  });
});

describe('mae profile --from', () => {
  test.each([
    [
      'a folder that has no kit',
      {},
      /kit\.json: error\[bad-kit\]: This file of the kit cannot be read.*Name the folder of a kit/,
    ],
    ['a kit that was not run', { 'kit.json': '' }, /kit\.json: error\[bad-kit\]: It is no JSON/],
  ])('%s', async (_, files, message) => {
    const { exit, stderr } = await new Folder(files).mae('profile', '--from', '.', '--out', 'x.maeprofile.json');
    expect(exit).toBe(1);
    expect(stderr).toMatch(message);
  });

  test('results that are spoilt are told with their line; a kit with results is not written over', async () => {
    const folder = await smallKit();
    cpSync(folder.at('kit'), folder.at('spoilt'), { recursive: true });
    writeFileSync(
      folder.at('spoilt/device.json'),
      JSON.stringify({
        device: 'x',
        runtime: { name: 'y', version: '1' },
        threads: 1,
        clock: 'wall',
        quantile: 0.5,
        warmUps: 1,
        date: '2026-12-01',
      }),
    );
    writeFileSync(folder.at('spoilt/results.csv'), 'file,ms,spread,runs\nmodels/001_conv.onnx,-3,0,1\n');
    const { exit, stderr } = await folder.mae('profile', '--from', 'spoilt', '--out', 'x.maeprofile.json');
    expect(exit).toBe(1);
    expect(stderr).toMatch(/results\.csv: error\[bad-kit\]: Line 2: expected file,ms,spread,runs/);
    expect(await folder.mae('profile', '--kit', 'spoilt')).toMatchObject({ exit: 3 });
  });
});

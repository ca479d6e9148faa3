import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { builtProgram } from './program.ts';

const folder = dirname(await builtProgram());
await build({
  entryPoints: { cli: join(import.meta.dirname, '../../server/src/cli/main.ts') },
  outdir: folder,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  logLevel: 'warning',
  banner: { js: "import { createRequire as __r } from 'node:module'; const require = __r(import.meta.url);" },
});
const design = join(folder, 'design.mae');
await writeFile(
  design,
  `backbone one {
  input 3 x 64 x 48
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 32, btn: 16, k: 3, s: 2) x 2
}
backbone two {
  input 3 x 32 x 32
  stem     conv(out: 8, k: 3, s: 2)
}
`,
);

interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

function mae(args: readonly string[], whenStarted?: (child: ChildProcess) => void): Promise<Ended> {
  const child = spawn(process.execPath, [join(folder, 'cli.js'), ...args], { cwd: folder, detached: true });
  let out = '';
  let err = '';
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => (err += text));
  whenStarted?.(child);
  return new Promise((resolve) => child.on('close', (exit) => resolve({ exit, out, err })));
}

const summary = z.strictObject({ mean: z.number(), sd: z.number() });
/** The contract of DESIGN section 3; the Zen-Score also says how it was taken. */
const answer = z.strictObject({
  backend: z.string(),
  device: z.string(),
  draws: z.number(),
  seed: z.number(),
  activation: z.string(),
  backbones: z.array(
    z.strictObject({
      name: z.string(),
      stages: z.array(z.strictObject({ name: z.string(), logStd: summary, predicted: summary, z: z.number() })),
      zen: summary.extend({ draws: z.number(), batch: z.number() }).optional(),
      seconds: z.number(),
    }),
  ),
});
/** Where the theory has no term for the spread, there is none. */
const detectors = z.object({
  detectors: z.array(
    z.object({
      name: z.string(),
      stages: z.array(
        z.object({ name: z.string(), logStd: summary, predicted: summary.extend({ sd: z.number().nullable() }) }),
      ),
    }),
  ),
});
const read = ({ exit, out, err }: Ended): z.infer<typeof answer> => {
  if (exit !== 0) throw new Error(err);
  return answer.parse(JSON.parse(out));
};
const numbers = (a: z.infer<typeof answer>): unknown => a.backbones.map(({ stages, zen }) => ({ stages, zen }));

describe('mae measure', () => {
  test('--json keeps its contract, and z is the distance in standard errors', async () => {
    const got = read(await mae(['measure', design, '--json', '--draws', '3', '--seed', '5', '--backend', 'wasm']));
    expect(got).toMatchObject({ backend: 'wasm', draws: 3, seed: 5, activation: 'relu' });
    expect(got.backbones.map((b) => [b.name, b.stages.map((s) => s.name)])).toEqual([
      ['one', ['C1', 'C2']],
      ['two', ['C1']],
    ]);
    expect(got.backbones[0]?.zen).toMatchObject({ draws: 3, batch: 4 });
    for (const { logStd, predicted, z: distance } of got.backbones.flatMap((b) => b.stages)) {
      const error = Math.max(predicted.sd, logStd.sd) / Math.sqrt(3);
      expect(distance).toBeCloseTo((logStd.mean - predicted.mean) / error, 9);
      expect(Math.abs(distance)).toBeLessThan(5);
    }
  });

  test('the same seed gives the same numbers with any number of workers, another seed others', async () => {
    const run = (...args: string[]) => mae(['measure', design, '--json', '--backend', 'wasm', ...args]).then(read);
    const [one, three, other] = await Promise.all([run('--workers', '1'), run('--workers', '3'), run('--seed', '1')]);
    expect(numbers(one)).toEqual(numbers(three));
    expect(numbers(other)).not.toEqual(numbers(one));
  });

  test('--at, --activation and --no-zen are obeyed', async () => {
    const plain = ['measure', design, '--json', '--draws', '1', '--no-zen', '--backend', 'wasm'];
    const [relu, linear, large] = await Promise.all([
      mae(plain).then(read),
      mae([...plain, '--activation', 'linear']).then(read),
      mae([...plain, '--at', '96x96']).then(read),
    ]);
    expect(relu.backbones.every((b) => b.zen === undefined)).toBe(true);
    // The first layer has no activation before it; after it a ReLU takes away about half the variance per layer.
    expect(linear.backbones[0]?.stages[0]?.logStd).toEqual(relu.backbones[0]?.stages[0]?.logStd);
    expect(linear.backbones[0]?.stages[1]?.logStd.mean).toBeGreaterThan(
      (relu.backbones[0]?.stages[1]?.logStd.mean ?? 0) + 1,
    );
    expect(large.backbones[0]?.stages[0]?.logStd).not.toEqual(relu.backbones[0]?.stages[0]?.logStd);
  });

  test('for people: the device, the draws and the spread stand beside every number', async () => {
    const { exit, out } = await mae(['measure', design, '--draws', '2', '--no-zen']);
    expect(exit).toBe(0);
    expect(out).toMatch(/one: relu, 2 draws, seed 0, wasm on .+ \((CPU|GPU)\)/);
    expect(out).toMatch(/C2 +-?\d+\.\d\d ± \d\.\d\d +-?\d+\.\d\d ± \d\.\d\d +-?\d\.\d/);
  });

  test.each([
    [['measure', 'absent.mae'], 1, /absent\.mae:1:1/],
    [['measure', design, '--draws', '0'], 2, /--draws/],
    [['measure', design, '--backend', 'tpu'], 2, /--backend/],
    [['measure', design, '--backend', 'cuda'], 3, /not installed.*\nnext step/],
  ])('%s ends with %i', async (args, exit, message) => {
    const ended = await mae(args);
    expect(ended.exit).toBe(exit);
    expect(ended.err).toMatch(message);
    expect(ended.out).toBe('');
  });

  test('Ctrl-C ends it with 130', async () => {
    const ended = await mae(['measure', design, '--draws', '10000', '--backend', 'wasm'], (child) => {
      // As soon as the command listens: it prints nothing, so its own child is the sign. One question after the other: two that
      // are answered would be two Ctrl-C, and the second ends the command without a word.
      const ask = (): void => {
        const list = spawn('pgrep', ['-P', String(child.pid)]);
        let found = false;
        list.stdout.once('data', () => {
          found = true;
          // As a terminal does: to every process of the group.
          process.kill(-(child.pid ?? 0), 'SIGINT');
        });
        list.once('close', () => {
          if (!found && child.exitCode === null) ask();
        });
      };
      ask();
    });
    expect(ended.exit).toBe(130);
    expect(ended.err).toMatch(/cancelled/);
  });
});

test('mae doctor tells of every backend, and of the unusable ones why and what to do', async () => {
  const { exit, out } = await mae(['doctor', '--json']);
  expect(exit).toBe(0);
  const report = JSON.parse(out) as { backends: { name: string; usable: boolean; failure?: { nextStep: string } }[] };
  expect(report.backends.map((b) => b.name)).toEqual(['cuda', 'webgpu', 'wasm', 'onnx']);
  for (const b of report.backends) if (!b.usable) expect(b.failure?.nextStep).not.toBe('');
  expect((await mae(['doctor'])).out).toMatch(/wasm: usable, [\d.]+ GMAC\/s/);
});

test('a network whose signal branches is measured without the Zen-Score, and has no term for the spread', async () => {
  const file = join(folder, 'branching.mae');
  const blocks = 'stem conv(out: 16, k: 3, s: 2)\n  stage C2 shuffle(out: 32, k: 3, s: 2) x 2';
  await writeFile(file, `backbone b {\n  input 3 x 32 x 32\n  ${blocks}\n}\n`);
  const args = ['measure', file, '--backend', 'wasm', '--draws', '2'];
  const [said, json] = [await mae(args), await mae([...args, '--json'])];
  expect(said.exit).toBe(0);
  expect(said.out).toMatch(/C2 .+ no term in the theory/);
  expect(said.out).toContain('Zen-Score: not defined for a network whose signal branches');
  expect(JSON.parse(json.out)).toMatchObject({
    backbones: [
      { stages: [{ name: 'C1' }, { name: 'C2', predicted: { mean: expect.any(Number), sd: null }, z: null }] },
    ],
  });
});

test('detectors are passed too: outputs, levels, and what dense heads make of them', async () => {
  const path = join(folder, 'detector.mae');
  const lines = [
    'backbone net {',
    '  input 3 x 64 x 64',
    '  stem     conv(out: 16, k: 3, s: 2)',
    '  stage C2 conv(out: 24, k: 3, s: 2)',
    '  stage C3 conv(out: 32, k: 3, s: 2)',
    '}',
    'detector small { classes 4  neck fpn(from: C2..C3, out: 32, levels: 2)  head retina(width: 16, convs: 1, anchors: 2) }',
  ];
  await writeFile(path, lines.join('\n'));
  const { exit, out } = await mae(['measure', path, '--json', '--at', '32x48', '--draws', '2']);
  const [detector] = detectors.parse(JSON.parse(out)).detectors;
  expect([exit, detector?.name]).toEqual([0, 'small']);
  expect(detector?.stages.map(({ name }) => name)).toEqual([
    ...['C2', 'C3', 'P2', 'P3', 'P2 cls tower', 'P2 cls', 'P2 reg tower', 'P2 reg'],
    ...['P3 cls tower', 'P3 cls', 'P3 reg tower', 'P3 reg'],
  ]);
  for (const { logStd, predicted } of detector?.stages ?? [])
    expect(Math.abs(logStd.mean - predicted.mean)).toBeLessThan(1);
});

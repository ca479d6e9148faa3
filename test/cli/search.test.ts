import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { EXAMPLES, ended, Folder, type Run, SMALL } from './mae.ts';

interface Result {
  readonly type: string;
  readonly score: number;
  readonly backbone: string;
  readonly start: { readonly score: number };
  readonly costs: { readonly macs: number; readonly layers: number };
}

const linesOf = (run: Run): Result[] =>
  run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Result);

function resultOf(run: Run): Result {
  const last = linesOf(run).at(-1);
  if (last === undefined) throw new Error(`no result: ${run.stderr}`);
  return last;
}

describe('mae search --prove', () => {
  test('checks a design: the best one stays, another becomes the best, and both are proven', async () => {
    const folder = new Folder({ 'a.mae': SMALL.replace('within tiny', 'within tiny\n  prove no') });
    const check = () => folder.mae('search', 'a.mae', '--json', '--prove', '--evaluations', '1', '--in-place');
    const better = resultOf(await check());
    expect(better).toMatchObject({ evaluations: 1, proven: true, gap: 0, bound: better.score });
    expect(better.score).toBeGreaterThan(better.start.score);
    const same = resultOf(await check());
    expect(same).toMatchObject({ proven: true, score: better.score, backbone: better.backbone });
    expect(same.start.score).toBeCloseTo(better.score, 9);
    const { stdout } = await folder.mae('search', 'a.mae', '--prove', '--evaluations', '1');
    expect(stdout).toContain('; proven best in this space; ');
    // Without it the text's «prove no» counts.
    expect(resultOf(await folder.mae('search', 'a.mae', '--json'))).toMatchObject({ proven: false });
  });
});

/** A search that takes far longer than any test. */
const ENDLESS = SMALL.replace('evaluations 3000', 'evaluations 900M');

describe('mae search --json', () => {
  let run: Run;
  beforeAll(async () => {
    run = await new Folder().mae('search', `${EXAMPLES}r50_search.mae`, '--json', '--evaluations', '20k');
  });

  test('ends with the result of the contract', () => {
    const number = expect.any(Number);
    expect(run.exit).toBe(0);
    expect(resultOf(run)).toMatchObject({
      type: 'result',
      evaluations: number,
      seconds: number,
      evaluationsPerSecond: number,
      seed: 0,
      estimator: 'fan-in',
      score: number,
      backbone: expect.stringMatching(/^backbone r50_start \{\n {2}input 3 x 480 x 480\n/),
      costs: {
        macs: number,
        thop: number,
        mmcv: number,
        tinynas: number,
        params: { conv: number, total: number },
        layers: number,
        memoryBytes: number,
      },
    });
    expect(resultOf(run)).toHaveProperty('bound');
    expect(resultOf(run)).toHaveProperty('gap');
    expect(resultOf(run)).toHaveProperty('proven', expect.any(Boolean));
  });

  test('only progress comes before it', () => {
    const before = linesOf(run).slice(0, -1);
    expect(before.every((line) => line.type === 'progress')).toBe(true);
    expect(run.stderr).toBe('');
  });

  test('the design is what it says: it scores the same, holds the budget and gained', async () => {
    const result = resultOf(run);
    const folder = new Folder({
      'best.mae': `${result.backbone}\nbudget r50 {\n  tinynas <= 18.8G\n  layers <= 91\n}\n`,
    });
    expect(await folder.mae('check', 'best.mae')).toMatchObject({ exit: 0, stdout: '' });
    const scored = await folder.mae('score', 'best.mae', '--json');
    const { backbones } = JSON.parse(scored.stdout) as { backbones: { score: { fanIn: number }; macs: number }[] };
    expect(backbones[0]?.score.fanIn).toBeCloseTo(result.score, 6);
    expect(backbones[0]?.macs).toBe(result.costs.macs);
    // The released searcher ends at 1779.8 on this task, after 100,000 evaluations.
    expect(result.score).toBeGreaterThan(1779.8);
  });

  test('the same seed gives the same answer with any number of workers, another seed another', async () => {
    const folder = new Folder({ 'a.mae': SMALL });
    // The paper's own rules and few evaluations: the tuned search finds the same best design from any seed.
    const search = (...args: string[]): Promise<Run> =>
      folder.mae('search', 'a.mae', '--json', '--algorithm', 'paper', '--evaluations', '400', ...args);
    const [one, two, other] = await Promise.all([
      search('--seed', '7', '--workers', '1'),
      search('--seed', '7', '--workers', '3'),
      search('--seed', '8'),
    ]);
    expect(resultOf(two).backbone).toBe(resultOf(one).backbone);
    expect(resultOf(two).score).toBe(resultOf(one).score);
    expect(resultOf(other).backbone).not.toBe(resultOf(one).backbone);
  });

  test('--estimator exact scores with zero padding', async () => {
    const folder = new Folder({ 'a.mae': SMALL });
    const exact = resultOf(await folder.mae('search', 'a.mae', '--json', '--estimator', 'exact'));
    const scored = await new Folder({ 'b.mae': exact.backbone }).mae('score', 'b.mae', '--json');
    const { backbones } = JSON.parse(scored.stdout) as { backbones: { score: { exact: number } }[] };
    expect(backbones[0]?.score.exact).toBeCloseTo(exact.score, 6);
  });
});

describe('where the design goes', () => {
  const numbers = (text: string): string => text.replace(/\d+/g, '#');
  /** In the canonical layout columns move with their numbers. */
  const words = (text: string): string => numbers(text).replace(/ +/g, ' ');

  test('--in-place changes numbers only: comments, spaces, line ends and the mark stay', async () => {
    const before = `\uFEFF${SMALL.replace('<= 20M', '<=  20M').replaceAll('\n', '\r\n')}`;
    const folder = new Folder({ 'a.mae': before });
    chmodSync(folder.at('a.mae'), 0o640);
    const { exit, stdout, stderr } = await folder.mae('search', 'a.mae', '--in-place');
    expect(exit).toBe(0);
    expect(stderr).toContain('a.mae: design written');
    expect(stdout).not.toContain('backbone small {');
    const after = folder.read('a.mae');
    expect(after).not.toBe(before);
    expect(numbers(after)).toBe(numbers(before));
    expect(after.slice(after.indexOf('budget'))).toBe(before.slice(before.indexOf('budget')));
    expect(readdirSync(folder.path)).toEqual(['a.mae']);
    expect((await folder.mae('check', 'a.mae')).exit).toBe(0);
  });

  test('--out writes a copy and leaves the file', async () => {
    const folder = new Folder({ 'a.mae': SMALL });
    const { exit } = await folder.mae('search', 'a.mae', '--out', 'b.mae');
    expect(exit).toBe(0);
    expect(folder.read('a.mae')).toBe(SMALL);
    expect(words(folder.read('b.mae'))).toBe(words(SMALL));
    expect(folder.read('b.mae')).not.toBe(SMALL);
    // What was in its canonical layout still is.
    expect(await folder.mae('fmt', 'a.mae', 'b.mae', '--check')).toMatchObject({ exit: 0 });
  });

  test('without either it stands on standard output, after what was gained', async () => {
    const { exit, stdout, stderr } = await new Folder({ 'a.mae': SMALL }).mae('search', 'a.mae');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^small: Z \d+\.\d → \d+\.\d \(\+\d+\.\d nats, fan-in\)/);
    expect(stdout).toMatch(/macs +[\d.]+ M +[\d.]+ M +\d+\.\d % of 20 M/);
    expect(stdout).toMatch(/\nbackbone small \{\n[\s\S]+\n\}\n$/);
    // Plain lines, not a bar: this is no terminal.
    expect(stdout + stderr).not.toContain('\r');
    expect(stdout + stderr).not.toContain('\u001b');
  });

  test.each([
    ['a read-only file', (folder: Folder) => chmodSync(folder.at('a.mae'), 0o444), 'it is read-only'],
    ['a file that vanished', (folder: Folder) => rmSync(folder.at('a.mae')), 'it vanished or can no longer be read'],
    [
      'a backbone that was changed meanwhile',
      (folder: Folder) => writeFileSync(folder.at('a.mae'), SMALL.replace('out: 96', 'out: 80')),
      'small was changed while the search ran',
    ],
  ])('%s is not overwritten, and the design is not lost', async (_, meanwhile, reason) => {
    const folder = new Folder({ 'a.mae': SMALL.replace('3000', '1M') });
    const child = folder.start('search', 'a.mae', '--in-place');
    child.stderr.once('data', () => meanwhile(folder));
    const { exit, stdout, stderr } = await ended(child);
    expect(stderr).toContain(`a.mae:1:1: error[file]: Cannot write: ${reason}.`);
    expect(stdout).toContain('backbone small {');
    expect(exit).toBe(3);
    if (existsSync(folder.at('a.mae'))) expect(folder.read('a.mae')).not.toContain(stdout.split('\n').at(-3) ?? '');
  });

  test('a text that changed elsewhere meanwhile keeps that change', async () => {
    const folder = new Folder({ 'a.mae': SMALL.replace('3000', '1M') });
    const child = folder.start('search', 'a.mae', '--in-place');
    child.stderr.once('data', () => writeFileSync(folder.at('a.mae'), `// a remark\n${SMALL}`));
    expect((await ended(child)).exit).toBe(0);
    expect(folder.read('a.mae')).toMatch(/^\/\/ a remark\nbackbone small/);
    expect(words(folder.read('a.mae'))).toBe(words(`// a remark\n${SMALL}`));
    expect(folder.read('a.mae')).not.toContain('out: 96');
  });
});

describe('a cost that is minimised', () => {
  const LEAST = SMALL.replace('within tiny', 'within tiny\n  minimise params\n  score >= 300');

  test('holds the score of the file, or that of the command line, and says how little is possible', async () => {
    const folder = new Folder({ 'a.mae': LEAST });
    const [own, more] = await Promise.all([
      folder.mae('search', 'a.mae'),
      folder.mae('search', 'a.mae', '--json', '--score', '350'),
    ]);
    expect(own.exit).toBe(0);
    expect(own.stdout).toMatch(
      /^small: [\d.]+ k params → [\d.]+ k params \([+−][\d.]+ %\), Z 3\d\d\.\d held at 300 \(fan-in\); proven least in this space; /,
    );
    expect(own.stdout).toMatch(/\n {2}params .* no design that holds the score has less\n/);
    const result = resultOf(more);
    expect(result).toMatchObject({ goal: { kind: 'minimise', cost: 'params', score: 350 }, stopped: 'done' });
    expect(result.score).toBeGreaterThanOrEqual(350);
    expect(Reflect.get(result, 'bound')).toBeLessThanOrEqual(Reflect.get(result.costs, 'params').total);
  });

  test('by the command line alone, without any budget, at the score of the start', async () => {
    const folder = new Folder({ 'a.mae': SMALL.slice(0, SMALL.indexOf('budget')) });
    const { exit, stdout } = await folder.mae('search', 'a.mae', '--minimise', 'macs', '--evaluations', '5k', '--json');
    expect(exit).toBe(0);
    const result = resultOf({ exit, stdout, stderr: '' });
    expect(result).toMatchObject({ budget: null, goal: { kind: 'minimise', cost: 'macs' } });
    expect(result.score).toBeGreaterThanOrEqual(result.start.score - 1e-6);
    expect(result.costs.macs).toBeLessThan(Reflect.get(result.start, 'costs').macs);
  });

  test('that no design can hold: the place of the score', async () => {
    const folder = new Folder({ 'a.mae': LEAST.replace('300', '30000') });
    const { exit, stdout, stderr } = await folder.mae('search', 'a.mae');
    expect(stderr).toMatch(
      /a\.mae:20:3: error\[score-impossible\]: No design within budget tiny was found to hold a score of 30000: the best has \d+\.\d\./,
    );
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
  });
});

describe('an early end', () => {
  test('on a plateau, the same for any number of workers', async () => {
    const folder = new Folder({ 'a.mae': ENDLESS.replace('within', 'plateau 100k\n  within') });
    const [one, two] = await Promise.all(
      ['1', '2'].map((workers) => folder.mae('search', 'a.mae', '--workers', workers, '--json')),
    );
    if (one === undefined || two === undefined) throw new Error('two runs');
    expect(resultOf(one)).toMatchObject({ stopped: 'plateau' });
    expect(resultOf(two).backbone).toBe(resultOf(one).backbone);
  });

  test('by the options of the command line, in words', async () => {
    const folder = new Folder({ 'a.mae': ENDLESS });
    const [plateau, time] = await Promise.all([
      folder.mae('search', 'a.mae', '--plateau', '50k'),
      folder.mae('search', 'a.mae', '--time-limit', '0.5'),
    ]);
    expect([plateau.exit, time.exit]).toEqual([0, 0]);
    expect(plateau.stdout).toContain('; stopped after 50,000 evaluations without a better design.');
    expect(time.stdout).toContain(
      '; stopped at its time limit of 0.5 s, so that another machine may find another design.',
    );
  });
});

describe('interruption', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends it within moments with 130, and the best so far is printed',
    async (signal) => {
      const folder = new Folder({ 'a.mae': ENDLESS });
      const child = folder.start('search', 'a.mae', '--in-place');
      let sent = 0;
      child.stderr.once('data', () => {
        sent = performance.now();
        child.kill(signal);
      });
      const { exit, stdout, stderr } = await ended(child);
      expect(exit).toBe(130);
      expect(performance.now() - sent).toBeLessThan(3000);
      expect(stdout).toContain('backbone small {');
      expect(stderr).toMatch(/Interrupted after [\d,]+ evaluations, nothing was written\.\n$/);
      expect(folder.read('a.mae')).toBe(ENDLESS);
    },
  );

  test('a killed search leaves the file as it was, and nothing beside it', async () => {
    const folder = new Folder({ 'a.mae': ENDLESS });
    const child = folder.start('search', 'a.mae', '--in-place');
    child.stderr.once('data', () => child.kill('SIGKILL'));
    expect((await ended(child)).exit).toBe(null);
    expect(folder.read('a.mae')).toBe(ENDLESS);
    expect(readdirSync(folder.path)).toEqual(['a.mae']);
  });
});

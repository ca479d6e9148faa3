import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHECKPOINT_VERSION, readCheckpoint, writeCheckpoint } from '../../server/src/search/checkpoint.ts';
import { runSearch, search } from '../../server/src/search/node/run-search.ts';
import { WorkerPool } from '../../server/src/search/node/worker-pool.ts';
import type { SearchState } from '../../server/src/search/run.ts';
import { ALGORITHMS, type SearchResult, type SearchTask } from '../../server/src/search/task.ts';
import { PRESETS } from '../../server/src/space/presets.ts';
import { backbones, checkpointTask, r50Task, taskFor } from './search-arbitrary.ts';

const WORKER = new URL('../../server/src/search/node/worker.ts', import.meta.url);
const quick: SearchTask = { ...r50Task, evaluations: 4_000 };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mae-checkpoint-'));
  file = join(folder, 'search.checkpoint');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function statesOf(task: SearchTask): Promise<{ states: SearchState[]; result: SearchResult }> {
  const states: SearchState[] = [];
  const result = await search(task, { onState: (state) => void states.push(state) });
  if (result.kind === 'problem') throw new Error(result.message);
  return { states, result };
}

/** Starts the search of search-child.ts and kills it, without a chance to clean up, after some epochs. */
function killedAfter(epochs: number): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('search-child.ts', import.meta.url)), file]);
  let seen = 0;
  child.stdout.on('data', (text: Buffer) => {
    seen += text.toString().split('\n').length - 1;
    if (seen >= epochs) child.kill('SIGKILL');
  });
  return new Promise((resolve) => void child.on('exit', (_, signal) => resolve(signal)));
}

describe('a checkpoint', () => {
  it('survives being written and read', async () => {
    const { states } = await statesOf(quick);
    for (const state of states) {
      const reading = readCheckpoint(writeCheckpoint(quick, state), quick);
      if ('wrong' in reading) throw new Error(reading.wrong);
      const ranked = reading.state.islands.map((i, n) => ({ ...i, fitness: state.islands[n]?.fitness }));
      expect({ ...reading.state, islands: ranked }).toEqual(state);
    }
  });

  it.each([
    ['fan-in', {}],
    ['exact', { estimator: 'exact' }],
    ['paper', { algorithm: 'paper' }],
    ['exact algorithm', { algorithm: 'exact' }],
    ['pareto', { pareto: ['macs', 'params'] }],
    ['minimise', { goal: { kind: 'minimise', cost: 'params', score: 1500 } }],
    ['minimise by the paper’s rules', { goal: { kind: 'minimise', cost: 'macs', score: 1000 }, algorithm: 'paper' }],
    ['plateau', { goal: { kind: 'minimise', cost: 'params', score: 1500 }, evaluations: 1e9, plateau: 300_000 }],
  ] as const)('of any epoch leads to the same answer: %s', async (_, fields) => {
    const task: SearchTask = { ...quick, ...fields };
    const { states, result } = await statesOf(task);
    expect(states.length).toBeGreaterThan(2);
    for (const state of states) {
      const reading = readCheckpoint(writeCheckpoint(task, state), task);
      if ('wrong' in reading) throw new Error(reading.wrong);
      const resumed = await search(task, { resume: reading.state });
      expect(resumed).toMatchObject({
        stopped: result.stopped,
        backbone: result.backbone,
        score: result.score,
        evaluations: result.evaluations,
      });
      if (resumed.kind === 'result') expect(resumed.front).toEqual(result.front);
    }
  });

  it('is accepted whatever was searched, by every algorithm and in every space', async () => {
    const fields = fc.record({
      algorithm: fc.constantFrom(...ALGORITHMS),
      space: fc.constantFrom(...Object.values(PRESETS)),
      pareto: fc.constantFrom([], ['macs', 'params'] as const),
    });
    await fc.assert(
      fc.asyncProperty(backbones, fields, async (start, chosen) => {
        const task = taskFor(start, { ...chosen, evaluations: 400 });
        const states: SearchState[] = [];
        await search(task, { onState: (state) => void states.push(state) });
        for (const state of states) expect(readCheckpoint(writeCheckpoint(task, state), task)).toHaveProperty('state');
      }),
      { numRuns: 30 },
    );
  });

  it('outlives kill -9, and the resumed search ends with the same answer, in processes too', async () => {
    expect(await killedAfter(3)).toBe('SIGKILL');
    expect(JSON.parse(readFileSync(file, 'utf8')).state.epoch).toBeGreaterThanOrEqual(3);
    const whole = await search(checkpointTask);
    const pool = new WorkerPool(WORKER);
    const resumed = await runSearch({ ...checkpointTask, workers: 2 }, { pool, resume: file, checkpoint: file });
    pool.close();
    expect(resumed).toMatchObject({ kind: 'result', stopped: 'done' });
    if (whole.kind === 'problem' || resumed.kind === 'problem') throw new Error('no result');
    expect(resumed.backbone).toEqual(whole.backbone);
    expect(resumed.evaluations).toBe(whole.evaluations);
    // Whoever resumes once more gets it at once, from the last checkpoint.
    expect(await runSearch(checkpointTask, { resume: file })).toMatchObject({ backbone: whole.backbone });
  });

  it('is written when the search is cancelled, and leaves no temporary file', async () => {
    const controller = new AbortController();
    const hooks = { checkpoint: file, signal: controller.signal, onProgress: () => controller.abort() };
    const endless = { ...quick, evaluations: 1e9 };
    expect(await runSearch(endless, hooks)).toMatchObject({ stopped: 'cancelled' });
    expect(readdirSync(folder)).toEqual(['search.checkpoint']);
    expect(readCheckpoint(readFileSync(file, 'utf8'), endless)).toHaveProperty('state');
  });

  it('is written at most every so many seconds', async () => {
    const { states } = await statesOf(quick);
    const outcome = await runSearch(quick, { checkpoint: file });
    expect(outcome.kind).toBe('result');
    // The search took less than the interval, so that only its end was written.
    expect(JSON.parse(readFileSync(file, 'utf8')).state.epoch).toBe(states.length);
  });
});

/** A checkpoint whose first island has other genes. */
function withMembers(good: string, change: (gene: number, index: number) => number): string {
  const data = JSON.parse(good);
  data.state.islands[0].members = data.state.islands[0].members.map(change);
  return JSON.stringify(data);
}

describe('a bad checkpoint is refused, and nothing is touched', () => {
  const cases: [string, (good: string) => string, string][] = [
    ['truncated', (good) => good.slice(0, good.length / 2), 'cut off'],
    ['empty', () => '', 'cut off'],
    ['other JSON', () => '{"a": 1}', 'no checkpoint of a search'],
    ['of another version', (good) => good.replace(`"version":${CHECKPOINT_VERSION}`, '"version":99'), 'version 99'],
    ['of another seed', (good) => good.replace('"seed":0', '"seed":5'), 'seed differs'],
    ['of another goal', (good) => good.replace('{"kind":"maximise"}', '{"kind":"minimise"}'), 'goal differs'],
    ['of another start', (good) => good.replace('"out":2048', '"out":2040'), 'start differs'],
    ['with damaged numbers', (good) => good.replace('"members":[32', '"members":[32.5'), 'damaged'],
    ['of a time that is none', (good) => good.replace(/"seconds":[\d.e-]+/, '"seconds":-1'), 'damaged'],
    [
      'without an evaluation',
      (good) => good.replace(/"evaluations":\d+,"improvedAt"/, '"evaluations":0,"improvedAt"'),
      'damaged',
    ],
    [
      'nested without end',
      (good) => good.replace('"start":', `"start":${'['.repeat(1e5)}${']'.repeat(1e5)},"x":`),
      'start differs',
    ],
    ['whose designs are zeros', (good) => withMembers(good, () => 0), 'outside the space or the budget'],
    [
      'with a block of no type',
      (good) => withMembers(good, (gene, i) => (i % 4 === 2 ? 99 : gene)),
      'outside the space',
    ],
    ['with blocks of depth 0', (good) => withMembers(good, (gene, i) => (i % 4 === 3 ? 0 : gene)), 'outside the space'],
    ['with blocks too deep', (good) => withMembers(good, (gene, i) => (i === 11 ? 1e6 : gene)), 'outside the space'],
    ['with a negative width', (good) => withMembers(good, (gene, i) => (i === 5 ? -8 : gene)), 'outside the space'],
    [
      'over the budget',
      (good) =>
        withMembers(
          good,
          (_, i) =>
            [32, 0, 0, 1, 320, 320, 1, 3, 640, 640, 1, 7, 1280, 1280, 1, 7, 2048, 2048, 1, 7, 2048, 2048, 1, 7][
              i % 24
            ] ?? 0,
        ),
      'outside the space or the budget',
    ],
    ['with an island missing', (good) => good.replace('"index":1', '"index":7'), 'damaged'],
  ];

  it.each(cases)('%s', async (_, spoil, expected) => {
    const { states } = await statesOf(quick);
    const [state] = states;
    if (state === undefined) throw new Error('no state');
    const bad = spoil(writeCheckpoint(quick, state));
    writeFileSync(file, bad);
    const outcome = await runSearch(quick, { resume: file, checkpoint: file });
    expect(outcome).toMatchObject({ kind: 'problem', code: 'bad-checkpoint', file });
    if (outcome.kind === 'problem') expect(outcome.message).toContain(expected);
    expect(readFileSync(file, 'utf8')).toBe(bad);
  });

  it('that is not there, or cannot be written', async () => {
    expect(await runSearch(quick, { resume: file })).toMatchObject({ code: 'bad-checkpoint' });
    const nowhere = join(folder, 'no', 'such', 'folder');
    const unwritable = { code: 'unwritable-checkpoint', file: nowhere };
    expect(await runSearch(quick, { checkpoint: nowhere })).toMatchObject(unwritable);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that vanishes under the search ends it, and the best so far is not lost', async () => {
    const gone = join(folder, 'gone');
    mkdirSync(gone);
    const endless = { ...quick, evaluations: 1e9 };
    const onProgress = () => rmSync(gone, { recursive: true, force: true });
    const outcome = await runSearch(endless, { checkpoint: join(gone, 'a'), checkpointEvery: 0, onProgress });
    expect(outcome).toMatchObject({
      kind: 'result',
      stopped: 'failed',
      failure: expect.stringContaining('cannot be written'),
    });
  });

  it('whose time is up gives its answer at once, and goes on with more time', async () => {
    const { states } = await statesOf(quick);
    const [state] = states;
    if (state === undefined) throw new Error('no state');
    const resume = { ...state, seconds: 5 };
    const over = await search({ ...quick, timeLimit: 5 }, { resume });
    const evaluations = state.islands.reduce((sum, island) => sum + island.evaluations, 0);
    expect(over).toMatchObject({ kind: 'result', stopped: 'time', evaluations });
    if (over.kind === 'result') expect(over.score).toBeGreaterThanOrEqual(over.start.score);
    expect(await search({ ...quick, timeLimit: 500 }, { resume })).toMatchObject({ stopped: 'done' });
  });

  it('may be resumed with other workers, time limit and plateau', async () => {
    const { states } = await statesOf(quick);
    const [state] = states;
    if (state === undefined) throw new Error('no state');
    const text = writeCheckpoint(quick, state);
    expect(readCheckpoint(text, { ...quick, workers: 4, timeLimit: 9, plateau: 1e6 })).toHaveProperty('state');
  });
});

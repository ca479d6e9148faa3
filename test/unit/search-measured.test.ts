import { describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { wholeCosts } from '../../server/src/analysis/whole-costs.ts';
import type { Backbone } from '../../server/src/backbone/backbone.ts';
import { costOf, exceeded } from '../../server/src/cost/budget.ts';
import { readCheckpoint, writeCheckpoint } from '../../server/src/search/checkpoint.ts';
import type { Scorer, Scoring } from '../../server/src/search/measured/scorer.ts';
import { search } from '../../server/src/search/node/run-search.ts';
import type { SearchInside, SearchState } from '../../server/src/search/run.ts';
import { isResult, type SearchProgress, type SearchResult, type SearchTask } from '../../server/src/search/task.ts';
import { violations } from '../../server/src/space/constraints.ts';
import { ClosedScorer, INSTRUMENT } from './closed-scorer.ts';
import { detectorTask, r50Task } from './search-arbitrary.ts';

const task: SearchTask = { ...r50Task, objective: 'zen-measured', evaluations: 150, population: 8 };

async function found(of: SearchTask, inside: SearchInside = {}): Promise<SearchResult> {
  const outcome = await search(of, { scorer: new ClosedScorer(of), ...inside });
  if (!isResult(outcome)) throw new Error(outcome.message);
  return outcome;
}

/** A scorer that does something else from its n-th batch on. */
function scorerThat(from: number, otherwise: (scoring: Scoring, signal?: AbortSignal) => Scoring): Scorer {
  const closed = new ClosedScorer(task);
  return {
    async score(designs, signal) {
      const scoring = await closed.score(designs);
      return closed.batches.length >= from ? otherwise(scoring, signal) : scoring;
    },
  };
}

const never = (): never => {
  throw new Error('the task has a downstream');
};

const textOf = ({ groups }: Backbone): string => JSON.stringify(groups);

describe('a search whose score is measured', () => {
  it('scores what its scorer scores, and changes designs as every search does', async () => {
    const scorer = new ClosedScorer(task);
    const result = await found(task, { scorer, leaders: 5 });
    expect(result.score).toBe(scorer.of(result.backbone));
    expect(result.start.score).toBe(scorer.of(task.start));
    expect(result.score).toBeGreaterThan(result.start.score + 30);
    for (const { score, backbone } of result.leaders ?? []) expect(score).toBe(scorer.of(backbone));
    expect(result.leaders).toHaveLength(5);
    const layers = task.budget.limits.find((l) => l.cost === 'layers')?.amount;
    for (const design of [...scorer.asked.slice(1), result.backbone]) {
      expect(exceeded(analyse(design).costs, task.budget)).toEqual([]);
      expect(violations(design, task.space, layers)).toEqual([]);
    }
    expect(result.costs).toEqual(analyse(result.backbone).costs);
    expect(result).toMatchObject({ evaluations: 150, stopped: 'done', measured: INSTRUMENT });
    expect([result.bound, result.gap]).toEqual([undefined, undefined]);
  });

  it('holds the budget of a whole detector', async () => {
    const whole = { ...task, budget: detectorTask.budget, downstream: detectorTask.downstream ?? never() };
    const scorer = new ClosedScorer(whole);
    const { costs, backbone } = await found(whole, { scorer });
    expect(costs).toEqual(wholeCosts(backbone, whole.downstream));
    for (const design of scorer.asked.slice(1))
      expect(exceeded(wholeCosts(design, whole.downstream), whole.budget)).toEqual([]);
  });

  it('measures no design twice: each is one evaluation, the start as it is written beside them', async () => {
    const scorer = new ClosedScorer(task);
    await found(task, { scorer });
    expect(scorer.asked).toHaveLength(151);
    expect(new Set(scorer.asked.map(textOf)).size).toBe(151);
    expect(Math.max(...scorer.batches.map((b) => b.length))).toBe(8);
  });

  it.each([
    ['the paper’s rules', { algorithm: 'paper' }],
    ['fine only', { coarseToFine: 0 }],
    ['the exact estimator, which is not asked', { estimator: 'exact' }],
    ['one evaluation', { evaluations: 1 }],
  ] as const)('holds its task: %s', async (_, fields) => {
    const own = { ...task, ...fields };
    const result = await found(own);
    expect(exceeded(result.costs, task.budget)).toEqual([]);
    expect(result.evaluations).toBe(own.evaluations);
  });

  it('gives the same answer for the same seed with any number of workers, and another for another seed', async () => {
    const [a, b, c] = [await found(task), await found({ ...task, workers: 7 }), await found({ ...task, seed: 1 })];
    expect(b.backbone).toEqual(a.backbone);
    expect(c.backbone).not.toEqual(a.backbone);
  });

  it('keeps a front of measured scores', async () => {
    const own: SearchTask = { ...task, pareto: ['macs', 'params'] };
    const scorer = new ClosedScorer(own);
    const { front = [] } = await found(own, { scorer });
    expect(front.length).toBeGreaterThan(3);
    for (const point of front) expect(point.score).toBe(scorer.of(point.backbone));
  });

  it('minimises a cost at a measured score to hold', async () => {
    const { score: held, costs: before } = await found(task);
    const own: SearchTask = {
      ...task,
      seed: 1,
      evaluations: 600,
      goal: { kind: 'minimise', cost: 'params', score: 70 },
    };
    const result = await found(own);
    expect(held).toBeGreaterThan(70);
    expect(result.score).toBeGreaterThanOrEqual(70);
    expect(costOf(result.costs, 'params')).toBeLessThan(costOf(before, 'params'));
  });

  it('stops on a plateau, and when there is no other design', async () => {
    const flat: Scorer = {
      score: (designs) => Promise.resolve({ kind: 'scored', scores: designs.map(() => 1), instrument: INSTRUMENT }),
    };
    expect(await found({ ...task, plateau: 40 }, { scorer: flat })).toMatchObject({
      stopped: 'plateau',
      evaluations: 48,
    });
    const [stem] = task.start.groups;
    const only: SearchTask = {
      ...task,
      evaluations: 5_000,
      start: { ...task.start, groups: stem === undefined ? [] : [{ ...stem, out: 16 }] },
      budget: { name: 'one', limits: [{ cost: 'params', amount: 600 }] },
    };
    const result = await found(only);
    expect(result.stopped).toBe('done');
    expect(result.evaluations).toBeLessThan(10);
  });

  it('tells how far it is', async () => {
    const seen: SearchProgress[] = [];
    const slow: Scorer = { score: (designs) => delayed(250, () => new ClosedScorer(task).score(designs)) };
    await found({ ...task, evaluations: 24 }, { scorer: slow, onProgress: (progress) => seen.push(progress) });
    expect(seen.map((p) => p.evaluations)).toEqual([8, 16, 24]);
    for (const progress of seen) expect(progress.score).toBe(new ClosedScorer(task).of(progress.best));
    expect(seen[0]?.secondsLeft).toBeGreaterThan(0);
    expect(seen[0]?.bound).toBeUndefined();
  });
});

/** A scorer that takes its time is the thing under test here. */
async function delayed<T>(milliseconds: number, then: () => Promise<T>): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return then();
}

describe('what can go wrong while it measures', () => {
  it('keeps the best so far when nothing can be measured any more', async () => {
    const scorer = scorerThat(6, () => ({ kind: 'failed', message: 'The device is gone.' }));
    const result = await found(task, { scorer });
    expect(result).toMatchObject({ stopped: 'failed', failure: 'The device is gone.', evaluations: 32 });
    expect(result.score).toBe(new ClosedScorer(task).of(result.backbone));
    expect(result.score).toBeGreaterThan(result.start.score);
  });

  it.each([
    ['the first measurement fails', scorerThat(1, () => ({ kind: 'failed', message: 'No device.' })), 'No device.'],
    [
      'the start network cannot be measured',
      scorerThat(1, () => ({
        kind: 'scored',
        scores: [-Infinity, -Infinity],
        instrument: INSTRUMENT,
        unmeasured: 'Too large.',
      })),
      'The start network cannot be measured: Too large.',
    ],
  ])('has no answer when %s', async (_, scorer, message) => {
    expect(await search(task, { scorer })).toEqual({ kind: 'problem', code: 'measuring-failed', message });
  });

  it('does not compare scores of two devices', async () => {
    const scorer = scorerThat(
      3,
      (scoring) => ({ ...scoring, instrument: { ...INSTRUMENT, device: 'and ink' } }) as Scoring,
    );
    const { failure } = await found(task, { scorer });
    expect(failure).toBe(
      'The scores so far were measured by paper on and pencil, 1 draw each, and now it is paper on and ink, 1 draw each: they cannot be compared.',
    );
  });

  it('goes on without a design that cannot be measured', async () => {
    const scorer = scorerThat(2, (scoring) =>
      scoring.kind === 'scored'
        ? { ...scoring, scores: scoring.scores.map((s, i) => (i === 0 ? -Infinity : s)) }
        : scoring,
    );
    const result = await found(task, { scorer });
    expect(result).toMatchObject({ stopped: 'done', evaluations: 150 });
    expect(Number.isFinite(result.score)).toBe(true);
  });

  it('needs a scorer, and knows no relaxation', async () => {
    expect(await search(task)).toMatchObject({ kind: 'problem', code: 'measuring-failed' });
    const exact = await search({ ...task, algorithm: 'exact' }, { scorer: new ClosedScorer(task) });
    expect(exact).toMatchObject({ kind: 'problem', code: 'bad-task' });
    expect(exact.kind === 'problem' && exact.message).toContain('zen-measured');
  });

  it.each([
    ['between two broods', 4, { stopped: 'cancelled', evaluations: 16 }],
    ['before anything was measured', 1, { kind: 'problem', code: 'cancelled' }],
  ])('can be cancelled %s', async (_, batch, expected) => {
    const abort = new AbortController();
    const scorer = scorerThat(batch, () => {
      abort.abort();
      return { kind: 'cancelled' };
    });
    expect(await search(task, { scorer, signal: abort.signal })).toMatchObject(expected);
  });
});

describe('a checkpoint of a measured search', () => {
  async function states(of: SearchTask): Promise<{ states: SearchState[]; result: SearchResult }> {
    const seen: SearchState[] = [];
    const result = await found(of, { onState: (state) => void seen.push(state) });
    return { states: seen, result };
  }

  it.each([
    ['best', {}],
    ['front', { pareto: ['macs'] }],
  ] as const)('of any brood leads to the same answer and measures nothing twice: %s', async (_, fields) => {
    const own: SearchTask = { ...task, evaluations: 60, ...fields };
    const { states: seen, result } = await states(own);
    expect(seen).toHaveLength(8);
    for (const state of seen) {
      const reading = readCheckpoint(writeCheckpoint(own, state), own);
      if ('wrong' in reading) throw new Error(reading.wrong);
      const scorer = new ClosedScorer(own);
      const resumed = await found(own, { scorer, resume: reading.state });
      expect(resumed.backbone).toEqual(result.backbone);
      expect(resumed.front).toEqual(result.front);
      expect([resumed.score, resumed.start.score]).toEqual([result.score, result.start.score]);
      expect(scorer.asked).toHaveLength(60 - (state.islands[0]?.evaluations ?? 0));
    }
  });

  it('keeps that a design could not be measured, and refuses what is damaged', async () => {
    const own = { ...task, evaluations: 24 };
    const scorer = scorerThat(3, (s) => (s.kind === 'scored' ? { ...s, scores: s.scores.map(() => -Infinity) } : s));
    let last: SearchState | undefined;
    await found(own, { scorer, onState: (state) => (last = state) });
    if (last === undefined) throw new Error('a search has states');
    const text = writeCheckpoint(own, last);
    const reading = readCheckpoint(text, own);
    expect('state' in reading && reading.state.islands[0]?.measured).toEqual(last.islands[0]?.measured);
    for (const [from, to] of [
      ['"draws":1', '"draws":"many"'],
      ['"scores":[', '"scores":[0,'],
      ['"measured":', '"lost":'],
    ] as const)
      expect(readCheckpoint(text.replace(from, to), own)).toEqual({ wrong: 'its state is damaged' });
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { lower } from '../../server/src/backbone/lower.ts';
import { ChainEvaluator } from '../../server/src/search/model/chain-evaluator.ts';
import { encode } from '../../server/src/search/model/genome.ts';
import { compileChain } from '../../server/src/search/model/model.ts';
import { search } from '../../server/src/search/node/run-search.ts';
import type { SearchTask } from '../../server/src/search/task.ts';
import { PRESETS } from '../../server/src/space/presets.ts';
import { backboneOf, type StructureCase } from '../golden/structures.ts';
import { r50Task, taskFor } from './search-arbitrary.ts';

interface ZenCase extends Pick<StructureCase, 'structure_info'> {
  readonly input: readonly [number, number, number];
  readonly mixup_gamma: number;
  readonly zen_mean: number;
}

const url = new URL('../fixtures/golden/zen-score.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(url, 'utf8')) as { readonly cases: readonly ZenCase[] };

describe('the closed-form stand-in for the Zen-Score', () => {
  it.each(cases.map((c, i) => [i, c] as const))(
    'is within 6 %% of what the authors\u2019 code measures, case %i',
    (_, c) => {
      const [channels, height, width] = c.input;
      const start = backboneOf(c.structure_info, { channels, height, width });
      const model = compileChain(taskFor(start, { objective: 'zen' }), { ...PRESETS.paper, kernelMargin: 0 });
      const e = new ChainEvaluator(model, 1);
      e.load(0, encode(model, start.groups));
      const last = lower(start).stages.at(-1);
      // What no design changes: the positions of the last map, and E|γ·ε| of the noise.
      const constant = Math.log((last?.height ?? 0) * (last?.width ?? 0) * c.mixup_gamma * Math.sqrt(2 / Math.PI));
      expect(Math.abs((e.score + constant) / c.zen_mean - 1)).toBeLessThan(0.06);
    },
  );
});

describe('a cost is minimised at a score to hold', () => {
  const task = (score: number, fields: Partial<SearchTask> = {}): SearchTask => ({
    ...r50Task,
    evaluations: 60_000,
    goal: { kind: 'minimise', cost: 'params', score },
    ...fields,
  });

  it('holds the score with far fewer parameters than the search for the score takes', async () => {
    const most = await search(r50Task);
    const least = await search(task(1800));
    if (most.kind === 'problem' || least.kind === 'problem') throw new Error('no result');
    expect(least.score).toBeGreaterThanOrEqual(1800);
    expect(analyse(least.backbone).costs).toEqual(least.costs);
    expect(least.costs.params).toBeLessThan(0.7 * most.costs.params);
    expect(least.costs.tinynas).toBeLessThanOrEqual(18.8e9);
    expect(least.gap).toBeLessThan(0.05);
  });

  it('says what is possible when the score cannot be held', async () => {
    const outcome = await search(task(5000));
    expect(outcome).toMatchObject({ kind: 'problem', code: 'score-impossible', score: 5000 });
    if (outcome.kind === 'problem' && outcome.code === 'score-impossible') {
      expect(outcome.best).toBeGreaterThan(1900);
      expect(outcome.message).toContain('5000');
    }
  });
});

describe('the start', () => {
  it('is scored as it is written, also where it breaks the space', async () => {
    const groups = r50Task.start.groups.map((g, i) => (i === 0 ? { ...g, out: 60 } : { ...g, kernel: 5 }));
    const start = { ...r50Task.start, input: { channels: 3, height: 224, width: 224 }, groups };
    const result = await search({ ...r50Task, evaluations: 500, start });
    if (result.kind === 'problem') throw new Error(result.message);
    expect(result.start.score).toBeCloseTo(analyse(start).score.fanIn, 8);
    expect(result.start.costs).toEqual(analyse(start).costs);
  });
});

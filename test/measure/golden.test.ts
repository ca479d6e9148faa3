import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lower } from '../../server/src/backbone/lower.ts';
import { summarise } from '../../server/src/measure/summary.ts';
import { backboneOf, type MeasuredCase, measuredCases, titleOf } from '../golden/structures.ts';
import { builtProgram, clientOf, requestFor } from './program.ts';

type ZenCase = Omit<MeasuredCase, 'relu' | 'seeds' | 'stage_log_std_mean' | 'stage_log_std_sd'> & {
  readonly batch: number;
  readonly repeats: number;
  readonly zen_mean: number;
  readonly zen_sd: number;
};

const text = readFileSync(new URL('../fixtures/golden/zen-score.json', import.meta.url), 'utf8');
const zenCases = (JSON.parse(text) as { readonly cases: readonly ZenCase[] }).cases;
const networkOf = (c: Pick<MeasuredCase, 'structure_info' | 'input'>) => {
  const [channels, height, width] = c.input;
  return lower(backboneOf(c.structure_info, { channels, height, width }));
};

const DRAWS = 16;
const client = clientOf(await builtProgram());

/** The difference of two means in standard errors. */
const errors = (ours: { mean: number; sd: number }, n: number, mean: number, sd: number, m: number): number =>
  Math.abs(ours.mean - mean) / Math.sqrt(ours.sd ** 2 / n + sd ** 2 / m);

describe('16 draws on wasm: the mean is within 4 standard errors of PyTorch’s at every stage', () => {
  test('there are 28 cases', () => expect(measuredCases).toHaveLength(28));

  test.each(measuredCases.map((c, i): [string, MeasuredCase] => [`${titleOf(c, i)} ${c.relu ? 'relu' : 'linear'}`, c]))(
    '%s',
    async (_, c) => {
      const activation = c.relu ? 'relu' : 'linear';
      const outcome = await client.measure(requestFor(networkOf(c), { activation, draws: DRAWS, seed: 7 }));
      if (!outcome.ok) throw new Error(outcome.failure.message);
      expect(outcome.value.draws).toHaveLength(DRAWS);
      c.stage_log_std_mean.forEach((mean, stage) => {
        const ours = summarise(outcome.value.draws.map((draw) => draw[stage] ?? Number.NaN));
        const sd = c.stage_log_std_sd[stage] ?? Number.NaN;
        expect(errors(ours, DRAWS, mean, sd, c.seeds), `stage ${stage + 1}`).toBeLessThan(4);
        // A pass that repeats one draw, or whose draws share their weights, would have no spread.
        expect(ours.sd / sd).toBeGreaterThan(0.35);
        expect(ours.sd / sd).toBeLessThan(3);
      });
    },
  );
});

describe('Zen-Score on wasm is within 4 standard errors of the authors’', () => {
  test('there are 9 cases', () => expect(zenCases).toHaveLength(9));

  test.each(zenCases.map((c, i): [string, ZenCase] => [titleOf({ ...c, name: c.name }, i), c]))('%s', async (_, c) => {
    const request = requestFor(networkOf(c), { draws: 0, zenDraws: c.repeats, seed: 7 });
    const outcome = await client.measure({ ...request, zenBatch: c.batch });
    if (!outcome.ok) throw new Error(outcome.failure.message);
    const ours = summarise(outcome.value.zen);
    expect(outcome.value.zenBatch).toBe(c.batch);
    expect(errors(ours, c.repeats, c.zen_mean, c.zen_sd, c.repeats)).toBeLessThan(4);
  });
});

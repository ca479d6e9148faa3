import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Backbone, group } from '../../server/src/backbone/backbone.ts';
import { lower } from '../../server/src/backbone/lower.ts';
import { summarise } from '../../server/src/measure/summary.ts';
import { ZEN_SEARCH_DRAWS, zenScorer } from '../../server/src/measure/zen-scorer.ts';
import { builtProgram, clientOf, requestFor } from './program.ts';

const program = await builtProgram();
const settings = { backend: 'wasm', seed: 7, workers: 2, backends: { cudaFolders: [] } } as const;

const design = (out: number, side = 64): Backbone => ({
  name: `width_${out}`,
  input: { channels: 3, height: side, width: side },
  weights: {},
  groups: [
    group({ block: 'conv', out: 8, kernel: 3, stride: 2 }),
    group({ block: 'bottleneck', out, btn: 8, kernel: 3, stride: 2 }),
  ],
});

const scored = async (...args: Parameters<ReturnType<typeof zenScorer>['score']>) => {
  const scoring = await zenScorer(clientOf(program), settings, 'a').score(...args);
  if (scoring.kind !== 'scored') throw new Error(JSON.stringify(scoring));
  return scoring;
};

describe('the scores of a batch', () => {
  test('are the Zen-Scores that each design has alone, in its order', async () => {
    const client = clientOf(program);
    const { scores, instrument } = await scored([16, 24, 32].map((out) => design(out)));
    for (const [i, out] of [16, 24, 32].entries()) {
      const request = requestFor(lower(design(out)), { seed: 7, draws: 1, zenDraws: ZEN_SEARCH_DRAWS });
      const alone = await client.measure(request);
      expect(scores[i]).toBe(alone.ok && summarise(alone.value.zen).mean);
    }
    expect(instrument).toEqual({ backend: 'wasm', device: expect.any(String), draws: ZEN_SEARCH_DRAWS });
  });

  test('do not depend on the neighbours, the threads or the names, and are remembered', async () => {
    const client = clientOf(program);
    const scorer = zenScorer(client, { ...settings, workers: 1 }, 'a');
    const [first, twice] = [await scorer.score([design(16)]), await scored([design(24), design(16), design(16)])];
    if (first.kind !== 'scored') throw new Error(JSON.stringify(first));
    expect(twice.scores.slice(1)).toEqual([first.scores[0], first.scores[0]]);
    // Nothing is asked any more: there would be nobody to answer.
    client.close();
    expect(await scorer.score([{ ...design(16), name: 'other' }])).toEqual(first);
    expect(await scorer.score([design(40)])).toMatchObject({ kind: 'failed' });
  });

  test('a design that the device has no room for has no score, and its neighbours have theirs', async () => {
    const { scores, unmeasured } = await scored([design(16), design(16, 40_000), design(24)]);
    expect(scores).toEqual([expect.any(Number), -Infinity, expect.any(Number)]);
    expect(unmeasured).toMatch(/Measure at a smaller input/);
    expect(Number.isFinite(scores[0])).toBe(true);
  });
});

describe('a measuring process that goes wrong', () => {
  test.each([
    ['hangs', 'silent', /failed 2 times .+ The last time: The measuring process said nothing for 0\.2\d* s/],
    ['dies', 'dies', /failed 2 times .+ The last time: .+native code went wrong/],
  ])('is asked again within its budget, then the reason is told: it %s', async (_, mode, message) => {
    const client = clientOf(join(import.meta.dirname, 'fake', 'misbehaving.mjs'), {
      env: { MISBEHAVE: mode },
      silenceMs: 200,
      restarts: 1,
    });
    const scoring = await zenScorer(client, settings, 'a').score([design(16)]);
    expect(scoring).toEqual({ kind: 'failed', message: expect.stringMatching(message) });
  });

  test('a cancelled batch is no failure', async () => {
    const abort = new AbortController();
    const scoring = zenScorer(clientOf(program), settings, 'a').score([design(512, 512)], abort.signal);
    abort.abort();
    expect(await scoring).toEqual({ kind: 'cancelled' });
  });
});

import type { Backbone } from '../backbone/backbone.ts';
import { lower } from '../backbone/lower.ts';
import type { Instrument, Scorer, Scoring } from '../search/measured/scorer.ts';
import { isFault, type MeasureClient } from './client.ts';
import type { MeasureFailure, Outcome } from './failure.ts';
import { requestOf } from './measure.ts';
import type { MeasureSettings } from './measure-settings.ts';
import type { Batched, MeasureRequest } from './messages.ts';
import { planOf } from './plan.ts';
import { summarise } from './summary.ts';

/** Draws of every design. One has a spread of some tenths of a nat, and a design's neighbours differ by about as much. */
export const ZEN_SEARCH_DRAWS = 2;

export type ZenScorerSettings = Pick<MeasureSettings, 'backend' | 'seed' | 'workers' | 'backends'>;

/**
 * Scores designs by their measured Zen-Score, every one with the same seed and draws, so that designs are compared and
 * not draws. A measuring process that dies, hangs or talks nonsense is asked again, until its client starts no more.
 * @param key names the questions of this search to the client
 */
export function zenScorer(client: MeasureClient, settings: ZenScorerSettings, key: string): Scorer {
  const known = new Map<string, number>();
  let instrument: Instrument | undefined;
  return {
    async score(designs, signal) {
      const requests = designs.map((design) => zenRequest(design, settings));
      const keys = requests.map(({ plan }) => JSON.stringify(plan));
      const unknown = new Map(requests.flatMap((r, i) => (known.has(keys[i] ?? '') ? [] : [[keys[i] ?? '', r]])));
      let unmeasured: MeasureFailure | undefined;
      if (unknown.size > 0) {
        const outcome = await persistently(client, [...unknown.values()], { key, signal });
        if (!outcome.ok) return trouble(outcome.failure);
        const { answers, backend } = outcome.value;
        instrument = { backend: backend.name, device: backend.device, draws: ZEN_SEARCH_DRAWS };
        [...unknown.keys()].forEach((design, i) => {
          const answer = answers[i];
          if (answer?.ok === false) unmeasured ??= answer.failure;
          known.set(design, answer?.ok === true ? summarise(answer.zen).mean : -Infinity);
        });
      }
      if (instrument === undefined) return { kind: 'failed', message: 'There was nothing to measure.' };
      const scores = keys.map((design) => known.get(design) ?? -Infinity);
      const reason = unmeasured === undefined ? {} : { unmeasured: textOf(unmeasured) };
      return { kind: 'scored', scores, instrument, ...reason };
    },
  };
}

const zenRequest = (design: Backbone, settings: ZenScorerSettings): MeasureRequest =>
  requestOf(planOf(lower(design)), { ...settings, activation: 'relu', draws: 0, zenDraws: ZEN_SEARCH_DRAWS });

async function persistently(
  client: MeasureClient,
  requests: readonly MeasureRequest[],
  options: { readonly key: string; readonly signal: AbortSignal | undefined },
): Promise<Outcome<Batched>> {
  for (let fault: MeasureFailure | undefined; ; ) {
    const outcome = await client.measureBatch(requests, options);
    if (outcome.ok) return outcome;
    if (!isFault(outcome.failure))
      return fault === undefined ? outcome : { ok: false, failure: because(outcome.failure, fault) };
    fault = outcome.failure;
  }
}

/** Why nothing is started any more says little without what happened before. */
const because = (failure: MeasureFailure, fault: MeasureFailure): MeasureFailure =>
  failure.code === 'restart-budget'
    ? { ...failure, message: `${failure.message} The last time: ${fault.message}` }
    : failure;

const trouble = (failure: MeasureFailure): Scoring =>
  failure.code === 'cancelled' || failure.code === 'superseded'
    ? { kind: 'cancelled' }
    : { kind: 'failed', message: textOf(failure) };

const textOf = ({ message, nextStep }: MeasureFailure): string => `${message} ${nextStep}`.trim();

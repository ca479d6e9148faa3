import type { Backbone } from '../../backbone/backbone.ts';
import { planOf } from '../evolve/plan.ts';
import { type EpochJob, type Executor, Interrupted, type IslandState, WorkFailure } from '../executor.ts';
import { evaluatorFor } from '../model/evaluator-for.ts';
import { decode } from '../model/genome.ts';
import type { Model } from '../model/model.ts';
import type { MeasuredDesigns } from './designs.ts';
import { MeasuredIsland } from './island.ts';
import { type Instrument, instrumentText, type Scorer, sameInstrument } from './scorer.ts';

/**
 * The executor of searches whose score is measured: an epoch is one brood, scored at once. Breeding takes microseconds
 * and measuring seconds, so that it all happens in this thread; no bound is known for what is measured.
 */
export function measuredExecutor(model: Model, scorer: Scorer, signal?: AbortSignal): Executor {
  const plan = planOf(model.task);
  const evaluator = evaluatorFor(model, plan.capacity + 1);

  async function scored(designs: readonly Backbone[], instrument?: Instrument) {
    const scoring = await scorer.score(designs, signal);
    if (scoring.kind === 'cancelled') throw new Interrupted('The search was cancelled before anything was measured.');
    if (scoring.kind === 'failed') throw new WorkFailure(scoring.message);
    if (instrument !== undefined && !sameInstrument(instrument, scoring.instrument)) {
      throw new WorkFailure(
        `The scores so far were measured by ${instrumentText(instrument)}, and now it is ${instrumentText(scoring.instrument)}: they cannot be compared.`,
      );
    }
    return scoring;
  }

  /** The start network as it is written, and as it was brought into the space and the budget. */
  async function measureStart(genes: Int32Array): Promise<MeasuredDesigns> {
    const { scores, instrument, unmeasured } = await scored([model.start, decode(model, genes)]);
    const [start = Number.NaN, begun = -Infinity] = scores;
    if (begun === -Infinity) throw new WorkFailure(`The start network cannot be measured: ${unmeasured}`);
    return { instrument, start, genes: genes.slice(), scores: Float64Array.of(begun) };
  }

  async function evolve({ state, until }: EpochJob): Promise<IslandState> {
    const measured = state.measured ?? (await measureStart(state.members));
    const island = new MeasuredIsland(evaluator, plan, state, measured);
    const brood = island.breed(until - state.evaluations);
    if (brood.length === 0) return island.take([], []);
    const designs = brood.map((genes) => decode(model, genes));
    return island.take(brood, (await scored(designs, measured.instrument)).scores);
  }

  return {
    // A brood that is measured too early would be measured for nothing.
    parallel: false,
    evolve,
    certify: () => Promise.resolve(undefined),
    prove: ({ certificate, best }) => Promise.resolve({ ...certificate, best, proven: false }),
    close: () => Promise.resolve(),
  };
}

import type { Backbone } from '../../server/src/backbone/backbone.ts';
import type { Instrument, Scorer, Scoring } from '../../server/src/search/measured/scorer.ts';
import { ChainEvaluator } from '../../server/src/search/model/chain-evaluator.ts';
import { encode } from '../../server/src/search/model/genome.ts';
import { compileChain } from '../../server/src/search/model/model.ts';
import type { SearchTask } from '../../server/src/search/task.ts';

export const INSTRUMENT: Instrument = { backend: 'paper', device: 'and pencil', draws: 1 };

/** The closed form in place of a measurement: what comes out can be held to it. */
export class ClosedScorer implements Scorer {
  readonly batches: (readonly Backbone[])[] = [];
  private readonly evaluator: ChainEvaluator;

  constructor(task: SearchTask) {
    const anything = { ...task.space, kernelMargin: 0 };
    this.evaluator = new ChainEvaluator(compileChain({ ...task, objective: 'zen', estimator: 'fan-in' }, anything), 1);
  }

  of(design: Backbone): number {
    this.evaluator.load(0, encode(this.evaluator.model, design.groups));
    return this.evaluator.score;
  }

  /** Every design that was asked for. */
  get asked(): Backbone[] {
    return this.batches.flat();
  }

  score(designs: readonly Backbone[], _signal?: AbortSignal): Promise<Scoring> {
    this.batches.push(designs);
    return Promise.resolve({ kind: 'scored', scores: designs.map((d) => this.of(d)), instrument: INSTRUMENT });
  }
}

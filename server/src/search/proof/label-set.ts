import { GENES } from '../model/genome.ts';

/**
 * Labels of one level: ways from the input to a width after some group, each with its exact score and costs. Flat arrays
 * that grow, since there are many.
 */
export class LabelSet {
  size = 0;
  readonly costCount: number;
  score: Float64Array;
  /** `costCount` a label. */
  costs: Float64Array;
  /** weight · score − Σ_c price_c · cost_c */
  worth: Float64Array;
  /** Index of the label that it goes on from, at the level before. */
  parent: Int32Array;
  /** Place of its width among those of the level. */
  node: Int32Array;
  /** Its place in the tree of windows, where the estimator is the exact one. */
  history: Int32Array;
  /** Genes of the last group. */
  genes: Int32Array;

  constructor(costCount: number, room = 256) {
    this.costCount = costCount;
    this.score = new Float64Array(room);
    this.costs = new Float64Array(room * costCount);
    this.worth = new Float64Array(room);
    this.parent = new Int32Array(room);
    this.node = new Int32Array(room);
    this.history = new Int32Array(room);
    this.genes = new Int32Array(room * GENES);
  }

  /** Adds a label whose numbers are yet to be set; gives its index. */
  add(): number {
    if (this.size === this.worth.length) this.grow();
    return this.size++;
  }

  /** The labels at some places, in their order. */
  pick(places: Int32Array): LabelSet {
    const picked = new LabelSet(this.costCount, Math.max(1, places.length));
    picked.size = places.length;
    places.forEach((from, to) => {
      picked.score[to] = this.score[from] ?? 0;
      picked.worth[to] = this.worth[from] ?? 0;
      picked.parent[to] = this.parent[from] ?? 0;
      picked.node[to] = this.node[from] ?? 0;
      picked.history[to] = this.history[from] ?? 0;
      for (let c = 0; c < this.costCount; c++)
        picked.costs[to * this.costCount + c] = this.costs[from * this.costCount + c] ?? 0;
      for (let i = 0; i < GENES; i++) picked.genes[to * GENES + i] = this.genes[from * GENES + i] ?? 0;
    });
    return picked;
  }

  private grow(): void {
    const wide = <T extends Float64Array | Int32Array>(old: T, to: T): T => {
      to.set(old);
      return to;
    };
    const room = 2 * this.worth.length;
    this.score = wide(this.score, new Float64Array(room));
    this.costs = wide(this.costs, new Float64Array(room * this.costCount));
    this.worth = wide(this.worth, new Float64Array(room));
    this.parent = wide(this.parent, new Int32Array(room));
    this.node = wide(this.node, new Int32Array(room));
    this.history = wide(this.history, new Int32Array(room));
    this.genes = wide(this.genes, new Int32Array(room * GENES));
  }
}

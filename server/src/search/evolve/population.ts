import type { Evaluator } from '../model/evaluator.ts';

/**
 * The best designs so far, sorted, each in a row of the evaluator. There is one row more than the population holds:
 * the nursery, where the next child grows.
 */
export class Population {
  private readonly evaluator: Evaluator;
  readonly capacity: number;
  size = 0;
  /** All rows: the population's by fitness, best first, then the nursery, then free ones. */
  private readonly order: Int32Array;
  private readonly fitness: Float64Array;

  constructor(evaluator: Evaluator, capacity: number) {
    this.evaluator = evaluator;
    this.capacity = capacity;
    this.order = Int32Array.from({ length: capacity + 1 }, (_, i) => i);
    this.fitness = new Float64Array(capacity + 1);
  }

  get nursery(): number {
    return this.order[this.size] ?? 0;
  }

  row(rank: number): number {
    return this.order[rank] ?? 0;
  }

  fitnessAt(rank: number): number {
    return this.fitness[this.order[rank] ?? 0] ?? -Infinity;
  }

  /** The fitness that a child has to exceed to enter. */
  get threshold(): number {
    return this.size < this.capacity ? -Infinity : this.fitnessAt(this.size - 1);
  }

  /** Takes the design in the nursery in, unless it is no better than the worst, or already there. */
  insert(fitness: number): boolean {
    if (fitness <= this.threshold) return false;
    const { order, size } = this;
    const entering = this.nursery;
    let low = 0;
    let high = size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.fitnessAt(middle) >= fitness) low = middle + 1;
      else high = middle;
    }
    // Equal designs have equal fitness, so that a duplicate can only be among the neighbours.
    for (let rank = low - 1; rank >= 0 && this.fitnessAt(rank) === fitness; rank--)
      if (this.sameGenes(this.row(rank), entering)) return false;
    // In a full population the worst slides to the place behind the last and is the next nursery.
    order.copyWithin(low + 1, low, size);
    order[low] = entering;
    this.fitness[entering] = fitness;
    if (size < this.capacity) this.size += 1;
    return true;
  }

  /** Keeps the best and forgets the others. */
  cull(best: number): void {
    this.size = Math.min(this.size, best);
  }

  /** Genes and fitness of the members, best first. */
  save(): { readonly members: Int32Array; readonly fitness: Float64Array } {
    const { genes, width } = this.evaluator;
    const members = new Int32Array(this.size * width);
    const fitness = new Float64Array(this.size);
    for (let rank = 0; rank < this.size; rank++) {
      const from = this.row(rank) * width;
      members.set(genes.subarray(from, from + width), rank * width);
      fitness[rank] = this.fitnessAt(rank);
    }
    return { members, fitness };
  }

  private sameGenes(a: number, b: number): boolean {
    const { genes, width } = this.evaluator;
    for (let i = 0; i < width; i++) if (genes[a * width + i] !== genes[b * width + i]) return false;
    return true;
  }
}

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
  /** A hash of each row's structure: its block types, kernels and depths. */
  private readonly structure: Int32Array;
  private readonly siblings: number;

  /** @param siblings members that may share one structure */
  constructor(evaluator: Evaluator, capacity: number, siblings: number) {
    this.evaluator = evaluator;
    this.siblings = siblings;
    this.structure = new Int32Array(capacity + 1);
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
    this.structure[entering] = this.structureOf(entering);
    const leaving = this.siblings < this.capacity ? this.crowded(entering, low) : size;
    if (leaving < 0) return false;
    // Who leaves slides to the place behind the last and is the next nursery: the worst, or the worst of a crowd.
    const last = Math.min(leaving, size);
    const gone = order[last] ?? 0;
    order.copyWithin(low + 1, low, last);
    order[low] = entering;
    this.fitness[entering] = fitness;
    if (last < size) order[size] = gone;
    else if (size < this.capacity) this.size += 1;
    return true;
  }

  /**
   * The rank that has to be left when a design enters at `rank`: that of the worst with the same structure when they
   * are as many as may be, or one past the last. −1 when all of them are better.
   */
  private crowded(entering: number, rank: number): number {
    const { order, structure, size } = this;
    const own = structure[entering];
    let alike = 0;
    let worst = -1;
    for (let r = 0; r < size; r++) {
      if (structure[order[r] ?? 0] !== own) continue;
      alike += 1;
      worst = r;
    }
    if (alike < this.siblings) return size;
    return worst >= rank ? worst : -1;
  }

  private structureOf(row: number): number {
    const { genes, width } = this.evaluator;
    let hash = 0;
    for (let i = row * width + 2; i < (row + 1) * width; i += 4)
      hash = Math.imul(hash ^ ((genes[i] ?? 0) * 64 + (genes[i + 1] ?? 0)), 0x9e3779b1) ^ (hash >>> 15);
    return hash;
  }

  /** Keeps the best and forgets the others. */
  cull(best: number): void {
    this.size = Math.min(this.size, best);
  }

  private sameGenes(a: number, b: number): boolean {
    const { genes, width } = this.evaluator;
    for (let i = 0; i < width; i++) if (genes[a * width + i] !== genes[b * width + i]) return false;
    return true;
  }
}

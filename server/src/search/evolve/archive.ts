import type { CostName } from '../../cost/budget.ts';
import { isPeak } from '../../cost/registry.ts';
import type { Evaluator } from '../model/evaluator.ts';
import { nonDominated } from './front.ts';
import type { Judge } from './judge.ts';

/** Boxes per factor e of one cost, by the number of costs: 2 %, 4 %, and 8 % from three costs on. */
const RESOLUTION = [50, 25, 12];
/** Boxes at most; when there are more, those that are beaten go. */
const MOST = 4096;

/**
 * The best design of every box of costs, boxes being a few per cent wide. A child is weighed against one box only, so
 * that keeping a front costs the same however large it is; what is beaten goes when the archive is read.
 */
export class Archive {
  private readonly evaluator: Evaluator;
  private readonly judge: Judge;
  /** Indices of the costs, as the judge counts them. */
  private readonly costs: readonly number[];
  private readonly resolution: number;
  private readonly boxes = new Map<number, number>();
  private readonly scores: number[] = [];
  private readonly amounts: number[][] = [];
  private readonly genes: Int32Array[] = [];

  constructor(evaluator: Evaluator, judge: Judge, costs: readonly CostName[]) {
    const { additive } = evaluator.model;
    this.evaluator = evaluator;
    this.judge = judge;
    this.costs = costs.map((cost) => (isPeak(cost) ? additive.length : additive.indexOf(cost)));
    this.resolution = RESOLUTION[Math.min(costs.length, RESOLUTION.length) - 1] ?? 1;
  }

  get size(): number {
    return this.genes.length;
  }

  genesOf(place: number): Int32Array {
    return this.genes[place] ?? new Int32Array(0);
  }

  /** Weighs the design of a row, whose totals are the evaluator's. */
  offer(row: number): void {
    const { evaluator } = this;
    const amounts = this.costs.map((cost) => this.judge.value(cost));
    const key = this.boxOf(amounts);
    const place = this.boxes.get(key);
    if (place !== undefined && (this.scores[place] ?? 0) >= evaluator.score) return;
    if (place === undefined && this.size >= MOST) this.prune();
    const at = place ?? this.size;
    this.boxes.set(key, at);
    this.scores[at] = evaluator.score;
    this.amounts[at] = amounts;
    this.genes[at] = evaluator.genes.slice(row * evaluator.width, (row + 1) * evaluator.width);
  }

  /** Genes of the designs that none beats, one after the other. */
  save(): Int32Array {
    this.prune();
    const all = new Int32Array(this.size * this.evaluator.width);
    this.genes.forEach((genes, i) => {
      all.set(genes, i * this.evaluator.width);
    });
    return all;
  }

  /** 12 bits a cost: the largest amounts have logarithms below 50. */
  private boxOf(amounts: readonly number[]): number {
    let key = 0;
    for (const amount of amounts) key = key * 4096 + Math.floor(this.resolution * Math.log(1 + amount));
    return key;
  }

  private prune(): void {
    const kept = nonDominated(
      this.genes.map((genes, i) => ({ genes, score: this.scores[i] ?? 0, costs: this.amounts[i] ?? [] })),
    );
    this.boxes.clear();
    this.genes.length = 0;
    this.scores.length = 0;
    this.amounts.length = 0;
    for (const { genes, score, costs } of kept) {
      this.boxes.set(this.boxOf(costs), this.size);
      this.genes.push(genes);
      this.scores.push(score);
      this.amounts.push([...costs]);
    }
  }
}

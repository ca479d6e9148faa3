import { squeezeWidth } from '../../backbone/residual.ts';
import type { StageCost } from '../../cost/registry.ts';
import { stageCosts } from '../../cost/registry.ts';
import type { ScoredStage } from '../../entropy/objectives/definition.ts';
import { logWorth } from '../../entropy/score-stages.ts';
import { type BlockTimes, groupTime } from './block-times.ts';
import type { Evaluator } from './evaluator.ts';
import { BTN, DEPTH, GENES, VARIANT } from './genome.ts';
import type { ChainModel } from './model.ts';
import { stageEnds } from './objective.ts';
import { PeakBeside } from './peak-beside.ts';
import { SpatialTree } from './spatial.ts';
import { groupStages } from './stage-form.ts';
import { COST_STRIDE, compileTables, MEMORY_STRIDE, SCORE_STRIDE, type Tables } from './tables.ts';

const NOTHING = new Float64Array(0);
const NO_TIMES: readonly BlockTimes[] = [];

/**
 * Costs and scores of many designs, each a row of flat arrays. The total of everything is a sum (of memory, a maximum)
 * of terms of the groups, so that a changed group is computed anew and the others stay as they are. Terms of a row:
 * for each group its score, its additive costs, its peak memory if that is watched, and its fan-in and layers if a cost of the
 * whole network is.
 *
 * It computes what `analyse()` computes, from coefficients that were read off the same lowering; a property test
 * holds the two equal.
 */
export class ChainEvaluator implements Evaluator {
  readonly model: ChainModel;
  readonly tables: Tables;
  /** Genes and terms of one row. */
  readonly width: number;
  readonly termWidth: number;
  readonly genes: Int32Array;
  readonly terms: Float64Array;
  /** Totals of the row that was refreshed last. */
  score = 0;
  memory = 0;
  readonly costs: Float64Array;
  private readonly flat: Uint8Array;
  private readonly rows: readonly Float64Array[];
  private readonly rowOf: Int32Array;
  private readonly ln: Float64Array;
  private readonly squeeze: Int8Array;
  private readonly squeezes: boolean;
  private readonly timed: Int32Array;
  private readonly times: Tables['times'];
  private readonly usesMemory: boolean;
  private readonly beside: PeakBeside | undefined;
  /** Bytes for each channel of a group's input that somebody reads later. */
  private readonly kept: Float64Array;
  private readonly groups: number;
  /** Terms of one group: its score, its additive costs, its memory if that is watched, and what costs of the whole need. */
  readonly stride: number;
  private readonly additive: number;
  private readonly sources: Int32Array;
  private readonly spatial: SpatialTree | undefined;
  private readonly stages: ReturnType<typeof groupStages> | undefined;
  private readonly scored: readonly ScoredStage[];
  /** Costs of the whole network, by what the stages have up to their ends, and where the terms for them begin. */
  private readonly whole: readonly StageCost[];
  private readonly wholeAt: number;
  private readonly stageEnds: Int32Array;
  /** Where the cost stands whose logarithm the score has, -1 where there is none. */
  private readonly scoredCost: number;

  constructor(model: ChainModel, rows: number) {
    this.model = model;
    this.tables = compileTables(model);
    this.flat = this.tables.flat;
    this.rows = this.tables.rows;
    this.rowOf = this.tables.rowOf;
    this.ln = this.tables.ln;
    this.squeeze = this.tables.squeeze;
    this.squeezes = this.squeeze.some((s) => s > 0);
    this.timed = this.tables.timed;
    this.times = this.tables.times;
    this.usesMemory = model.usesMemory;
    this.beside = model.beside === undefined ? undefined : new PeakBeside(model.beside, model.start);
    this.kept = Float64Array.from(model.slots, (_, g) => model.beside?.groups[g]?.kept[0] ?? 0);
    this.groups = model.slots.length;
    this.additive = model.additive.length;
    this.whole = stageCosts(model.ofStages);
    this.wholeAt = 1 + this.additive + (model.usesMemory ? 1 : 0);
    this.stride = this.wholeAt + (this.whole.length > 0 ? 2 : 0);
    this.width = GENES * this.groups;
    this.termWidth = this.stride * this.groups;
    this.genes = new Int32Array(rows * this.width);
    this.terms = new Float64Array(rows * this.termWidth);
    this.costs = new Float64Array(this.additive + this.whole.length);
    this.sources = Int32Array.from(model.slots.map((slot) => slot.source));
    this.spatial =
      model.task.estimator === 'exact' && model.score.ofStages === undefined ? new SpatialTree(model) : undefined;
    this.stages = model.score.ofStages === undefined ? undefined : groupStages(model.start);
    this.stageEnds = Int32Array.from(this.whole.length > 0 ? stageEnds(model.start) : []);
    this.scoredCost = model.score.logOf === undefined ? -1 : model.additive.indexOf(model.score.logOf.cost);
    this.scored = (this.stages ?? []).map(({ scored }) => scored);
  }

  /** Channels that a group reads. */
  inputOf(row: number, group: number): number {
    const source = this.sources[group] ?? -1;
    return source < 0 ? this.model.inputChannels : (this.genes[row * this.width + GENES * source] ?? 0);
  }

  /** Sets the genes of a row and computes everything about it. */
  load(row: number, genes: ArrayLike<number>): void {
    this.genes.set(genes, row * this.width);
    for (let g = 0; g < this.groups; g++) this.refreshGroup(row, g);
    this.total(row);
  }

  /** Copies genes and terms; totals are not touched. */
  copy(from: number, to: number): void {
    const { genes, terms, width, termWidth } = this;
    const g = from * width;
    const h = to * width;
    for (let i = 0; i < width; i++) genes[h + i] = genes[g + i] ?? 0;
    const t = from * termWidth;
    const u = to * termWidth;
    for (let i = 0; i < termWidth; i++) terms[u + i] = terms[t + i] ?? 0;
  }

  /** The same for one group. */
  copyGroup(from: number, to: number, group: number): void {
    const { genes, terms, width, termWidth, stride } = this;
    const g = from * width + GENES * group;
    const h = to * width + GENES * group;
    for (let i = 0; i < GENES; i++) genes[h + i] = genes[g + i] ?? 0;
    const t = from * termWidth + stride * group;
    const u = to * termWidth + stride * group;
    for (let i = 0; i < stride; i++) terms[u + i] = terms[t + i] ?? 0;
  }

  /** Computes the terms of one group anew. Whoever changes a group's output does so for its readers too. */
  refreshGroup(row: number, group: number): void {
    const { genes, terms, ln } = this;
    const at = row * this.width + GENES * group;
    const a = this.inputOf(row, group);
    const variant = (this.rowOf[group] ?? 0) + (genes[at + VARIANT] ?? 0);
    const out = genes[at] ?? 0;
    // A max-pool hands on what it reads.
    const o = out === 0 ? a : out;
    const b = genes[at + BTN] ?? 0;
    const more = (genes[at + DEPTH] ?? 0) - 1;
    const term = row * this.termWidth + this.stride * group;
    const k = this.rows[variant] ?? NOTHING;
    const lnB = ln[b] ?? 0;
    const lnO = ln[o] ?? 0;
    terms[term] =
      (k[0] ?? 0) +
      (k[1] ?? 0) * (ln[a] ?? 0) +
      (k[2] ?? 0) * lnB +
      (k[3] ?? 0) * lnO +
      more * ((k[4] ?? 0) + (k[5] ?? 0) * lnB + (k[6] ?? 0) * lnO);
    for (let c = 0; c < this.additive; c++) {
      const i = SCORE_STRIDE + c * COST_STRIDE;
      terms[term + 1 + c] = this.flat[c] === 1 ? flatCost(k, i, more) : blockCost(k, i, a, b, o, more);
    }
    if (this.timed.length > 0) this.addTimes(term, variant, a, b, o, more);
    if (this.squeezes && (this.squeeze[variant] ?? 0) > 0) this.addSqueeze(term, k, variant, a, b, o, more);
    if (this.usesMemory)
      terms[term + 1 + this.additive] = this.peakMemory(variant, a, b, o, more, a * (this.kept[group] ?? 0));
    if (this.whole.length > 0) {
      const f = this.tables.fanIn[variant] ?? NOTHING;
      const first = (f[0] ?? 0) + (f[1] ?? 0) * (ln[a] ?? 0) + (f[2] ?? 0) * lnB + (f[3] ?? 0) * lnO;
      terms[term + this.wholeAt] = first + more * ((f[4] ?? 0) + (f[5] ?? 0) * lnB + (f[6] ?? 0) * lnO);
      terms[term + this.wholeAt + 1] = (f[7] ?? 0) + more * (f[8] ?? 0);
    }
  }

  /** Adds up the terms of a row. */
  total(row: number): void {
    const { terms, stride, groups, costs, additive } = this;
    const first = row * this.termWidth;
    const end = first + groups * stride;
    for (let c = 0; c < additive; c++) {
      let sum = 0;
      for (let t = first + 1 + c; t < end; t += stride) sum += terms[t] ?? 0;
      costs[c] = sum;
    }
    if (this.usesMemory) this.memory = this.peakOf(row, first + 1 + additive, end);
    if (this.whole.length > 0) this.totalWhole(first);
    if (this.stages !== undefined) {
      this.score = this.ofStages(row);
      return;
    }
    let score = this.tables.constant;
    for (let t = first; t < end; t += stride) score += terms[t] ?? 0;
    if (this.spatial !== undefined) score += this.spatial.score(this.genes, row * this.width);
    const { logOf } = this.model.score;
    this.score = logOf === undefined ? score : score + logWorth(costs[this.scoredCost] ?? 0, logOf.worth);
  }

  /** The greatest of the peaks of the groups, which are terms from `at` on. */
  private peakOf(row: number, at: number, end: number): number {
    const { terms, stride, beside } = this;
    if (beside !== undefined) return beside.of(this.genes, row * this.width, terms, at, stride);
    let peak = 0;
    for (let t = at; t < end; t += stride) peak = Math.max(peak, terms[t] ?? 0);
    return peak;
  }

  /** Costs of the whole network: the greatest of what each stage's end says. */
  private totalWhole(at: number): void {
    const { whole, costs, additive, terms, stride, wholeAt } = this;
    costs.fill(0, additive);
    let [logStd, layers, g] = [0, 0, 0];
    for (const end of this.stageEnds) {
      for (; g <= end; g++) {
        logStd += terms[at + g * stride + wholeAt] ?? 0;
        layers += terms[at + g * stride + wholeAt + 1] ?? 0;
      }
      const stage = { layers, logFanIn: 2 * logStd };
      for (let c = 0; c < whole.length; c++)
        costs[additive + c] = Math.max(costs[additive + c] ?? 0, whole[c]?.of(stage) ?? 0);
    }
  }

  private addTimes(term: number, variant: number, a: number, b: number, o: number, more: number): void {
    const own = this.times[variant] ?? NO_TIMES;
    for (let i = 0; i < own.length; i++) {
      const times = own[i];
      if (times !== undefined) this.terms[term + 1 + (this.timed[i] ?? 0)] = groupTime(times, a, b, o, more);
    }
  }

  private addSqueeze(
    term: number,
    cost: Float64Array,
    variant: number,
    a: number,
    b: number,
    o: number,
    more: number,
  ): void {
    const by = this.squeeze[variant] ?? 0;
    const first = squeezedWidth(by, a, b, o);
    const later = by === 1 ? b : o;
    const q = squeezeWidth(first);
    const qLater = squeezeWidth(later);
    for (let c = 0; c < this.additive; c++) {
      const k = SCORE_STRIDE + c * COST_STRIDE + 21;
      const once = (cost[k] ?? 0) * first + q * ((cost[k + 1] ?? 0) + (cost[k + 2] ?? 0) * first);
      const again = (cost[k + 3] ?? 0) * later + qLater * ((cost[k + 4] ?? 0) + (cost[k + 5] ?? 0) * later);
      const t = term + 1 + c;
      this.terms[t] = (this.terms[t] ?? 0) + once + more * again;
    }
  }

  /** @param kept bytes of the input, where somebody reads it later */
  private peakMemory(variant: number, a: number, b: number, o: number, more: number, kept: number): number {
    const { memoryAt, squeeze } = this.tables;
    const by = squeeze[variant] ?? 0;
    const list = 3 * variant;
    const q = squeezeWidth(squeezedWidth(by, a, b, o));
    const first = a === o ? list + 1 : list;
    const peak = this.largestForm(memoryAt[first] ?? 0, memoryAt[first + 1] ?? 0, a, b, o, q);
    if (more === 0) return peak;
    const later = this.largestForm(
      memoryAt[list + 2] ?? 0,
      memoryAt[list + 3] ?? 0,
      o,
      b,
      o,
      squeezeWidth(by === 1 ? b : o),
    );
    return Math.max(peak, kept + later);
  }

  private largestForm(from: number, to: number, a: number, b: number, o: number, q: number): number {
    const { memory } = this.tables;
    let largest = 0;
    for (let m = from; m < to; m += MEMORY_STRIDE) {
      const bytes =
        (memory[m] ?? 0) +
        (memory[m + 1] ?? 0) * a +
        (memory[m + 2] ?? 0) * b +
        (memory[m + 3] ?? 0) * o +
        (memory[m + 4] ?? 0) * q;
      largest = Math.max(largest, bytes);
    }
    return largest;
  }

  /** A score of the stages themselves: each stage's sums grow from those of the one before. */
  private ofStages(row: number): number {
    let logStd = 0;
    let layers = 0;
    for (const { first, last, owner, scored } of this.stages ?? []) {
      for (let g = first; g <= last; g++) {
        logStd += this.terms[row * this.termWidth + g * this.stride] ?? 0;
        layers += this.layersOf(row, g);
      }
      scored.channels = this.inputOfOwner(row, owner);
      scored.logStd = logStd;
      scored.layers = layers;
    }
    return this.model.score.ofStages?.(this.scored) ?? 0;
  }

  /** Scored convolutions of a group. */
  private layersOf(row: number, group: number): number {
    const at = row * this.width + GENES * group;
    const log = this.model.slots[group]?.variants[this.genes[at + VARIANT] ?? 0]?.forms.log;
    return (log?.first.layers ?? 0) + ((this.genes[at + DEPTH] ?? 0) - 1) * (log?.later.layers ?? 0);
  }

  private inputOfOwner(row: number, owner: number): number {
    return owner < 0 ? this.model.inputChannels : (this.genes[row * this.width + GENES * owner] ?? 0);
  }
}

/** What a first block squeezes; see SQUEEZES in tables.ts. */
const squeezedWidth = (by: number, a: number, b: number, o: number): number => (by === 1 ? b : by === 2 ? a : o);

/** A cost that no width changes. */
function flatCost(k: Float64Array, i: number, more: number): number {
  return (k[i] ?? 0) + more * (k[i + 15] ?? 0);
}

/** One additive cost of a group: its first block, and `more` later ones. See tables.ts for the layout. */
function blockCost(k: Float64Array, i: number, a: number, b: number, o: number, more: number): number {
  const first =
    a !== o
      ? (k[i] ?? 0) +
        a * ((k[i + 1] ?? 0) + (k[i + 2] ?? 0) * b + (k[i + 3] ?? 0) * o) +
        b * ((k[i + 4] ?? 0) + (k[i + 5] ?? 0) * b + (k[i + 6] ?? 0) * o) +
        o * ((k[i + 7] ?? 0) + (k[i + 8] ?? 0) * o)
      : (k[i + 9] ?? 0) +
        o * ((k[i + 10] ?? 0) + (k[i + 11] ?? 0) * o + (k[i + 12] ?? 0) * b) +
        b * ((k[i + 13] ?? 0) + (k[i + 14] ?? 0) * b);
  if (more === 0) return first;
  const later =
    (k[i + 15] ?? 0) +
    o * ((k[i + 16] ?? 0) + (k[i + 17] ?? 0) * o + (k[i + 18] ?? 0) * b) +
    b * ((k[i + 19] ?? 0) + (k[i + 20] ?? 0) * b);
  return first + more * later;
}

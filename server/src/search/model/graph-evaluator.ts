import { type CostName, costOf } from '../../cost/budget.ts';
import { cellCosts } from '../../cost/cost.ts';
import { steppedAt } from '../../cost/downstream.ts';
import { peakElements } from '../../graph/memory.ts';
import type { Shape } from '../../graph/shapes.ts';
import { CHANNEL_STEP } from '../../space/grid.ts';
import { type BlockValue, type BlockWidths, noValue, valueByForms } from './block-value.ts';
import type { Evaluator } from './evaluator.ts';
import { ExactMoments } from './exact-moments.ts';
import { BTN, DEPTH, decode, GENES, OUT, VARIANT } from './genome.ts';
import { type GraphPlan, type GroupPlan, graphPlan } from './graph-plan.ts';
import { GraphScore } from './graph-score.ts';
import { gainOf, polynomialAt } from './merge-forms.ts';
import type { GraphModel } from './model.ts';

/** Exact scores that are kept; of more all are forgotten, which costs time and changes nothing. */
const MOST_SCORES = 50_000;

/**
 * Costs and scores of designs that are no chains of ordinary blocks. Additive costs are sums of terms of the groups here too,
 * so that only what a change reaches is computed anew; log σ is followed along the edges for each design: by fan-in every
 * group adds a number to it, and a merge is ½ log Σ exp(2 log σ). By the exact estimator second moments are followed through
 * all that changed, which takes far longer.
 *
 * Terms of a group: its additive costs, log γ and scored convolutions of its blocks, bytes alive in it, and then for each
 * tensor that it brings together what that gains on the way. A property test holds all of it equal to `analyse()`.
 */
export class GraphEvaluator implements Evaluator {
  readonly model: GraphModel;
  readonly width: number;
  readonly genes: Int32Array;
  memory = 0;
  readonly costs: Float64Array;
  private readonly plans: readonly GroupPlan[];
  private readonly alive: GraphPlan['alive'];
  private readonly order: readonly number[];
  private readonly image: Shape;
  private readonly whole: GraphScore;
  private readonly additive: readonly CostName[];
  private readonly exact: ExactMoments | undefined;
  private readonly terms: Float64Array;
  /** Where the terms of each group begin, and how many there are in all. */
  private readonly termsAt: Int32Array;
  private readonly termWidth: number;
  /** log σ and scored convolutions at the end of each group of the row that is totalled. */
  private readonly logs: Float64Array;
  private readonly layers: Float64Array;
  /** The row that was totalled last, and its score where that is known. */
  private totalled = 0;
  private known: number | undefined;
  /** Exact scores by genes: islands weigh the same designs anew in every epoch. */
  private readonly scores = new Map<string, number>();
  private readonly value: BlockValue;
  private readonly widths: BlockWidths = { a: 0, b: 0, o: 0, more: 0 };
  private readonly steps: Float64Array;

  constructor(model: GraphModel, rows: number) {
    const { network, groups: plans, alive } = graphPlan(model);
    this.model = model;
    this.plans = plans;
    this.alive = alive;
    this.order = network.order;
    this.image = network.image;
    this.additive = model.additive;
    this.whole = new GraphScore(model, network);
    this.width = GENES * plans.length;
    this.genes = new Int32Array(rows * this.width);
    this.costs = new Float64Array(model.additive.length + model.ofStages.length);
    let at = 0;
    this.termsAt = Int32Array.from(plans, ({ reads }) => {
      const begin = at;
      at += model.additive.length + 3 + reads.length;
      return begin;
    });
    this.termWidth = at;
    this.terms = new Float64Array(rows * at);
    this.logs = new Float64Array(plans.length);
    this.layers = new Float64Array(plans.length);
    this.value = noValue(model.additive.length);
    this.steps = new Float64Array(1 + 2 * Math.max(...plans.map(({ reads }) => reads.length)));
    this.exact =
      model.task.estimator === 'exact' && this.whole.objective.form === 'additive'
        ? new ExactMoments(model.start)
        : undefined;
  }

  inputOf(row: number, group: number): number {
    const plan = this.plans[group];
    if (plan === undefined) return 0;
    const { reads, concat, resampled } = plan;
    const own = this.genes[row * this.width + GENES * group + OUT] ?? 0;
    if (resampled && own > 0) return own;
    if (!concat) return this.channelsOf(row, reads[0] ?? -1);
    let sum = 0;
    for (let i = 0; i < reads.length; i++) sum += this.channelsOf(row, reads[i] ?? -1);
    return sum;
  }

  load(row: number, genes: ArrayLike<number>): void {
    this.genes.set(genes, row * this.width);
    for (let g = 0; g < this.plans.length; g++) this.refreshGroup(row, g);
    this.total(row);
  }

  copy(from: number, to: number): void {
    const { genes, terms, width, termWidth } = this;
    genes.copyWithin(to * width, from * width, (from + 1) * width);
    terms.copyWithin(to * termWidth, from * termWidth, (from + 1) * termWidth);
  }

  copyGroup(from: number, to: number, group: number): void {
    const { genes, terms, width, termWidth, termsAt } = this;
    const gene = from * width + GENES * group;
    genes.copyWithin(to * width + GENES * group, gene, gene + GENES);
    const [begin = 0, end = termWidth] = [termsAt[group], termsAt[group + 1]];
    terms.copyWithin(to * termWidth + begin, from * termWidth + begin, from * termWidth + end);
  }

  refreshGroup(row: number, group: number): void {
    const { genes, terms, value, widths } = this;
    const plan = this.plans[group];
    const gene = row * this.width + GENES * group;
    const variant = plan?.variants[genes[gene + VARIANT] ?? 0];
    if (plan === undefined || variant === undefined) return;
    widths.a = this.inputOf(row, group);
    widths.b = genes[gene + BTN] ?? 0;
    widths.o = this.channelsOf(row, group);
    widths.more = (genes[gene + DEPTH] ?? 1) - 1;
    if (variant.forms === undefined) variant.blocks.value(widths, value);
    else valueByForms(variant.forms, widths, value);
    const at = row * this.termWidth + (this.termsAt[group] ?? 0);
    const count = this.additive.length;
    for (let c = 0; c < count; c++) terms[at + c] = value.costs[c] ?? 0;
    if (plan.added !== undefined) {
      const { one, channel, stepped } = plan.added;
      for (let c = 0; c < count; c++) {
        let more = (one[c] ?? 0) + widths.o * (channel[c] ?? 0);
        for (const form of stepped[c] ?? []) more += steppedAt(form, widths.o);
        terms[at + c] = (terms[at + c] ?? 0) + more;
      }
    }
    terms[at + count] = value.gain;
    terms[at + count + 1] = value.layers;
    const bytes = plan.merge === undefined ? 0 : this.refreshMerge(row, group, plan, plan.merge, at);
    if (this.model.usesMemory) terms[at + count + 2] = this.bytesIn(row, plan, bytes);
  }

  total(row: number): void {
    const { terms, termsAt, costs, additive, logs, layers, model } = this;
    const first = row * this.termWidth;
    const count = additive.length;
    costs.fill(0);
    for (let n = 0; n < this.order.length; n++) {
      const g = this.order[n] ?? 0;
      const plan = this.plans[g];
      if (plan === undefined) continue;
      const at = first + (termsAt[g] ?? 0);
      for (let c = 0; c < count; c++) costs[c] = (costs[c] ?? 0) + (terms[at + c] ?? 0);
      let own = terms[at + count + 1] ?? 0;
      for (let i = 0; i < plan.reads.length; i++) own += layers[plan.reads[i] ?? -1] ?? 0;
      layers[g] = own;
      logs[g] = (terms[at + count] ?? 0) + this.logRead(plan, at + count + 3);
    }
    if (model.usesMemory) this.memory = this.peak(row);
    this.fillStages(row);
    this.whole.writeWhole(costs, count);
    this.totalled = row;
    this.known = this.exact === undefined ? this.whole.score(costs) : undefined;
  }

  /** By the exact estimator it is computed when it is asked for: of a design over its budget nobody wants it. */
  get score(): number {
    this.known ??= this.exactScore();
    return this.known;
  }

  set score(measured: number) {
    this.known = measured;
  }

  private exactScore(): number {
    const { genes, width, totalled, exact, scores, model, whole } = this;
    const key = genes.subarray(totalled * width, (totalled + 1) * width).join();
    const found = scores.get(key);
    if (found !== undefined || exact === undefined) return found ?? whole.score(this.costs);
    const logs = exact.logs(decode(model, genes, totalled * width));
    for (const { group, stage } of whole.outputs) stage.logStd = logs[group] ?? 0;
    const score = whole.score(this.costs);
    if (scores.size >= MOST_SCORES) scores.clear();
    scores.set(key, score);
    return score;
  }

  /** Channels that a group hands on. */
  private channelsOf(row: number, group: number): number {
    if (group < 0) return this.model.inputChannels;
    const own = this.genes[row * this.width + GENES * group + OUT] ?? 0;
    return own > 0 ? own : this.inputOf(row, group);
  }

  /** What a resampling takes for the width of a group. */
  private baseOf(row: number, group: number): number {
    const gene = row * this.width + GENES * group;
    const inner = this.plans[group]?.variants[this.genes[gene + VARIANT] ?? 0]?.innerBase === true;
    return inner ? (this.genes[gene + BTN] ?? 0) : this.channelsOf(row, group);
  }

  /** Terms of what a group brings together; the bytes alive meanwhile. */
  private refreshMerge(
    row: number,
    group: number,
    plan: GroupPlan,
    { at: lowered, forms }: NonNullable<GroupPlan['merge']>,
    at: number,
  ): number {
    const { terms, steps } = this;
    const { reads, concat, resampled } = plan;
    const count = this.additive.length;
    const input = this.inputOf(row, group);
    let whole = true;
    for (let i = 0; i < reads.length; i++) {
      const channels = this.channelsOf(row, reads[i] ?? -1);
      const base = resampled ? this.baseOf(row, reads[i] ?? -1) : channels;
      whole = whole && base % 2 === 0;
      steps[2 * i] = channels / CHANNEL_STEP;
      steps[2 * i + 1] = base / CHANNEL_STEP;
      const gain = forms.gains[i];
      if (gain !== undefined)
        terms[at + count + 3 + i] = concat
          ? 0.5 * Math.log(channels / input)
          : gain.one + gain.channels * Math.log(steps[2 * i] ?? 1) + gain.base * Math.log(steps[2 * i + 1] ?? 1);
    }
    steps[2 * reads.length] = input / CHANNEL_STEP;
    terms[at + count + 1] = (terms[at + count + 1] ?? 0) + forms.layers;
    if (resampled && !whole) return this.refreshOddMerge(lowered, plan, at);
    for (let c = 0; c < count; c++) {
      const form = forms.costs[c];
      if (form !== undefined) terms[at + c] = (terms[at + c] ?? 0) + polynomialAt(form, steps);
    }
    if (forms.timed.length > 0) {
      const ms = forms.ms(steps.subarray(0, 1 + 2 * reads.length));
      forms.timed.forEach((c, i) => {
        terms[at + c] = (terms[at + c] ?? 0) + (ms[i] ?? 0);
      });
    }
    let most = 0;
    if (this.model.usesMemory) for (const form of forms.memory) most = Math.max(most, polynomialAt(form, steps));
    return this.model.bytes * most;
  }

  /** Half of an odd width is rounded down, which no polynomial says; no search makes one, but a text may have it. */
  private refreshOddMerge(lowered: NonNullable<GroupPlan['merge']>['at'], plan: GroupPlan, at: number): number {
    const { terms, additive, steps } = this;
    const tensors = plan.reads.length;
    const cell = lowered(Array.from(steps.subarray(0, 1 + 2 * tensors), (step) => CHANNEL_STEP * step));
    const costs = cellCosts(cell, this.image);
    additive.forEach((cost, c) => {
      terms[at + c] = (terms[at + c] ?? 0) + costOf(costs, cost);
    });
    for (let i = 0; i < tensors; i++) terms[at + additive.length + 3 + i] = gainOf(cell, i);
    return this.model.bytes * peakElements(cell, plan.keeps);
  }

  /** Bytes alive in a group, without what waits beside it. */
  private bytesIn(row: number, { reads, kept, merge }: GroupPlan, merging: number): number {
    const { firstPeak, laterPeak } = this.value;
    let beside = 0;
    for (let i = 0; i < reads.length; i++) beside += (kept[i] ?? 0) * this.channelsOf(row, reads[i] ?? -1);
    return merge === undefined
      ? Math.max(firstPeak, beside + laterPeak)
      : Math.max(merging, beside + firstPeak, beside + laterPeak);
  }

  private peak(row: number): number {
    let most = 0;
    for (let g = 0; g < this.plans.length; g++) {
      let bytes = this.terms[row * this.termWidth + (this.termsAt[g] ?? 0) + this.additive.length + 2] ?? 0;
      for (const { group, adds } of this.plans[g]?.waiting ?? []) bytes += adds * this.channelsOf(row, group);
      most = Math.max(most, bytes);
    }
    for (const { one, perChannel } of this.alive) {
      let bytes = one;
      for (const { group, adds } of perChannel) bytes += adds * this.channelsOf(row, group);
      most = Math.max(most, bytes);
    }
    return most;
  }

  /** log σ of what the blocks of a group read: ½ log Σ exp(2 (log σ_j + gain_j)). */
  private logRead({ reads, merge }: GroupPlan, gains: number): number {
    const { terms, logs } = this;
    if (reads.length === 1 || merge === undefined) {
      const gain = merge === undefined ? 0 : (terms[gains] ?? 0);
      return (logs[reads[0] ?? -1] ?? 0) + gain;
    }
    let most = -Infinity;
    for (let i = 0; i < reads.length; i++) most = Math.max(most, (logs[reads[i] ?? -1] ?? 0) + (terms[gains + i] ?? 0));
    let sum = 0;
    for (let i = 0; i < reads.length; i++)
      sum += Math.exp(2 * ((logs[reads[i] ?? -1] ?? 0) + (terms[gains + i] ?? 0) - most));
    return most + 0.5 * Math.log(sum);
  }

  private fillStages(row: number): void {
    for (const { group, stage } of this.whole.outputs) {
      stage.channels = this.channelsOf(row, group);
      stage.logStd = this.logs[group] ?? 0;
      stage.layers = this.layers[group] ?? 0;
    }
  }
}

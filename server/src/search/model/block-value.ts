import { lowerBlock } from '../../backbone/lower.ts';
import { squeezeWidth } from '../../backbone/residual.ts';
import { type CostName, costOf } from '../../cost/budget.ts';
import { cellCosts } from '../../cost/cost.ts';
import { passFanIn } from '../../entropy/moment.ts';
import { scoredConvs } from '../../entropy/scored.ts';
import { peakElements } from '../../graph/memory.ts';
import type { BlockForms, BlockSite, CostForm, MemoryForm, Squeezed } from './block-terms.ts';
import { groupTime } from './block-times.ts';

/** What the blocks of a group cost and gain at some widths. Whoever computes many of them keeps one and writes over it. */
export interface BlockValue {
  readonly costs: Float64Array;
  /** log γ by fan-in. */
  gain: number;
  /** Scored convolutions. */
  layers: number;
  /** Bytes alive in the first block and in later ones, 0 where there are none. */
  firstPeak: number;
  laterPeak: number;
}

/** The widths of a group: a = in, b = btn, o = out, and how many blocks there are behind the first. */
export interface BlockWidths {
  a: number;
  b: number;
  o: number;
  more: number;
}

export const noValue = (costs: number): BlockValue => ({
  costs: new Float64Array(costs),
  gain: 0,
  layers: 0,
  firstPeak: 0,
  laterPeak: 0,
});

const ln = (n: number): number => (n > 0 ? Math.log(n) : 0);

/** By the coefficients of the block. */
export function valueByForms(forms: BlockForms, { a, b, o, more }: BlockWidths, value: BlockValue): void {
  const { costs, log, memory, squeezed } = forms;
  const x = squeezedWidth(squeezed.first, a, b, o);
  const q = x > 0 ? squeezeWidth(x) : 0;
  const y = squeezedWidth(squeezed.later, o, b, o);
  const p = y > 0 ? squeezeWidth(y) : 0;
  for (let c = 0; c < costs.length; c++) {
    const form = costs[c];
    if (form === undefined) continue;
    const first = costAt(a === o ? form.same : form.differs, a, b, o, x, q);
    const times = forms.times[c];
    if (times !== undefined) {
      value.costs[c] = groupTime(times, a, b, o, more);
      continue;
    }
    value.costs[c] = more === 0 ? first : first + more * costAt(form.later, o, b, o, y, p);
  }
  const [lnA, lnB, lnO] = [ln(a), ln(b), ln(o)];
  const { first, later } = log;
  value.gain = first.one + first.a * lnA + first.b * lnB + first.o * lnO;
  value.layers = first.layers;
  if (more > 0) {
    value.gain += more * (later.one + later.b * lnB + later.o * lnO);
    value.layers += more * later.layers;
  }
  value.firstPeak = largest(a === o ? memory.same : memory.differs, a, b, o, q);
  value.laterPeak = more === 0 ? 0 : largest(memory.later, o, b, o, p);
}

const squeezedWidth = (by: Squeezed, a: number, b: number, o: number): number =>
  by === 'none' ? 0 : by === 'btn' ? b : by === 'in' ? a : o;

const costAt = (f: CostForm, a: number, b: number, o: number, x: number, q: number): number =>
  f.one +
  a * (f.a + f.ab * b + f.ao * o) +
  b * (f.b + f.bb * b + f.bo * o) +
  o * (f.o + f.oo * o) +
  x * f.x +
  q * (f.q + f.qx * x);

function largest(forms: readonly MemoryForm[], a: number, b: number, o: number, q: number): number {
  let most = 0;
  for (const f of forms) most = Math.max(most, f.one + f.a * a + f.b * b + f.o * o + f.q * q);
  return most;
}

/** Of one block, first or later. */
interface Single {
  readonly costs: readonly number[];
  readonly gain: number;
  readonly layers: number;
  readonly peak: number;
}

/** Blocks whose signal branches have widths that follow from one another in steps: each is lowered once and kept. */
export class LoweredBlocks {
  private readonly first: BlockSite;
  private readonly later: BlockSite;
  private readonly additive: readonly CostName[];
  private readonly bytes: number;
  private readonly keeps: boolean;
  private readonly known = new Map<number, Single>();

  constructor(first: BlockSite, later: BlockSite, additive: readonly CostName[], bytes: number, keeps: boolean) {
    this.first = first;
    this.later = later;
    this.additive = additive;
    this.bytes = bytes;
    this.keeps = keeps;
  }

  value({ a, b, o, more }: BlockWidths, value: BlockValue): void {
    const first = this.single(this.first, a, b, o);
    const later = more === 0 ? undefined : this.single(this.later, o, b, o);
    for (let c = 0; c < value.costs.length; c++) value.costs[c] = (first.costs[c] ?? 0) + more * (later?.costs[c] ?? 0);
    value.gain = first.gain + more * (later?.gain ?? 0);
    value.layers = first.layers + more * (later?.layers ?? 0);
    value.firstPeak = first.peak;
    value.laterPeak = later?.peak ?? 0;
  }

  private single(site: BlockSite, a: number, b: number, o: number): Single {
    const first = site === this.first;
    const key = ((a * WIDEST + b) * WIDEST + o) * 2 + (first ? 1 : 0);
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const { group, height, width, halvings, image } = site;
    // What keeps its channels has none of its own in the text.
    const own = { ...group, out: group.out === 0 ? 0 : o, btn: group.btn === 0 ? 0 : b };
    const cell = lowerBlock(own, { channels: a, height, width, halvings }, first);
    const costs = cellCosts(cell, image);
    const made = {
      costs: this.additive.map((cost) => costOf(costs, cost)),
      gain: passFanIn(cell, [0]),
      layers: scoredConvs(cell).length,
      peak: this.bytes * peakElements(cell, [first && this.keeps]),
    };
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    this.known.set(key, made);
    return made;
  }
}

/** No tensor has so many channels. */
const WIDEST = 2 ** 16;
/** Blocks that are kept; of more all are forgotten, which costs time and changes nothing. */
const MOST_KNOWN = 50_000;

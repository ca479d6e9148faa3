import type { Dual } from '../bound/dual.ts';
import type { Windows } from '../bound/priced-groups.ts';
import { VARIANT } from '../model/genome.ts';
import { differ, divided } from './divide.ts';
import { type Effort, PROGRAMME } from './effort.ts';
import { labelled } from './labels.ts';
import { type Part, priceOf, tried, wholeSpace } from './part.ts';
import { isThin, Pricing } from './pricing.ts';
import { Programme } from './programme.ts';

/** How often better prices are looked for on what is left of a part. */
const ROUNDS = 4;
/** What is left after this share of a part was taken away is worth other prices. */
const WORTHWHILE = 0.8;
/** A part whose programme is larger than this is divided while it is far from the best design, as shares of that. */
const LARGE = 3e5;
const FAR = 2e-3;
/** How far below its bound a part is searched first, as a share of the best design, and by how much farther each time. */
const FIRST_SLACK = 1e-4;
const WIDER = 4;
/** Labels at one level of a part that can be divided, and of one that cannot. */
const LABELS = 1_000;
const MOST_LABELS = 400_000;
/** Share of the effort that is kept for the bounds of what it leaves. */
const KEPT = 0.15;
/** What rounding may take from a worth, as a share of the largest number in its sum. */
const ROUNDING = 3e-12;
/** A score of nothing, or nearly, has this share of all that there could be for its scale. */
const LEAST_SCALE = 1e-3;
/** Parts at a time: what bounds the memory. */
const MOST_PARTS = 10_000;

/** A part that may hold a better design. */
interface Open {
  readonly part: Part;
  /** No design of it is worth more. */
  readonly bound: number;
  /** About what its bound at its own prices would be. */
  readonly rough: number;
  readonly prices: readonly number[];
  readonly windows: Windows | undefined;
  /** Designs that were best near these prices. */
  readonly telling: readonly Int32Array[];
  /** Where it stands: without prices of its own, with prices, or too far from the best design to be searched. */
  readonly state: 'new' | 'priced' | 'near' | 'far';
  /** How far below its bound it was searched in vain. */
  readonly slack: number;
}

/** What the relaxation of all of the space knows. */
export interface Relaxed {
  readonly prices: readonly number[];
  /** At these prices no design is worth more. */
  readonly bound: number;
  /** Designs that were best near these prices. */
  readonly telling: readonly Int32Array[];
}

export interface Incumbent {
  readonly genes: Int32Array;
  readonly worth: number;
}

/**
 * Exact search by branch and bound. The part with the greatest bound is next: it gets prices of its own, loses what cannot
 * reach the best design at them, and is searched by label setting a little below its bound, then farther down. Where that
 * makes too many labels, or the part is large and far away, it is divided. When no part may hold a better design, the
 * best design is proven.
 */
export class Prover {
  best: Incumbent | undefined;
  private readonly dual: Dual;
  private readonly effort: Effort;
  private readonly programme: Programme;
  private readonly pricing: Pricing;
  private readonly scale: number;
  private readonly tolerance: number;
  private queue: Open[];
  /** The greatest bound of parts that nothing more can be done about. */
  private left = -Infinity;

  /** @param best a design that is within the budget, where one is known */
  constructor(dual: Dual, effort: Effort, { prices, bound, telling }: Relaxed, best: Incumbent | undefined) {
    this.dual = dual;
    this.effort = effort;
    this.best = best;
    this.programme = new Programme(dual.relaxation.groups, effort);
    this.pricing = new Pricing(dual, this.programme, effort);
    this.scale = Math.max(Math.abs(best?.worth ?? bound), LEAST_SCALE * dual.scale);
    this.tolerance = Math.max(ROUNDING * Math.max(dual.scale, this.scale), dual.leastGain);
    const part = wholeSpace(dual.model);
    const open = { bound, rough: bound, prices, windows: this.pricing.roughly, telling, slack: 0 };
    this.queue = [{ ...open, part, state: 'priced' }];
  }

  /** No design is worth more than this. */
  get bound(): number {
    return Math.max(this.best?.worth ?? -Infinity, this.left, ...this.queue.map((open) => open.bound));
  }

  /** Whether nothing is worth more than the best design. */
  get done(): boolean {
    return this.queue.length === 0 && this.left <= this.enough;
  }

  /** Does one thing; false where nothing is left to do, or the effort is spent. */
  step(): boolean {
    this.queue = this.queue.filter((open) => open.bound > this.enough);
    const open = this.queue.reduce<Open | undefined>((a, b) => (a === undefined || key(b) > key(a) ? b : a), undefined);
    if (open === undefined) return false;
    if (this.effort.left < KEPT * this.effort.most || this.queue.length > MOST_PARTS) return this.settle();
    this.queue = this.queue.filter((other) => other !== open);
    if (open.state === 'new' || open.state === 'priced') this.queue.push(...this.priced(open));
    else this.queue.push(...(this.searched(open) ?? this.halves(open)));
    return true;
  }

  /** What a better design is worth more than. */
  private get enough(): number {
    return (this.best?.worth ?? -Infinity) + this.tolerance;
  }

  private halves(open: Open): Open[] {
    const sides = divided(open.part, this.dual.model, open.telling);
    this.effort.spend(PROGRAMME);
    if (sides === undefined) this.left = Math.max(this.left, open.bound);
    return (sides ?? []).map((part) => ({ ...open, part, state: 'new', slack: 0 }));
  }

  /** Looks for prices of a part, and takes away what cannot reach the best design; nothing where nothing can. */
  private priced(open: Open): Open[] {
    const { programme, dual } = this;
    let { part, prices, bound, windows } = open;
    let { rough, telling } = open;
    let known = open.state === 'priced';
    for (let round = 0; round < ROUNDS; round++) {
      windows = this.pricing.windowsOf(part);
      if (!known) ({ prices, telling, rough } = this.pricing.pricesOf(part, windows, prices));
      const cost = priceOf(dual.model, part, tried(part, windows));
      // Where the best designs agree in their types, dividing promises less than what a programme takes away.
      const far = cost > LARGE && rough > this.enough + FAR * this.scale && differ(telling, VARIANT);
      if (far || cost > this.effort.left)
        return [{ part, bound, rough, prices, windows, telling, state: 'far', slack: 0 }];
      bound = Math.min(bound, programme.solve(dual.lagrangian(prices), part, windows));
      if (!(bound > this.enough)) return [];
      programme.complete();
      const before = part;
      part = programme.remaining(this.enough);
      if (!known && (isThin(before) || sizeOf(part) > WORTHWHILE * sizeOf(before))) break;
      known = false;
    }
    return [{ part, bound, rough: bound, prices, windows, telling, state: 'near', slack: 0 }];
  }

  /** What remains of a part that was searched; undefined where it has to be divided. */
  private searched(open: Open): Open[] | undefined {
    if (open.state === 'far') return undefined;
    const { dual, programme, effort, enough } = this;
    const slack = open.slack === 0 ? FIRST_SLACK * this.scale : WIDER * open.slack;
    const least = open.bound - 2 * slack < enough ? enough : open.bound - slack;
    const lagrangian = dual.lagrangian(open.prices);
    programme.solve(lagrangian, open.part, open.windows);
    programme.complete();
    const part = programme.remaining(least);
    programme.solve(lagrangian, part, open.windows);
    programme.complete();
    const most = divided(open.part, dual.model, []) === undefined ? MOST_LABELS : LABELS;
    const { tree } = this.pricing;
    const found = labelled({ dual, programme, lagrangian, part, tree, least, most, effort });
    if (found.kind === 'too-many') return undefined;
    if (found.best !== undefined) {
      this.best = found.best;
      return [];
    }
    return least > enough ? [{ ...open, bound: least, rough: least, slack }] : [];
  }

  /** With the last of the effort parts that have no bound of their own get one; false where that is done. */
  private settle(): boolean {
    const { dual, programme, effort } = this;
    const open = this.queue
      .filter(
        ({ state, part, windows }) => state !== 'near' && priceOf(dual.model, part, tried(part, windows)) < effort.left,
      )
      .reduce<Open | undefined>((a, b) => (a === undefined || b.bound > a.bound ? b : a), undefined);
    if (open === undefined) return false;
    const bound = Math.min(open.bound, programme.solve(dual.lagrangian(open.prices), open.part, open.windows));
    this.queue = this.queue.map((other) => (other === open ? { ...open, bound, rough: bound, state: 'near' } : other));
    return true;
  }
}

const key = ({ bound, rough }: Open): number => Math.min(bound, rough);

const sizeOf = ({ outs, variants, depths }: Part): number =>
  outs.reduce((sum, own) => sum + own.length, 0) + 10 * (variants.flat().length + depths.flat().length);

import { gridFloor } from '../../space/grid.ts';
import type { Lagrangian } from '../bound/dual.ts';
import { peakOf } from '../bound/priced-groups.ts';
import { btnStep, narrowest } from '../bound/reach.ts';
import type { ChainEvaluator } from '../model/chain-evaluator.ts';
import { BTN, DEPTH, GENES, OUT, VARIANT } from '../model/genome.ts';
import { EXACT } from './effort.ts';
import type { Part } from './part.ts';
import type { Programme } from './programme.ts';

/** What one group may be behind one width, with its exact score (but for the windows of the exact estimator) and costs. */
export interface Choice {
  readonly out: number;
  readonly btn: number;
  readonly variant: number;
  readonly depth: number;
  /** Place of its output among the widths after the group. */
  readonly node: number;
  readonly score: number;
  readonly costs: readonly number[];
  /** weight · score − Σ_c price_c · cost_c, with the most that its windows can give. */
  readonly worth: number;
  /** What is lost by it against the best that the programme knows behind this width. */
  readonly loss: number;
}

/** What a choice takes more where milliseconds have a price. */
const TIMED = 3;

/** Where the choices of one output, variant and depth stand. */
interface Place {
  readonly g: number;
  readonly a: number;
  readonly o: number;
  readonly variant: number;
  readonly depth: number;
  readonly node: number;
  /** What the best that goes on from a is worth more than the best that goes on from o. */
  readonly rest: number;
  /** The most that a choice may lose. */
  readonly most: number;
}

/** The worth of a place by its bottleneck, constant + log · ln b − linear · b − square · b², and where it is greatest. */
interface Curve {
  readonly constant: number;
  readonly log: number;
  readonly linear: number;
  readonly square: number;
  readonly peak: number;
}

/**
 * The choices of one group by what each loses at the prices of a programme. For an output, variant and depth the worth
 * is concave in the bottleneck, so that those which lose little enough are next to each other around the best one; not where
 * milliseconds on a device have a price.
 */
export class Choices {
  private readonly programme: Programme;
  private readonly evaluator: ChainEvaluator;
  private readonly lagrangian: Lagrangian;
  private readonly part: Part;
  /** What was done, in choices that are priced. */
  spent = 0;

  constructor(programme: Programme, evaluator: ChainEvaluator, lagrangian: Lagrangian, part: Part) {
    this.programme = programme;
    this.evaluator = evaluator;
    this.lagrangian = lagrangian;
    this.part = part;
  }

  /**
   * Those that lose less than `most` behind the i-th width before group g, what loses least first; undefined where there
   * are more than `room`.
   */
  behind(g: number, i: number, most: number, room: number): Choice[] | undefined {
    const { programme, part } = this;
    const a = programme.widthsBefore(g)[i] ?? 0;
    const from = programme.rest(g, i);
    const found: Choice[] = [];
    for (const [node, o] of programme.widthsBefore(g + 1).entries()) {
      const rest = from - programme.rest(g + 1, node);
      if (!(rest - programme.worth(g, i, node) < most)) continue;
      for (const variant of part.variants[g] ?? [])
        for (const depth of part.depths[g] ?? [])
          this.bottlenecks({ g, a, o, variant, depth, node, rest, most }, found);
      if (found.length > room) return undefined;
    }
    return found.sort((x, y) => x.loss - y.loss);
  }

  private bottlenecks(place: Place, found: Choice[]): void {
    const { g, a, o, variant, depth } = place;
    const { groups } = this.programme;
    const { model, tables, cap } = groups;
    const slot = model.slots[g];
    const own = model.start.groups[g]?.btn ?? 0;
    const room = cap.bytes < Infinity ? cap.widest((tables.rowOf[g] ?? 0) + variant, a, o, depth) : Infinity;
    if (slot?.movesBtn !== true && own === 0) {
      if (room >= 0) this.take(place, this.curveOf(place), 0, found);
      return;
    }
    const step = btnStep(model, g);
    const low = narrowest(model, g, o);
    const high = Math.min(groups.widest(g, variant, o), gridFloor(room, step));
    if (slot?.movesBtn !== true) {
      if (own >= low && own <= Math.min(groups.widest(g, variant, o), room))
        this.take(place, this.curveOf(place), own, found);
      return;
    }
    if (high < low) return;
    const curve = this.curveOf(place);
    if (groups.timed.priced) {
      this.spent += TIMED * Math.max(0, (high - low) / step);
      // What milliseconds take away is not concave: a wider or narrower one may be worth more again.
      for (let b = low; b <= high; b += step) this.take(place, curve, b, found);
      return;
    }
    const middle = Math.min(high, Math.max(low, gridFloor(Math.min(curve.peak, high), step)));
    // The best is the one in the middle or the next above it.
    for (let b = middle; b >= low && this.take(place, curve, b, found); b -= step);
    for (let b = middle + step; b <= high && this.take(place, curve, b, found); b += step);
  }

  private curveOf({ g, a, o, variant, depth }: Place): Curve {
    const { groups } = this.programme;
    groups.formOf(g, variant, a, o);
    const [A = 0, B = 0, beta = 0, gamma = 0, laterA = 0, laterB = 0, laterBeta = 0, laterGamma = 0] = groups.form;
    const more = depth - 1;
    const linear = beta + more * laterBeta;
    const square = gamma + more * laterGamma;
    const log = B + more * laterB;
    return {
      constant: A + more * laterA + this.lagrangian.weight * this.programme.windowsOf(g, variant, depth),
      log,
      linear,
      square,
      peak: peakOf(log, linear, square),
    };
  }

  /** Takes a bottleneck among the choices unless it loses too much; false where those beyond it lose more still. */
  private take(place: Place, curve: Curve, b: number, found: Choice[]): boolean {
    const { tables, timed } = this.programme.groups;
    this.spent += 1;
    const { constant, log, linear, square } = curve;
    let worth = b === 0 ? constant : constant + log * (tables.ln[b] ?? 0) - b * (linear + square * b);
    if (timed.priced)
      worth -= timed.lost((tables.rowOf[place.g] ?? 0) + place.variant, place.a, b, place.o, place.depth - 1);
    if (!(place.rest - worth < place.most)) return false;
    this.spent += EXACT;
    const choice = this.exact(place, b);
    if (choice !== undefined && choice.loss < place.most) found.push(choice);
    return true;
  }

  /** The same numbers, to the last bit, that the evaluator has for a design with this group; undefined over the cap. */
  private exact({ g, a, o, variant, depth, node, rest }: Place, btn: number): Choice | undefined {
    const { evaluator: e, lagrangian, programme } = this;
    const { model } = e;
    const source = model.slots[g]?.source ?? -1;
    if (source >= 0) e.genes[GENES * source] = a;
    const at = GENES * g;
    const out = model.slots[g]?.keepsChannels === true ? 0 : o;
    e.genes[at + OUT] = out;
    e.genes[at + BTN] = btn;
    e.genes[at + VARIANT] = variant;
    e.genes[at + DEPTH] = depth;
    e.refreshGroup(0, g);
    const term = e.stride * g;
    if (model.usesMemory && (e.terms[term + 1 + model.additive.length] ?? 0) > programme.groups.cap.bytes)
      return undefined;
    const score = e.terms[term] ?? 0;
    const costs = model.additive.map((_, c) => e.terms[term + 1 + c] ?? 0);
    const scored = lagrangian.weight * (score + programme.windowsOf(g, variant, depth));
    const worth = costs.reduce((sum, cost, c) => sum - (lagrangian.prices[c] ?? 0) * cost, scored);
    return { out, btn, variant, depth, node, score, costs, worth, loss: rest - worth };
  }
}

import type { Lagrangian } from '../bound/dual.ts';
import type { PricedGroups, Shapes, Windows } from '../bound/priced-groups.ts';
import { leastOut, mostOut } from '../bound/reach.ts';
import { GENES } from '../model/genome.ts';
import { type Effort, PROGRAMME } from './effort.ts';
import { type Part, tried } from './part.ts';

const NOWHERE = new Float64Array(0);
const NOTHING = Int32Array.of();

/** Choices that are looked at one by one, at most, to see which types and depths are left. */
const MOST_LOOKED_AT = 200_000;

/**
 * The dynamic programme over a part at some prices, from both ends: at every width after every group the best that leads
 * there and the best that goes on from there. Their sum bounds every design that has this width, so that a part loses
 * what cannot reach what is asked for.
 */
export class Programme {
  readonly groups: PricedGroups;
  private readonly effort: Effort;
  private part: Part = { outs: [], variants: [], depths: [] };
  private shapes: Shapes = this.part;
  private constant = 0;
  /** Widths before each group, and after the last. */
  private readonly widths: Int32Array[] = [];
  private readonly ahead: Float64Array[] = [];
  private readonly behind: Float64Array[] = [];
  private readonly from: Int32Array[] = [];
  /** Worth of each group by the widths before and after it; −∞ where the one does not follow on the other. */
  private readonly arcs: Float64Array[] = [];

  constructor(groups: PricedGroups, effort: Effort) {
    this.groups = groups;
    this.effort = effort;
  }

  /**
   * Solves the programme; the greatest worth of a design of the part, −∞ where there is none.
   *
   * @param sparse whether no bound is wanted, but prices
   */
  solve({ weight, prices, constant }: Lagrangian, part: Part, windows?: Windows, sparse = false): number {
    const { groups, widths, ahead, from } = this;
    const { model } = groups;
    this.part = part;
    this.shapes = { ...tried(part, windows), ...(sparse ? { sparse } : {}) };
    this.constant = constant;
    groups.price(weight, prices);
    this.effort.spend(PROGRAMME);
    widths[0] = Int32Array.of(model.inputChannels);
    ahead[0] = Float64Array.of(weight * groups.tables.constant);
    model.slots.forEach((slot, g) => {
      const before = widths[g] ?? NOTHING;
      const after = slot.keepsChannels ? before : (part.outs[g] ?? NOTHING);
      widths[g + 1] = after;
      ahead[g + 1] = new Float64Array(after.length).fill(-Infinity);
      from[g] = new Int32Array(after.length).fill(-1);
      this.advance(g, before, after, slot.keepsChannels);
    });
    return this.value;
  }

  private advance(g: number, before: Int32Array, after: Int32Array, keeps: boolean): void {
    const { groups, shapes } = this;
    const { model } = groups;
    const reached = this.ahead[g] ?? NOWHERE;
    const next = this.ahead[g + 1] ?? NOWHERE;
    const from = this.from[g] ?? NOTHING;
    const arcs = this.room(g, before.length * after.length);
    const spent = groups.timed.spent;
    let priced = 0;
    for (let i = 0; i < before.length; i++) {
      const value = reached[i] ?? -Infinity;
      if (value === -Infinity) continue;
      const a = before[i] ?? 0;
      const low = keeps ? a : leastOut(model, g, a);
      const high = keeps ? a : mostOut(model, g, a);
      const row = i * after.length;
      for (let j = 0; j < after.length; j++) {
        const o = after[j] ?? 0;
        if (o < low) continue;
        if (o > high) break;
        const worth = groups.best(g, a, o, shapes);
        arcs[row + j] = worth;
        priced += 1;
        if (value + worth > (next[j] ?? 0)) {
          next[j] = value + worth;
          from[j] = i;
        }
      }
    }
    this.effort.spend(priced * (shapes.variants[g]?.length ?? 1) * (shapes.depths[g]?.length ?? 1));
    this.effort.spend(groups.timed.spent - spent);
  }

  private room(g: number, size: number): Float64Array {
    const known = this.arcs[g] ?? NOWHERE;
    const arcs = known.length >= size ? known : new Float64Array(size);
    this.arcs[g] = arcs;
    return arcs.fill(-Infinity, 0, size);
  }

  private get end(): Float64Array {
    return this.ahead[this.groups.model.slots.length] ?? NOWHERE;
  }

  get value(): number {
    return Math.max(-Infinity, ...this.end) + this.constant;
  }

  /** Genes of a best design of the part. */
  get genes(): Int32Array {
    const { groups, widths, shapes, end } = this;
    const genes = new Int32Array(GENES * groups.model.slots.length);
    let at = end.indexOf(Math.max(-Infinity, ...end));
    for (let g = groups.model.slots.length - 1; g >= 0; g--) {
      const o = widths[g + 1]?.[at] ?? 0;
      at = this.from[g]?.[at] ?? 0;
      groups.best(g, widths[g]?.[at] ?? 0, o, shapes);
      const { btn, variant, depth } = groups.choice;
      genes.set([groups.model.slots[g]?.keepsChannels === true ? 0 : o, btn, variant, depth], GENES * g);
    }
    return genes;
  }

  /** The best that goes on from every width, down to before the first group. */
  complete(): void {
    const { widths, behind } = this;
    const groups = this.groups.model.slots.length;
    behind[groups] = new Float64Array(widths[groups]?.length ?? 0);
    for (let g = groups - 1; g >= 0; g--) {
      const next = behind[g + 1] ?? NOWHERE;
      const arcs = this.arcs[g] ?? NOWHERE;
      behind[g] = new Float64Array(widths[g]?.length ?? 0).map((_, i) => {
        let best = -Infinity;
        for (let j = 0; j < next.length; j++) best = Math.max(best, (arcs[i * next.length + j] ?? 0) + (next[j] ?? 0));
        return best;
      });
    }
  }

  /** Widths before a group. */
  widthsBefore = (g: number): Int32Array => this.widths[g] ?? NOTHING;

  /** The most that the groups from g on can be worth behind each of the widths before it, with the constant. */
  rest(g: number, at: number): number {
    return (this.behind[g]?.[at] ?? -Infinity) + this.constant;
  }

  /** What the windows of a variant and depth count at most, where they are no coefficients. */
  windowsOf(g: number, variant: number, depth: number): number {
    return this.shapes.windows?.nats[g]?.[variant]?.[depth - 1] ?? 0;
  }

  /** The most that group g can be worth between two widths by their places. */
  worth(g: number, i: number, j: number): number {
    return this.arcs[g]?.[i * (this.widths[g + 1]?.length ?? 0) + j] ?? -Infinity;
  }

  /**
   * What a part keeps of itself when only designs worth more than `least` matter: the widths on some way that is worth as
   * much, and the variants and depths of such ways. To be asked after `complete`.
   */
  remaining(least: number): Part {
    const { part, ahead, behind, constant } = this;
    const reaches = (g: number, j: number): boolean =>
      (ahead[g + 1]?.[j] ?? -Infinity) + (behind[g + 1]?.[j] ?? -Infinity) + constant > least;
    const outs = part.outs.map((own, g) => own.filter((_, j) => reaches(g, j)));
    const shapes = part.variants.map((_, g) => this.shapesLeft(g, least));
    return {
      outs,
      variants: part.variants.map((own, g) => shapes[g]?.variants ?? own),
      depths: part.depths.map((own, g) => shapes[g]?.depths ?? own),
    };
  }

  /** The variants and depths of group g that some way worth more than `least` has; undefined where too many are left. */
  private shapesLeft(g: number, least: number): { variants: number[]; depths: number[] } | undefined {
    const variants = this.part.variants[g] ?? [];
    const depths = this.part.depths[g] ?? [];
    const [before, after] = [this.widths[g] ?? NOTHING, this.widths[g + 1] ?? NOTHING];
    if (variants.length === 1 && depths.length === 1) return undefined;
    const ways: number[] = [];
    const most = MOST_LOOKED_AT / (variants.length * depths.length);
    for (let i = 0; i < before.length; i++) {
      const ahead = (this.ahead[g]?.[i] ?? -Infinity) + this.constant;
      for (let j = 0; j < after.length; j++) {
        if (ahead + this.worth(g, i, j) + (this.behind[g + 1]?.[j] ?? -Infinity) > least) ways.push(i, j);
        if (ways.length > 2 * most) return undefined;
      }
    }
    const spent = this.groups.timed.spent;
    const kinds = new Set<number>();
    const deep = new Set<number>();
    for (const variant of variants)
      for (const depth of depths) {
        if (kinds.has(variant) && deep.has(depth)) continue;
        const only: Shapes = {
          ...this.shapes,
          variants: this.part.variants.map(() => [variant]),
          depths: this.part.depths.map(() => [depth]),
        };
        for (let w = 0; w < ways.length; w += 2) {
          const [i = 0, j = 0] = [ways[w], ways[w + 1]];
          const worth = this.groups.best(g, before[i] ?? 0, after[j] ?? 0, only);
          const all = (this.ahead[g]?.[i] ?? -Infinity) + worth + (this.behind[g + 1]?.[j] ?? -Infinity);
          if (all + this.constant > least) {
            kinds.add(variant);
            deep.add(depth);
            break;
          }
        }
      }
    this.effort.spend((ways.length / 2) * variants.length * depths.length + this.groups.timed.spent - spent);
    return { variants: variants.filter((v) => kinds.has(v)), depths: depths.filter((d) => deep.has(d)) };
  }
}

import { blockOf } from '../../backbone/blocks.ts';
import { wireOf } from '../../backbone/lower.ts';
import { heldTo } from '../../space/constraints.ts';
import { gridCeil, gridFloor, onGrid } from '../../space/grid.ts';
import type { Widths } from '../../space/space.ts';
import { boundBy } from '../../space/ties.ts';
import { GENES, OUT } from '../model/genome.ts';
import { hasInnerBase } from '../model/merge-forms.ts';
import type { GraphModel } from '../model/model.ts';

/** A group and a width that bound one another. */
interface Bound {
  readonly group: number;
  readonly monotone: boolean;
}

/** One width of a graph: that of all outputs that are tied to one another. */
interface TiedWidth {
  readonly members: readonly number[];
  /** Where it lies, both ends on the grid that all its members share. */
  readonly widths: Widths;
  /** Groups that its members read, and groups that read them, where one is held to the other. */
  readonly sources: readonly Bound[];
  readonly readers: readonly Bound[];
  /** Groups that read them and whose block says how much it may read. */
  readonly picky: readonly number[];
}

/**
 * Output widths where several groups may have one (space/ties.ts): which values space/constraints.ts leaves each, and whom a
 * change reaches.
 */
export class TiedWidths {
  /** The interval that was asked for last, on the grid. */
  low = 0;
  high = 0;
  /** By group, the groups that read what it hands on, past what keeps its channels. */
  readonly reached: readonly Int32Array[];
  /** Those of them that read its bottleneck's width or its block's type: where they resample. */
  readonly reachedInside: readonly Int32Array[];
  private readonly model: GraphModel;
  private readonly widths: readonly (TiedWidth | undefined)[];

  constructor(model: GraphModel) {
    this.model = model;
    const { start, slots, ties } = model;
    const groups = [...start.groups.keys()];
    const readersOf = (index: number): number[] =>
      groups.filter((reader) => wireOf(start, reader).reads.some(({ group }) => group === index));
    const reach = (index: number): number[] =>
      readersOf(index).flatMap((r) => (slots[r]?.keepsChannels === true ? [r, ...reach(r)] : [r]));
    this.reached = groups.map((index) => Int32Array.from(new Set(reach(index))));
    this.reachedInside = groups.map((index) => {
      const inside = slots[index]?.variants.some(({ template }) => hasInnerBase(template)) === true;
      return Int32Array.from(inside ? readersOf(index).filter((r) => wireOf(start, r).at !== undefined) : []);
    });
    const held = groups.map((index) => {
      const { growth, monotone } = heldTo(start, index);
      return growth && slots[index]?.stem === false && slots[index]?.keepsChannels === false
        ? { source: boundBy(start, index), monotone }
        : undefined;
    });
    this.widths = ties.members.map((members, own): TiedWidth | undefined => {
      if (members.length === 0) return undefined;
      const isOwn = (group: number): boolean => ties.owner[group] === own;
      return {
        members,
        widths: shared(members.flatMap((m) => slots[m]?.out ?? [])),
        sources: members.flatMap((m): Bound[] => {
          const bound = held[m];
          if (bound === undefined || bound.source < 0 || isOwn(bound.source)) return [];
          return [{ group: bound.source, monotone: bound.monotone }];
        }),
        readers: groups.flatMap((group): Bound[] => {
          const bound = held[group];
          if (bound === undefined || bound.source < 0 || !isOwn(bound.source) || isOwn(group)) return [];
          // What stays as it is written is not judged.
          if (slots[group]?.held !== true) return [];
          return [{ group, monotone: bound.monotone }];
        }),
        picky: groups.filter((group) => {
          const g = start.groups[group];
          return g !== undefined && blockOf(g).reads !== undefined && !isOwn(group) && isOwn(boundBy(start, group));
        }),
      };
    });
  }

  /** All groups that have the width of a group's output. */
  membersOf(group: number): readonly number[] {
    return this.widths[this.model.ties.owner[group] ?? -1]?.members ?? [];
  }

  /** Finds what the other widths leave a group's output: from `low` to `high`, nothing where low > high. */
  interval(genes: ArrayLike<number>, at: number, group: number, asked: (other: number) => boolean = () => true): void {
    const { growth, monotone } = this.model.space;
    const width = this.widths[this.model.ties.owner[group] ?? -1];
    if (width === undefined) {
      [this.low, this.high] = [1, 0];
      return;
    }
    const { least, most, step } = width.widths;
    let [low, high] = [least, most];
    for (const source of width.sources) {
      if (!asked(source.group)) continue;
      const before = genes[at + GENES * source.group + OUT] ?? 0;
      high = Math.min(high, growth * before);
      if (source.monotone && monotone) low = Math.max(low, before);
    }
    for (const reader of width.readers) {
      if (!asked(reader.group)) continue;
      const behind = genes[at + GENES * reader.group + OUT] ?? 0;
      low = Math.max(low, behind / growth);
      if (reader.monotone && monotone) high = Math.min(high, behind);
    }
    for (const reader of width.picky) {
      const g = this.model.start.groups[reader];
      if (g === undefined) continue;
      const range = blockOf(g).reads?.({ ...g, out: genes[at + GENES * reader + OUT] ?? 0 });
      low = Math.max(low, range?.least ?? 1);
      high = Math.min(high, range?.most ?? high);
    }
    this.low = gridCeil(low, step);
    this.high = gridFloor(high, step);
  }
}

/** The widths that lie in all of several ranges. */
function shared(all: readonly Widths[]): Widths {
  const step = all.reduce((multiple, widths) => leastCommonMultiple(multiple, widths.step), 1);
  const [least, most] = [Math.max(...all.map((w) => w.least)), Math.min(...all.map((w) => w.most))];
  return onGrid({ least, most, step });
}

const leastCommonMultiple = (a: number, b: number): number => (a / commonDivisor(a, b)) * b;
const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

const known = new WeakMap<GraphModel, TiedWidths>();

/** The tied widths of a model, made once: islands come and go with every epoch. */
export function tiedWidths(model: GraphModel): TiedWidths {
  const found = known.get(model) ?? new TiedWidths(model);
  known.set(model, found);
  return found;
}

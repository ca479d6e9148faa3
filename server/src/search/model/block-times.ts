import { type Stepped, steppedAt } from '../../cost/downstream.ts';
import type { Shape } from '../../graph/shapes.ts';
import type { DeviceModel } from '../../latency/device-model.ts';
import { type BlockWidth, type CellAt, msOf, type NodeTime, nameOf, nodeTimes, widthsOf } from './node-times.ts';
import { tableOf, type WidthTable } from './width-table.ts';

/** What else a group takes, whatever its block is: so much, for each channel of its output, and by steps of these. */
export interface Behind {
  readonly one: number;
  readonly channel: number;
  readonly stepped: readonly Stepped[];
}

/**
 * Milliseconds of one block as a sum of tables over one or two of its widths, a = in, b = btn, o = out. It is no polynomial:
 * kernels take channels by the block, and rates are interpolated.
 */
export class BlockTime {
  readonly one: number;
  private readonly a: WidthTable | undefined;
  private readonly b: WidthTable | undefined;
  private readonly o: WidthTable | undefined;
  private readonly ab: WidthTable | undefined;
  private readonly bo: WidthTable | undefined;
  private readonly ao: WidthTable | undefined;
  private readonly behind: Behind | undefined;
  private readonly nodes: readonly NodeTime[];
  private readonly device: DeviceModel;

  constructor(nodes: readonly NodeTime[], device: DeviceModel, behind?: Behind) {
    this.nodes = nodes;
    this.device = device;
    this.behind = behind;
    const by = (...widths: BlockWidth[]): NodeTime[] => nodes.filter((node) => widthsOf(node).join() === widths.join());
    if (nodes.some((node) => widthsOf(node).length > 2)) throw new Error('no operation depends on three widths');
    const fixed = by().reduce((sum, node) => sum + msOf(node, device, { a: 0, b: 0, o: 0 }), 0);
    this.one = fixed + (behind?.one ?? 0);
    this.a = tableOf(by('a'), device, 'a', 'a');
    this.b = tableOf(by('b'), device, 'b', 'b');
    this.o = tableOf(by('o'), device, 'o', 'o');
    this.ab = tableOf(by('a', 'b'), device, 'a', 'b');
    this.bo = tableOf(by('b', 'o'), device, 'b', 'o');
    this.ao = tableOf(by('a', 'o'), device, 'a', 'o');
  }

  /** The same with what stands behind its group. */
  with(behind: Behind): BlockTime {
    return new BlockTime(this.nodes, this.device, behind);
  }

  /**
   * The greatest number of channels that widths can be rounded up to without taking longer; 1 where that is not known. What stands
   * behind the group is rounded with it.
   */
  get block(): number {
    if (this.behind !== undefined && this.behind.channel !== 0) return 1;
    const tables = [this.a, this.b, this.o, this.ab, this.bo, this.ao].flatMap((table) => table?.block ?? []);
    return commonBlock([...tables, ...(this.behind?.stepped ?? []).map(({ step }) => step)]);
  }

  /** Whether all that runs here runs there too, where in = out. */
  isPartOf(other: BlockTime): boolean {
    const there = other.nodes.map((node) => nameOf(node, { a: 'o' }));
    return this.nodes.every((node) => {
      const at = there.indexOf(nameOf(node, { a: 'o' }));
      if (at >= 0) there.splice(at, 1);
      return at >= 0;
    });
  }

  /** Milliseconds at some widths. */
  at(a: number, b: number, o: number): number {
    return this.outside(a, o) + this.withInput(a, b) + this.withOutput(b, o);
  }

  /** What the bottleneck has no part in. */
  outside(a: number, o: number): number {
    let ms = this.one;
    if (this.a !== undefined) ms += this.a.at(a, 0);
    if (this.o !== undefined) ms += this.o.at(o, 0);
    if (this.ao !== undefined) ms += this.ao.at(a, o);
    return this.behind === undefined ? ms : ms + behindAt(this.behind, o);
  }

  /** What the bottleneck takes together with the input. */
  withInput(a: number, b: number): number {
    return this.ab === undefined ? 0 : this.ab.at(a, b);
  }

  /** What the bottleneck takes alone, and together with the output. */
  withOutput(b: number, o: number): number {
    return (this.b === undefined ? 0 : this.b.at(b, 0)) + (this.bo === undefined ? 0 : this.bo.at(b, o));
  }
}

function behindAt({ channel, stepped }: Behind, o: number): number {
  let ms = channel * o;
  for (const form of stepped) ms += steppedAt(form, o);
  return ms;
}

/** Milliseconds of a group's blocks: the first where in ≠ out and where in = out, and a later one. */
export interface BlockTimes {
  readonly differs: BlockTime;
  readonly same: BlockTime;
  readonly later: BlockTime;
}

/** The block of a group: where rounding makes in = out of in ≠ out, the first block may take no longer for that either. */
export const blockOfTimes = ({ differs, same, later }: BlockTimes): number =>
  same.isPartOf(differs) ? commonBlock([differs.block, same.block, later.block]) : 1;

/** The greatest number that divides all of these; 0 of none. */
export const commonBlock = (blocks: readonly number[]): number => blocks.reduce(commonDivisor, 0);

const commonDivisor = (x: number, y: number): number => (y === 0 ? x : commonDivisor(y, x % y));

/** @param firstAt the first block at some widths, and `laterAt` a later one */
export function blockTimes(firstAt: CellAt, laterAt: CellAt, device: DeviceModel, image: Shape): BlockTimes {
  const same = (cellAt: CellAt): BlockTime =>
    new BlockTime(
      nodeTimes((widths) => cellAt({ ...widths, a: widths.o }), ['b', 'o'], device, image),
      device,
    );
  return {
    differs: new BlockTime(nodeTimes(firstAt, ['a', 'b', 'o'], device, image), device),
    same: same(firstAt),
    later: same(laterAt),
  };
}

/** Milliseconds of a group. @param more blocks behind the first */
export function groupTime({ differs, same, later }: BlockTimes, a: number, b: number, o: number, more: number): number {
  const first = a === o ? same.at(o, b, o) : differs.at(a, b, o);
  return more === 0 ? first : first + more * later.at(o, b, o);
}

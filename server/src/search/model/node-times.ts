import { squeezeWidth } from '../../backbone/residual.ts';
import type { Cell } from '../../graph/cell.ts';
import type { Shape } from '../../graph/shapes.ts';
import type { DeviceModel, Run } from '../../latency/device-model.ts';
import { groupingOf } from '../../latency/operation.ts';

/** The widths of a block: what it reads, its bottleneck, what it writes. */
export type BlockWidth = 'a' | 'b' | 'o';

/** The block at some widths. Where it hands on the channels that it reads, a is o. */
export type CellAt = (widths: Readonly<Record<BlockWidth, number>>) => Cell;

/** A number of channels of a node, as it follows from one width of its block. */
export interface Follows {
  /** Undefined where it is the same at all widths. */
  readonly by: BlockWidth | undefined;
  /** What it is known by; those with the same are the same. Undefined where it has no formula. */
  readonly form: string | undefined;
  readonly at: (width: number) => number;
}

/** What runs for a block, with what its channels follow from. */
export interface NodeTime {
  readonly run: Run;
  readonly in: Follows;
  readonly out: Follows;
  readonly groups: Follows;
}

/** Widths that tell apart what a node's channels follow from: nothing that follows from one of them is as wide as another. */
const BASE = { a: 40, b: 72, o: 200 } as const;
const FARTHER = [64, 168] as const;

/**
 * The operations of a block that a device takes time for. What each channel count follows from is read off the lowering at a
 * few widths: a line, the hidden width of squeeze-and-excitation, or else whatever the lowering says at every width.
 *
 * @param widths of the block that there are; a is not among them where it is o
 */
export function nodeTimes(
  cellAt: CellAt,
  widths: readonly BlockWidth[],
  device: DeviceModel,
  image: Shape,
): NodeTime[] {
  const probe = (by: BlockWidth | undefined, more: number): Run[] =>
    device.runsOf(cellAt(by === undefined ? BASE : { ...BASE, [by]: BASE[by] + more }), image);
  const base = probe(undefined, 0);
  const probes = widths.map((by) => ({ by, far: FARTHER.map((more) => probe(by, more)) }));
  return base.map((run, index) => {
    const { operation } = run;
    const follows = (of: 'in' | 'out' | 'groups'): Follows => {
      const moved = probes.filter(({ far }) => far.some((found) => found[index]?.operation[of] !== operation[of]));
      const [first] = moved;
      if (first === undefined) return { by: undefined, form: String(operation[of]), at: () => operation[of] };
      if (moved.length > 1) throw new Error('no operation of a chain reads or writes what follows from two widths');
      const { by, far } = first;
      const seen = [operation[of], ...far.map((found) => found[index]?.operation[of] ?? 0)];
      return formOf(by, seen) ?? lookedUp(by, (width) => probe(by, width - BASE[by])[index]?.operation[of] ?? 0);
    };
    return { run, in: follows('in'), out: follows('out'), groups: follows('groups') };
  });
}

/** A line or the hidden width, where that is what was seen at the three widths. */
function formOf(by: BlockWidth, seen: readonly number[]): Follows | undefined {
  const widths = [0, ...FARTHER].map((more) => BASE[by] + more);
  if (widths.every((width, i) => squeezeWidth(width) === seen[i])) return { by, form: 'hidden', at: squeezeWidth };
  const [first = 0, second = 0] = seen;
  const slope = (second - first) / FARTHER[0];
  const one = first - slope * BASE[by];
  if (!widths.every((width, i) => one + slope * width === seen[i])) return undefined;
  return { by, form: `${one}+${slope}x`, at: (width) => one + slope * width };
}

function lookedUp(by: BlockWidth, read: (width: number) => number): Follows {
  const known = new Map<number, number>();
  const at = (width: number): number => {
    const found = known.get(width) ?? read(width);
    known.set(width, found);
    return found;
  };
  return { by, form: undefined, at };
}

/** Milliseconds of an operation at the widths that its channels follow from. */
export function msOf(node: NodeTime, device: DeviceModel, widths: Readonly<Record<BlockWidth, number>>): number {
  const value = ({ by, at }: Follows): number => at(by === undefined ? 0 : widths[by]);
  const [read, out, groups] = [value(node.in), value(node.out), value(node.groups)];
  const grouping = groupingOf(groups, read, out);
  return device.ofRun({ ...node.run, operation: { ...node.run.operation, in: read, out, groups, grouping } }).ms;
}

/** What operations of the same time have in common. @param where what a width is called, of those that are another there */
export function nameOf(node: NodeTime, where: Partial<Record<BlockWidth, BlockWidth>> = {}): string {
  const { operation, isMove } = node.run;
  const follows = [node.in, node.out, node.groups].map(({ by, form }) => {
    const width = by === undefined ? '' : (where[by] ?? by);
    return `${width} ${form}`;
  });
  return [
    operation.op,
    operation.kernel,
    operation.stride,
    operation.height,
    operation.width,
    isMove,
    ...follows,
  ].join();
}

/** The widths that the time of an operation depends on, in the order a, b, o. */
export const widthsOf = (node: NodeTime): BlockWidth[] =>
  (['a', 'b', 'o'] as const).filter((by) => [node.in, node.out, node.groups].some((follows) => follows.by === by));

/**
 * Whether the widths that are one to the device are one to this operation: not where its channels are another number of the
 * block's, and not where the kernels' block is none of its own.
 */
export const isAligned = ({ run, in: read, out, groups }: NodeTime): boolean =>
  run.operation.grouping !== 'several' &&
  [read, out, groups].every(({ by, form }) => by === undefined || form === '0+1x');

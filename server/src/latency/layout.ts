import { type Cell, type GraphNode, type Ref, shapeAt } from '../graph/cell.ts';
import { elements, type Shape } from '../graph/shapes.ts';
import { operationName } from './operation.ts';
import type { Profile } from './profile.ts';

/** What a runtime does with a node of a cell. */
export interface RunAs {
  /** Done together with the convolution before it. */
  readonly fused: boolean;
  /** Whether it reads and writes maps as ONNX has them, channel by channel, and not in the kernels' blocks of channels. */
  readonly plain: boolean;
  /** Maps that are brought from one layout into the other for it, or for what reads it. */
  readonly moves: readonly Move[];
}

export interface Move {
  /** Into the kernels' blocks, or out of them. */
  readonly op: 'enter' | 'leave';
  readonly shape: Shape;
}

/** Convolutions of an image read so few channels that they run by a kernel of their own, which reads it as it is. */
export const IMAGE_CHANNELS = 4;

type Readers = (ref: Ref) => readonly number[];
type Rules = Pick<Profile, 'channelBlock' | 'fused' | 'layout'>;

/**
 * How each node of a cell runs, in the order of its nodes. Runtimes on processors keep maps in blocks of channels from one
 * convolution to the next; an operator that cannot read those has its input brought back before it, and what reads it has it
 * brought into blocks again. What a cell reads is taken to be in blocks, unless the cell itself begins and ends without them,
 * as the blocks of ShuffleNet do one behind the other.
 */
export function runAs(cell: Cell, rules: Rules): RunAs[] {
  const { nodes } = cell;
  const readers = readersOf(cell);
  // Blocks stand behind others of their kind: what ends plain is read so where that is no matter, and by its convolutions in blocks.
  const alone = laidOut(cell, rules, readers, false);
  const outputPlain = alone.plain[cell.output] ?? false;
  const { plain, fused } = outputPlain ? laidOut(cell, rules, readers, true) : alone;
  const inputPlain = outputPlain && (plain[readers(-1)[0] ?? -1] ?? false);
  const made = nodes.map((_, index): Move[] => {
    const shape = shapeAt(cell, index);
    const inBlocks = !plain[index];
    if (!rules.layout || readers(index).some((reader) => fused[reader])) return [];
    const others = readers(index).some((reader) => (plain[reader] ?? false) === inBlocks);
    const leaves = !inBlocks && index === cell.output && !inputPlain;
    return others || leaves ? [{ op: inBlocks ? 'leave' : 'enter', shape }] : [];
  });
  // A plain output was brought into blocks by the cell before, and is there both ways.
  if (rules.layout && outputPlain === inputPlain) inputMoves(cell, readers, plain, inputPlain, made);
  return nodes.map((_, index) => ({
    fused: fused[index] ?? false,
    plain: plain[index] ?? false,
    moves: made[index] ?? [],
  }));
}

/** Which nodes run plain and which are fused, where what the cell reads is there plain or in blocks alone. */
function laidOut(cell: Cell, rules: Rules, readers: Readers, isInputPlain: boolean) {
  const names = new Set(rules.fused);
  const chains: (string | undefined)[] = [];
  const plain: boolean[] = [];
  const fused: boolean[] = [];
  const isPlainAt = (ref: Ref): boolean => (ref < 0 ? isInputPlain : (plain[ref] ?? false));
  for (const node of cell.nodes) {
    const isConv = node.operator.op === 'conv';
    const follows = !isConv && !entersItself(node) && node.reads.some((ref) => isPlainAt(ref) && !isOne(cell, ref));
    const chain = isConv ? '' : chainBehind(node, chains, readers);
    const isNorm = node.operator.op === 'batchnorm' && names.has('batchnorm') && chain !== undefined;
    const isIn = isNorm || (!follows && chain !== undefined && chain !== '' && names.has(chain));
    fused.push(isIn);
    plain.push(follows || (!isIn && runsPlain(cell, node, rules)));
    chains.push(isConv || isIn ? chain : undefined);
  }
  return { plain, fused };
}

/** What the cell reads is moved for the first of its nodes that cannot read it as it is. */
function inputMoves(
  cell: Cell,
  readers: Readers,
  plain: readonly boolean[],
  inputPlain: boolean,
  made: Move[][],
): void {
  for (const [i, shape] of cell.inputs.entries()) {
    if (shape.channels <= IMAGE_CHANNELS) continue;
    const needs = readers(-1 - i).find((reader) => (plain[reader] ?? false) !== inputPlain);
    if (needs !== undefined) made[needs]?.push({ op: inputPlain ? 'enter' : 'leave', shape });
  }
}

/** Convolutions and pools have a plain map brought into blocks; all others take it as it is. */
const entersItself = ({ operator: { op } }: GraphNode): boolean =>
  op === 'conv' || op === 'maxpool' || op === 'avgpool' || op === 'globalpool';

/** One number for each channel is the same in either layout. */
const isOne = (cell: Cell, ref: Ref): boolean => {
  const shape = shapeAt(cell, ref);
  return elements(shape) === shape.channels;
};

/** Whether a node runs outside the blocks whatever it reads. */
function runsPlain(cell: Cell, node: GraphNode, { channelBlock, layout }: Rules): boolean {
  if (layout === undefined) return false;
  const { operator } = node;
  if (operator.op === 'conv') {
    const { groups } = operator;
    const from = shapeAt(cell, node.reads[0] ?? -1).channels;
    if (groups === 1 || groups === from) return false;
    return (from / groups) % channelBlock !== 0 || (operator.out / groups) % channelBlock !== 0;
  }
  return layout.plain.includes(operationName(node));
}

/** What lies between a node and the convolution before it, the node included: `relu`, `sum relu`. Undefined where there is none. */
function chainBehind(node: GraphNode, chains: readonly (string | undefined)[], readers: Readers): string | undefined {
  const name = operationName(node);
  for (const ref of node.reads) {
    const before = ref < 0 ? undefined : chains[ref];
    if (before === undefined || readers(ref).length > 1) continue;
    if (name === 'batchnorm') return before;
    return before === '' ? name : `${before} ${name}`;
  }
  return undefined;
}

/** The nodes that read a tensor. */
function readersOf({ nodes }: Cell): Readers {
  const readers = new Map<Ref, number[]>();
  for (const [index, { reads }] of nodes.entries())
    for (const ref of new Set(reads)) readers.set(ref, [...(readers.get(ref) ?? []), index]);
  return (ref) => readers.get(ref) ?? [];
}

import { type Cell, inputRef, type Ref } from '../../../graph/cell.ts';
import type { Activation, Operator } from '../../../graph/operator.ts';
import { type Shape, sameShape } from '../../../graph/shapes.ts';

/** An operator that no block has, by its name. */
export interface Foreign {
  readonly op: 'other';
  readonly name: string;
}

/** What a node's output goes through before others read it; `other` is an activation that the language has no word for. */
export type Acts = Activation | 'other' | undefined;

/** An operator of a network without its norms and activations, which are told beside it. */
export interface Bone {
  readonly operator: Operator | Foreign;
  readonly reads: readonly Ref[];
  readonly shape: Shape;
  readonly act: Acts;
  /** Whether it is a convolution with a bias besides its norm. */
  readonly biased: boolean;
  /** As the model calls it; empty in a cell of ours. */
  readonly name: string;
}

/** What is left of a network, or of a cell, when norms and activations are taken away: what a block is compared with. */
export interface Skeleton {
  readonly inputs: readonly Shape[];
  readonly bones: readonly Bone[];
  /** The nodes that read each node. */
  readonly readers: readonly (readonly number[])[];
  /** The nodes that read the image. */
  readonly first: readonly number[];
}

export function skeleton(inputs: readonly Shape[], bones: readonly Bone[]): Skeleton {
  const readers = bones.map((): number[] => []);
  const first: number[] = [];
  for (const [index, { reads }] of bones.entries())
    for (const ref of new Set(reads)) (ref < 0 ? first : readers[ref])?.push(index);
  return { inputs, bones, readers, first };
}

export const readersOf = ({ readers, first }: Skeleton, ref: Ref): readonly number[] =>
  ref < 0 ? first : (readers[ref] ?? []);

/** So many of the nodes that read a tensor as a block may have, from a node on: a hostile tensor is read by all of them. */
export function someReaders(net: Skeleton, ref: Ref, since: number, most: number): readonly number[] {
  const all = readersOf(net, ref);
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle] ?? 0) < since) low = middle + 1;
    else high = middle;
  }
  return all.slice(low, low + most);
}

const NOWHERE: Shape = { channels: 0, height: 0, width: 0, halvings: 0 };

export const shapeAt = ({ inputs, bones }: Skeleton, ref: Ref): Shape =>
  (ref < 0 ? inputs[-1 - ref] : bones[ref]?.shape) ?? NOWHERE;

/** A cell of ours without norms and activations, and the tensor that it hands on. */
export interface Pattern extends Skeleton {
  readonly output: Ref;
}

/** A cell's tensors in its skeleton. */
export type Moved = (ref: Ref) => Ref;

export function patternOf(cell: Cell): Pattern & { readonly moved: Moved } {
  const bones: Bone[] = [];
  const acts: Acts[] = [];
  const moved: Ref[] = [];
  const at = (ref: Ref): Ref => (ref < 0 ? ref : (moved[ref] ?? inputRef(0)));
  for (const { operator, reads, shape } of cell.nodes) {
    const [first = inputRef(0)] = reads;
    const origin = at(first);
    if (operator.op === 'activation' && origin >= 0) acts[origin] = operator.kind;
    if (operator.op === 'activation' || operator.op === 'batchnorm') moved.push(origin);
    else {
      const biased = operator.op === 'conv' && operator.bias;
      moved.push(bones.push({ operator, reads: reads.map(at), shape, act: undefined, biased, name: '' }) - 1);
    }
  }
  const acted = bones.map((bone, index) => ({ ...bone, act: acts[index] }));
  return { ...skeleton(cell.inputs, acted), output: at(cell.output), moved: at };
}

/** Whether two nodes compute the same, whatever they read. An even max-pooling is the next odd one, which has its size. */
export function sameOperator(ours: Operator | Foreign, theirs: Operator | Foreign): boolean {
  if (ours.op === 'conv' && theirs.op === 'conv')
    return (
      ours.out === theirs.out &&
      ours.kernel === theirs.kernel &&
      ours.stride === theirs.stride &&
      ours.groups === theirs.groups &&
      ours.dilation === theirs.dilation
    );
  if (ours.op === 'maxpool' && theirs.op === 'maxpool')
    return ours.stride === theirs.stride && ours.kernel === oddKernel(theirs.kernel);
  if (ours.op === 'avgpool' && theirs.op === 'avgpool')
    return ours.stride === theirs.stride && ours.kernel === theirs.kernel;
  if (ours.op === 'split' && theirs.op === 'split') return ours.from === theirs.from && ours.to === theirs.to;
  if (ours.op === 'shuffle' && theirs.op === 'shuffle') return ours.parts === theirs.parts;
  return ours.op === theirs.op && PLAIN.has(ours.op);
}

/** Operators that their inputs and their output say all about. */
const PLAIN: ReadonlySet<string> = new Set(['globalpool', 'sum', 'product', 'concat', 'upsample']);

/** The language has windows with a middle only. */
export const oddKernel = (kernel: number): number => (kernel % 2 === 0 ? kernel + 1 : kernel);

export const sameSize = (a: Shape, b: Shape): boolean => sameShape({ ...a, halvings: 0 }, { ...b, halvings: 0 });

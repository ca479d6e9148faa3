import type { Group } from '../../../backbone/backbone.ts';
import type { Ref } from '../../../graph/cell.ts';
import type { Convolution, Operator } from '../../../graph/operator.ts';
import { type Acts, type Bone, readersOf, type Skeleton, shapeAt, someReaders } from './skeleton.ts';

/** Where a block is looked for. */
export interface Spot {
  readonly net: Skeleton;
  /** The tensor that it would read. */
  readonly from: Ref;
  /** The first node that is not explained yet, which reads that tensor. */
  readonly node: number;
}

/** A convolution of a network. */
export interface Found {
  readonly node: number;
  readonly conv: Convolution;
  readonly bone: Bone;
}

export function convOf(net: Skeleton, node: number | undefined): Found | undefined {
  const bone = net.bones[node ?? -1];
  return node !== undefined && bone?.operator.op === 'conv' ? { node, conv: bone.operator, bone } : undefined;
}

/** A tensor that a block reads has few readers; those of a tensor that more read are not looked through. */
const MOST_BRANCHES = 8;

/** The convolutions of some kind that a block at a spot may begin with, the unexplained node first. */
export const starts = ({ net, from, node }: Spot, is: (conv: Found) => boolean): readonly Found[] =>
  convolutionsOn(net, from, node).filter(is);

/** The first convolutions that read a tensor, from a node on. */
export const convolutionsOn = (net: Skeleton, from: Ref, since: number): readonly Found[] =>
  someReaders(net, from, since, MOST_BRANCHES).flatMap((one) => convOf(net, one) ?? []);

export const isPoint = ({ conv }: Found): boolean => conv.kernel === 1 && conv.groups === 1;

/** Whether each channel is convolved by itself. */
export const isDepthwise = (net: Skeleton, { conv, bone }: Found): boolean =>
  conv.groups === conv.out && shapeAt(net, bone.reads[0] ?? -1).channels === conv.out;

/** The one node that reads a node. */
function only(net: Skeleton, node: number): number | undefined {
  const readers = readersOf(net, node);
  return readers.length === 1 ? readers[0] : undefined;
}

/** The convolution that alone reads what a convolution makes. */
export const behind = (net: Skeleton, { node }: Found): Found | undefined => convOf(net, only(net, node));

/** The convolution that reads what a convolution makes, and the hidden width of the squeeze between them: 0 for none. */
export function behindSqueeze(
  net: Skeleton,
  conv: Found,
): { readonly next: Found; readonly squeeze: number } | undefined {
  const next = behind(net, conv);
  if (next !== undefined) return { next, squeeze: 0 };
  const gate = squeezeAt(net, conv);
  const last = gate === undefined ? undefined : convOf(net, only(net, gate.product));
  return gate === undefined || last === undefined ? undefined : { next: last, squeeze: gate.squeeze };
}

/** The squeeze-and-excitation that reads a node, if one does. */
export function squeezeAt(
  net: Skeleton,
  { node }: Found,
): { readonly product: number; readonly squeeze: number } | undefined {
  const readers = readersOf(net, node);
  if (readers.length !== 2) return undefined;
  const opOf = (one: number | undefined): Operator['op'] | 'other' | undefined => net.bones[one ?? -1]?.operator.op;
  const product = readers.find((one) => opOf(one) === 'product');
  const pool = readers.find((one) => opOf(one) === 'globalpool');
  const hidden = pool === undefined ? undefined : convOf(net, only(net, pool));
  return product === undefined || hidden === undefined ? undefined : { product, squeeze: hidden.conv.out };
}

/** The word of the language for an activation. One that it has no word for is written as the default. */
export const wordFor = (act: Acts): Group['act'] =>
  act === undefined ? 'none' : act === 'other' || act === 'sigmoid' ? 'relu' : act;

/** The fields of a group that say a squeeze of some hidden width. */
export const squeezed = (squeeze: number): Pick<Group, 'squeeze'> => ({ squeeze });

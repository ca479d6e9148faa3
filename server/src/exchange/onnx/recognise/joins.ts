import type { Group } from '../../../backbone/backbone.ts';
import { mergeOf } from '../../../backbone/merge.ts';
import { inputRef, type Ref } from '../../../graph/cell.ts';
import type { FoundGroup, Join } from './explanation.ts';
import { type Match, match } from './match.ts';
import { convOf, isPoint } from './path.ts';
import { patternOf, readersOf, type Skeleton, shapeAt } from './skeleton.ts';

/** No map is halved more often on its way to another. */
const MOST_POOLS = 16;

/**
 * The nodes of what looks like a resampling, from the 1×1 convolution that a sum reads back to the 1×1 convolution that
 * begins it: one of stride 2 with max-pools behind it, an up-sampling, or nothing between them.
 */
export function resamplingAt(net: Skeleton, end: Ref): readonly number[] | undefined {
  const last = convOf(net, end);
  if (last === undefined || !isPoint(last) || last.conv.stride !== 1) return undefined;
  const nodes = [end];
  let at = last.bone.reads[0] ?? -1;
  const take = (): void => {
    nodes.push(at);
    at = net.bones[at]?.reads[0] ?? -1;
  };
  const isAlone = (): boolean => readersOf(net, at).length === 1;
  const opAt = (): string | undefined => (at < 0 ? undefined : net.bones[at]?.operator.op);
  if (opAt() === 'upsample' && isAlone()) take();
  else {
    while (opAt() === 'maxpool' && isAlone() && nodes.length < MOST_POOLS) take();
    const window = convOf(net, at);
    if (window?.conv.kernel === 3 && window.conv.stride === 2 && isAlone()) take();
    else if (nodes.length > 1) return undefined;
  }
  const first = convOf(net, at);
  if (first === undefined || !isPoint(first) || first.conv.stride !== 1 || !isAlone()) return undefined;
  return [...nodes, at];
}

/** Nodes that single layers leave to what brings tensors together. */
export interface Reserved {
  readonly nodes: Uint8Array;
  /** The ends of what is resampled and added to nothing. */
  readonly alone: ReadonlySet<Ref>;
}

export function reservedIn(net: Skeleton): Reserved {
  const nodes = new Uint8Array(net.bones.length);
  const alone = new Set<Ref>();
  const isAdded = (ref: Ref): boolean => {
    const readers = readersOf(net, ref);
    return readers.length === 1 && net.bones[readers[0] ?? -1]?.operator.op === 'sum';
  };
  for (const [index, { operator, reads }] of net.bones.entries()) {
    // Without a sum only an up-sampling tells that it is one: the rest is said by single layers as well.
    const raised = operator.op === 'upsample' ? (readersOf(net, index)[0] ?? -1) : -1;
    const ends = operator.op === 'sum' ? reads.filter(isAdded) : [raised].filter((ref) => ref >= 0 && !isAdded(ref));
    for (const end of ends) {
      const chain = resamplingAt(net, end) ?? [];
      for (const node of chain) nodes[node] = 1;
      if (end === raised && chain.length > 0) alone.add(end);
    }
  }
  return { nodes, alone };
}

export interface Known {
  readonly net: Skeleton;
  readonly used: Uint8Array;
  readonly groups: readonly FoundGroup[];
  readonly ends: ReadonlySet<Ref>;
  /** What a tensor is, where it is no inner one of a block. */
  readonly sources: ReadonlyMap<Ref, Join>;
}

/**
 * What a resampled tensor comes of, and the nodes that resample it.
 *
 * @param sum a tensor of the shape that it is resampled to
 */
export function resampled(
  { net, used, groups, ends, sources }: Known,
  end: Ref,
  sum: Ref,
): { readonly group: number; readonly match: Match } | undefined {
  const first = resamplingAt(net, end)?.at(-1);
  const from = first === undefined ? undefined : net.bones[first]?.reads[0];
  const index = from === undefined ? undefined : groupAt(sources, from);
  const parent = groups[index ?? -1]?.group;
  const target = shapeAt(net, sum);
  if (from === undefined || index === undefined || parent === undefined || !Number.isInteger(target.halvings))
    return undefined;
  const wire = { name: '', join: 'sum', at: target.halvings, reads: [{ group: 0, asIs: false }] } as const;
  const reader: Group = { ...parent, out: target.channels };
  const cell = mergeOf(wire, [shapeAt(net, from)], reader, [parent], net.inputs[0] ?? target);
  const found = match(net, patternOf(cell), from, { used, ends });
  return found?.output === end ? { group: index, match: found } : undefined;
}

/** The group that a tensor is the output of. */
export function groupAt(sources: ReadonlyMap<Ref, Join>, ref: Ref): number | undefined {
  const source = sources.get(ref);
  const [only] = source?.reads ?? [];
  return source?.reads.length === 1 && source.at === undefined ? only?.group : undefined;
}

/** The join of some joins: what is added to a sum of tensors is one more of them, and so with concatenations. */
export function joined(parts: readonly Join[], join: Join['join']): Join | undefined {
  const [first] = parts;
  if (first === undefined || parts.some((part) => part.reads.length > 1 && part.join !== join)) return undefined;
  const levels = new Set(parts.flatMap(({ at }) => at ?? []));
  if (levels.size > 1) return undefined;
  const [at] = levels;
  // A tensor that stands beside resampled ones is added as it is.
  const reads = parts.flatMap((part) =>
    at === undefined || part.at !== undefined ? part.reads : part.reads.map(({ group }) => ({ group, asIs: true })),
  );
  if (reads.some(({ group }) => group < 0)) return undefined;
  return { join, reads, ...(at === undefined ? {} : { at }) };
}

export const plain = (group: number): Join => ({ join: 'sum', reads: [{ group, asIs: false }] });

export const isImage = (ref: Ref): boolean => ref === inputRef(0);

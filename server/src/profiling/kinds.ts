import { type Graph, repeatsOf } from '../graph/graph.ts';
import { IMAGE_CHANNELS } from '../latency/layout.ts';
import { isProductSum, type Operation, workOf } from '../latency/operation.ts';
import { operationsOf } from '../latency/run-operations.ts';
import type { Kernels } from './timer.ts';

/** Operators that one grid has: only widths and maps tell them apart. */
export interface OperatorKind extends Pick<Operation, 'op' | 'kernel' | 'stride' | 'grouping'> {
  /** A convolution of the image. */
  readonly image: boolean;
}

/** An operation with how often a network runs it. */
export interface Counted {
  readonly operation: Operation;
  readonly times: number;
}

export const kindOf = ({ op, kernel, stride, grouping, in: read }: Operation): OperatorKind => ({
  ...{ op, kernel, stride, grouping },
  image: op === 'conv' && read <= IMAGE_CHANNELS,
});

export const kindKey = ({ op, kernel, stride, grouping, image }: OperatorKind): string =>
  `${op} ${kernel} ${stride} ${grouping} ${image ? 'image' : 'map'}`;

/** All that a runtime does for a network. */
export function runOf(network: Graph, kernels: Kernels): Counted[] {
  const { channelBlock, fused, layout } = kernels;
  const rules = { channelBlock, fused, ...(layout === undefined ? {} : { layout }) };
  return network.sections.flatMap((section) =>
    repeatsOf(section).flatMap(({ cell, times }) =>
      operationsOf(cell, network.image, rules).flatMap(({ operation, moves }) =>
        [...(operation === undefined ? [] : [operation]), ...moves].map((one) => ({ operation: one, times })),
      ),
    ),
  );
}

/** Every kind of operator that the networks run, the one with the most work first: where accuracy counts most. */
export function kindsOf(networks: readonly Graph[], kernels: Kernels): OperatorKind[] {
  const work = new Map<string, { readonly kind: OperatorKind; total: number }>();
  for (const network of networks)
    for (const { operation, times } of runOf(network, kernels)) {
      const kind = kindOf(operation);
      const key = kindKey(kind);
      const known = work.get(key) ?? { kind, total: 0 };
      known.total += times * workOf(operation) * (isProductSum(operation) ? 1 : ELEMENT);
      work.set(key, known);
    }
  return [...work.values()].sort((a, b) => b.total - a.total).map(({ kind }) => kind);
}

/** An element of a map takes as long as so many multiply–accumulates, about. */
const ELEMENT = 10;

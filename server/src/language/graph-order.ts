import { depthFirst, type Step } from '../graph/depth-first.ts';
import type { GraphLines, NodeSource, NodeUse } from './graph-source.ts';

/** Nodes that read each other, as indexes of nodes: each reads the next, and the last the first. */
export interface Cycle {
  readonly nodes: readonly number[];
  /** Where one of them names one that stands later in the text, or itself: the first of `nodes` does. */
  readonly use: NodeUse;
}

export interface GraphOrder {
  /** All nodes, each behind what it reads, but for the reads that close a cycle. */
  readonly order: readonly number[];
  readonly cycles: readonly Cycle[];
}

/** Whoever mends so many cycles looks again afterwards. */
const MOST_CYCLES = 100;

interface Edge {
  readonly to: number;
  readonly use: NodeUse;
}

/** What each node depends on: what it reads, and the node whose resolution it takes. */
function edgesOf({ nodes }: GraphLines): Edge[][] {
  const byGroup = new Map<number, number>();
  for (const [index, { group }] of nodes.entries()) if (group !== undefined) byGroup.set(group, index);
  return nodes.map(({ reads, at }: NodeSource) => {
    const uses: NodeUse[] = at?.like === undefined ? [...reads] : [...reads, at.like];
    return uses.flatMap((use): Edge[] => {
      const to = use.group === undefined ? undefined : byGroup.get(use.group);
      return to === undefined ? [] : [{ to, use }];
    });
  });
}

export function orderGraph(graph: GraphLines): GraphOrder {
  const edges = edgesOf(graph);
  const targets = edges.map((own) => own.map(({ to }) => to));
  const cycles: Cycle[] = [];
  const order = depthFirst(
    edges.length,
    (node) => targets[node] ?? [],
    (way, to) => {
      if (cycles.length < MOST_CYCLES) cycles.push(cycleOf(way, to, edges));
    },
  );
  return { order, cycles };
}

/** The cycle that an edge back into the path closes, turned so that it begins with a read of what stands later. */
function cycleOf(way: readonly Step[], to: number, edges: readonly (readonly Edge[])[]): Cycle {
  const around = way.slice(way.findLastIndex(({ node }) => node === to));
  const followed = around.flatMap(({ node, next }) => edges[node]?.[next - 1] ?? []);
  const first = Math.max(
    0,
    around.findIndex(({ node }, index) => (followed[index]?.to ?? to) >= node),
  );
  const nodes = [...around.slice(first), ...around.slice(0, first)].map(({ node }) => node);
  const edge = followed[first];
  if (edge === undefined) throw new Error('a cycle has an edge for each of its nodes');
  return { nodes, use: edge.use };
}

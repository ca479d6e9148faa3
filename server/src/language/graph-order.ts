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

/** Looks through a graph in depth, without a stack of calls: a graph may have thousands of nodes in a row. */
export function orderGraph(graph: GraphLines): GraphOrder {
  const edges = edgesOf(graph);
  const order: number[] = [];
  const cycles: Cycle[] = [];
  const state = new Uint8Array(edges.length);
  const path: { readonly node: number; next: number }[] = [];
  const enter = (node: number): void => {
    state[node] = ENTERED;
    path.push({ node, next: 0 });
  };
  for (const start of edges.keys()) {
    if (state[start] !== NEW) continue;
    enter(start);
    for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
      const edge = edges[frame.node]?.[frame.next];
      frame.next += 1;
      if (edge === undefined) {
        state[frame.node] = LEFT;
        order.push(frame.node);
        path.pop();
      } else if (state[edge.to] === NEW) enter(edge.to);
      else if (state[edge.to] === ENTERED && cycles.length < MOST_CYCLES) cycles.push(cycleOf(path, edge, edges));
    }
  }
  return { order, cycles };
}

const NEW = 0;
const ENTERED = 1;
const LEFT = 2;

/** The cycle that an edge back into the path closes, turned so that it begins with a read of what stands later. */
function cycleOf(
  path: readonly { readonly node: number; readonly next: number }[],
  closing: Edge,
  edges: readonly (readonly Edge[])[],
): Cycle {
  const around = path.slice(path.findLastIndex(({ node }) => node === closing.to));
  const uses = around.map(({ node, next }) => edges[node]?.[next - 1] ?? closing);
  const first = Math.max(
    0,
    around.findIndex(({ node }, index) => (uses[index] ?? closing).to >= node),
  );
  const nodes = [...around.slice(first), ...around.slice(0, first)].map(({ node }) => node);
  return { nodes, use: (uses[first] ?? closing).use };
}

/** A node on the way down, and how many of its edges were followed. */
export interface Step {
  readonly node: number;
  next: number;
}

const NEW = 0;
const ENTERED = 1;
const LEFT = 2;

/**
 * Looks through a graph in depth, without a stack of calls: it may have thousands of nodes in a row. Returns its nodes,
 * each behind what it has edges to, but for edges that close a circle.
 *
 * @param edgesOf where the edges of a node lead; what is no node of the graph is passed over
 * @param onCircle told of an edge back to a node on the way, which is the last that was followed of the way's end
 */
export function depthFirst(
  nodes: number,
  edgesOf: (node: number) => readonly number[],
  onCircle: (way: readonly Step[], to: number) => void = () => undefined,
): number[] {
  const order: number[] = [];
  const state = new Uint8Array(nodes);
  const way: Step[] = [];
  const enter = (node: number): void => {
    state[node] = ENTERED;
    way.push({ node, next: 0 });
  };
  for (let start = 0; start < nodes; start++) {
    if (state[start] !== NEW) continue;
    enter(start);
    for (let end = way.at(-1); end !== undefined; end = way.at(-1)) {
      const to = edgesOf(end.node)[end.next];
      end.next += 1;
      if (to === undefined) {
        state[end.node] = LEFT;
        order.push(end.node);
        way.pop();
      } else if (state[to] === NEW) enter(to);
      else if (state[to] === ENTERED) onCircle(way, to);
    }
  }
  return order;
}

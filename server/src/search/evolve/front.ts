/** A design that a front weighs: more score is better, less of each cost is better. */
export interface Weighed {
  readonly score: number;
  readonly costs: readonly number[];
}

/** A balanced k-d tree of costs. What is below a node costs at least `least`, and its first stands at `first`. */
interface Node {
  readonly costs: readonly number[];
  readonly rank: number;
  readonly least: readonly number[];
  readonly first: number;
  readonly below: Node | undefined;
  readonly above: Node | undefined;
}

/**
 * The items that no other beats in score and all costs at once. In the order of falling scores one is on the front
 * unless an earlier one costs no more in anything; a k-d tree with lower bounds answers that without looking at all of
 * them. Of equals the first is kept.
 */
export function nonDominated<T extends Weighed>(items: readonly T[]): T[] {
  const sorted = items.toSorted((a, b) => b.score - a.score || lexicographic(a.costs, b.costs));
  const root = tree(
    sorted.map(({ costs }, rank) => ({ costs, rank })),
    0,
  );
  return sorted.filter(({ costs }, rank) => !beaten(root, costs, rank));
}

function lexicographic(a: readonly number[], b: readonly number[]): number {
  for (const [i, cost] of a.entries()) if (cost !== b[i]) return cost - (b[i] ?? 0);
  return 0;
}

function tree(points: readonly { costs: readonly number[]; rank: number }[], axis: number): Node | undefined {
  const sorted = points.toSorted((a, b) => (a.costs[axis] ?? 0) - (b.costs[axis] ?? 0));
  const middle = sorted.length >> 1;
  const point = sorted[middle];
  if (point === undefined) return undefined;
  const next = (axis + 1) % point.costs.length;
  const below = tree(sorted.slice(0, middle), next);
  const above = tree(sorted.slice(middle + 1), next);
  const least = point.costs.map((cost, i) => Math.min(cost, below?.least[i] ?? cost, above?.least[i] ?? cost));
  const first = Math.min(point.rank, below?.first ?? point.rank, above?.first ?? point.rank);
  return { ...point, least, first, below, above };
}

/** Whether something before `rank` costs no more than this in anything. */
function beaten(node: Node | undefined, costs: readonly number[], rank: number): boolean {
  if (node === undefined || node.first >= rank) return false;
  if (node.least.some((least, i) => least > (costs[i] ?? 0))) return false;
  if (node.rank < rank && node.costs.every((cost, i) => cost <= (costs[i] ?? 0))) return true;
  return beaten(node.below, costs, rank) || beaten(node.above, costs, rank);
}

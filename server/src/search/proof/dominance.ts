import type { LabelSet } from './label-set.ts';

/** Labels that each is held against, at most: those that are worth most beat nearly all that are beaten. */
const HELD_AGAINST = 400;

/**
 * The labels that no other beats, by width. One beats another with the same width and the same windows before it that has
 * no more score and no less of any cost: whatever follows on the other may follow on it. What is not found here is kept,
 * which only takes longer.
 *
 * @param weighed the costs that are limited or minimised
 */
export function undominated(labels: LabelSet, weighed: readonly number[]): LabelSet {
  const { worth, node, history, size } = labels;
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  // At any prices what is beaten is worth no more.
  order.sort(
    (x, y) =>
      (node[x] ?? 0) - (node[y] ?? 0) ||
      (history[x] ?? 0) - (history[y] ?? 0) ||
      (worth[y] ?? 0) - (worth[x] ?? 0) ||
      x - y,
  );
  const kept = new Int32Array(size);
  let count = 0;
  let first = 0;
  for (const x of order) {
    const head = kept[first] ?? 0;
    if (count > first && (node[head] !== node[x] || history[head] !== history[x])) first = count;
    if (!beaten(labels, weighed, x, kept.subarray(first, Math.min(count, first + HELD_AGAINST)))) kept[count++] = x;
  }
  return labels.pick(kept.subarray(0, count));
}

function beaten(labels: LabelSet, weighed: readonly number[], x: number, by: Int32Array): boolean {
  const { score, costs, costCount } = labels;
  const own = score[x] ?? 0;
  others: for (const z of by) {
    if ((score[z] ?? 0) < own) continue;
    for (const c of weighed) if ((costs[z * costCount + c] ?? 0) > (costs[x * costCount + c] ?? 0)) continue others;
    return true;
  }
  return false;
}

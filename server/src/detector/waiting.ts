import type { BackboneAnalysis, GroupAnalysis } from '../analysis/analyse.ts';
import type { Network } from '../backbone/lower.ts';
import { costOf } from '../cost/budget.ts';
import { type Costs, peakBeside } from '../cost/cost.ts';
import { allCosts } from '../cost/registry.ts';
import { elements } from '../graph/shapes.ts';

/** What waits beside one group for the neck. */
interface Beside {
  /** Elements of outputs that the group does not read. */
  readonly waiting: number;
  /** For each tensor that it reads whether somebody reads it later. */
  readonly keeps: readonly boolean[];
}

/**
 * The costs of a backbone whose outputs stay alive until a neck has read them: sums are what they were, and a peak is the
 * greatest of what is alive in a group and beside it.
 *
 * @param reads the groups whose outputs are read
 */
export function costsBeside({ groups, costs, network }: BackboneAnalysis, reads: ReadonlySet<number>): Costs {
  const beside = besideOf(network, reads);
  const peaks = allCosts().flatMap((cost) => {
    if (cost.kind !== 'peak') return [];
    const own = groups.map((group, i) => peakIn(group, beside[i], cost.name, cost.bytes));
    return [[cost.name, Math.max(0, ...own)] as const];
  });
  return { ...costs, ...Object.fromEntries(peaks) };
}

function besideOf({ groups, order }: Network, reads: ReadonlySet<number>): Beside[] {
  const beside = new Array<Beside>(groups.length);
  /** Outputs that are there already, and how many groups still read each. */
  const made = new Map<number, number>();
  const readers = new Map<number, number>();
  for (const group of groups) for (const read of group.reads) readers.set(read, (readers.get(read) ?? 0) + 1);
  for (const index of order) {
    const group = groups[index];
    if (group === undefined) continue;
    let waiting = 0;
    // What a later group of the backbone reads waits there already.
    for (const [output, left] of made) if (left === 0) waiting += elements(groups[output]?.to ?? group.to);
    for (const read of group.reads) {
      const left = made.get(read);
      if (left !== undefined) made.set(read, left - 1);
    }
    beside[index] = { waiting, keeps: group.reads.map((read, i) => group.keeps[i] === true || reads.has(read)) };
    if (reads.has(index)) made.set(index, readers.get(index) ?? 0);
  }
  return beside;
}

/** Nothing is walked anew where only more waits beside a group. */
function peakIn({ lowered, costs }: GroupAnalysis, beside: Beside | undefined, cost: string, bytes: number): number {
  const own = costOf(costs, cost);
  if (beside === undefined) return own;
  const { waiting, keeps } = beside;
  if (keeps.every((kept, i) => kept === (lowered.keeps[i] === true))) return own + bytes * waiting;
  return bytes * (peakBeside({ ...lowered, keeps, heldElements: lowered.heldElements + waiting }) ?? 0);
}

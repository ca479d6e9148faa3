import type { CostName } from '../cost/budget.ts';
import { printBackbone } from '../language/print.ts';
import { nonDominated } from '../search/evolve/front.ts';
import { isResult, type SearchProblem, type SearchResult, type Stopped } from '../search/task.ts';

/** What one search of a sweep came to. It has nothing that depends on the machine, and goes through JSON unchanged. */
export type SweepOutcome =
  | {
      readonly kind: 'found';
      readonly index: number;
      readonly score: number;
      /** Of the score, or of the cost that is minimised; null where none is known. */
      readonly bound: number | null;
      readonly gap: number | null;
      readonly proven: boolean;
      readonly costs: Readonly<Record<string, number>>;
      /** The design as a text of the language, under a name of its own: that of the start and the number of the search. */
      readonly backbone: string;
      readonly evaluations: number;
      readonly stopped: Stopped;
    }
  | { readonly kind: 'none'; readonly index: number; readonly code: SearchProblem['code']; readonly message: string };

export type Found = Extract<SweepOutcome, { kind: 'found' }>;

const finite = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value;

/** Of a search of this place in the plan, counted from 0. */
export function outcomeOf(index: number, outcome: SearchResult | SearchProblem): SweepOutcome {
  if (!isResult(outcome)) return { kind: 'none', index, code: outcome.code, message: outcome.message };
  const { score, bound, gap, proven, costs, backbone, evaluations, stopped } = outcome;
  const finiteCosts = Object.entries(costs).filter(([, value]) => Number.isFinite(value));
  return {
    kind: 'found',
    index,
    score,
    bound: finite(bound),
    gap: finite(gap),
    proven,
    costs: Object.fromEntries(finiteCosts),
    backbone: printBackbone({ ...backbone, name: `${backbone.name}_${index + 1}` }),
    evaluations,
    stopped,
  };
}

/**
 * The designs that no other of the sweep beats in score and all of these costs at once, the lowest score first.
 * Of equals the first of the plan is kept.
 */
export function frontOf(outcomes: readonly SweepOutcome[], costs: readonly CostName[]): readonly Found[] {
  const found = outcomes.flatMap((outcome) => (outcome.kind === 'found' ? [outcome] : []));
  const weighed = found
    .toSorted((a, b) => a.index - b.index)
    .map((own) => ({ score: own.score, costs: costs.map((cost) => own.costs[cost] ?? 0), own }));
  return nonDominated(weighed)
    .map(({ own }) => own)
    .toReversed();
}

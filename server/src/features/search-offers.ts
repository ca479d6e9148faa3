import { si } from '../../../common/numbers.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import { lineEndOf } from '../language/leaves.ts';
import { type Problem, textErrors } from '../language/problem.ts';
import type { BudgetSource } from '../language/read-budget.ts';
import type { Edit } from '../language/rewrite.ts';
import { freeName } from './depth-fixes.ts';
import { type FeatureOptions, shownCost } from './options.ts';
import type { Snapshot, SnapshotBackbone } from './snapshot.ts';

/** Why a file has nothing to search, and texts that would change that. */
export interface SearchAdvice {
  readonly reason: 'error' | 'no-backbone' | 'no-budget' | 'no-search';
  /** The first error of the text, when that is the reason. */
  readonly error?: Problem;
  readonly offers: readonly SearchOffer[];
}

/** A search that may be written: of this backbone within this budget, which is written too where the file has none. */
export interface SearchOffer {
  readonly backbone: string;
  readonly budget: string;
  readonly edits: readonly Edit[];
}

/** Asked only of a file without anything that can be searched. */
export function searchAdvice(snapshot: Snapshot, options: FeatureOptions): SearchAdvice {
  const { backbones, design } = snapshot;
  const [error] = textErrors(snapshot.problems);
  if (error !== undefined) return { reason: 'error', error, offers: [] };
  if (backbones.length === 0) return { reason: 'no-backbone', offers: [] };
  const offers = backbones.flatMap((backbone) =>
    design.budgets.length === 0
      ? offerOf(snapshot, backbone, ownBudget(snapshot, backbone, options))
      : design.budgets.map((budget) => offerWithin(snapshot, backbone, budget)),
  );
  return { reason: design.budgets.length === 0 ? 'no-budget' : 'no-search', offers };
}

/** A search of a backbone within a budget that the file has. */
export const offerWithin = (
  snapshot: Snapshot,
  backbone: SnapshotBackbone,
  { name }: Pick<BudgetSource, 'name'>,
): SearchOffer => offerOf(snapshot, backbone, { name, lines: [] });

interface WrittenBudget {
  readonly name: string;
  /** None for a budget that is there. */
  readonly lines: readonly string[];
}

/** At the end of the file, as a person would write it. */
function offerOf({ document }: Snapshot, { source }: SnapshotBackbone, budget: WrittenBudget): SearchOffer {
  const text = document.getText();
  const end = lineEndOf(text);
  const before = text.endsWith('\n') ? [''] : ['', ''];
  const lines = [...before, ...budget.lines, 'search {', `  start ${source.name}`, `  within ${budget.name}`, '}', ''];
  const span = { start: text.length, end: text.length };
  return { backbone: source.name, budget: budget.name, edits: [{ span, text: lines.join(end) }] };
}

/** What the backbone costs now: the search then finds the best network of the same cost and depth. */
function ownBudget(snapshot: Snapshot, backbone: SnapshotBackbone, options: FeatureOptions): WrittenBudget {
  const name = freeName(snapshot, 'same_cost');
  const costs = backbone.analysis?.costs;
  const cost = shownCost(backbone, options);
  const limits = (['layers', cost] satisfies CostName[]).toReversed().map((limited) => {
    const value = costs === undefined ? 1 : costOf(costs, limited);
    return `  ${limited.padEnd(Math.max(cost.length, 'layers'.length))} <= ${roundedUp(value)}`;
  });
  return { name, lines: [`budget ${name} {`, ...limits, '}', ''] };
}

/** «48.4G»: three digits, and never less than the value. */
function roundedUp(value: number): string {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 2);
  return si(Math.ceil(value / step) * step).replace(' ', '');
}

import type { Span } from '../language/problem.ts';
import { nameSpan } from '../language/read-backbone.ts';
import type { SearchProblem } from '../search/task.ts';
import type { ReadySearch } from './search-targets.ts';

/**
 * Where a search without an answer can be mended: the limit that cannot be met, the score that no design holds, the
 * first group that breaks the space, or the name of the backbone.
 */
export function faultSpan({ backbone, source, budgets }: ReadySearch, problem: SearchProblem): Span {
  if (problem.code === 'budget-impossible') {
    const limits = budgets.flatMap((budget) => budget.limits);
    const limit = limits.find((l) => l.limit.cost === problem.cost && l.limit.amount === problem.amount);
    if (limit !== undefined) return limit.span;
  }
  if (problem.code === 'score-impossible') {
    // The command line may have set another score than the file.
    const written = source?.values.score === problem.score ? source.places.score : undefined;
    const line = written ?? source?.places.minimise;
    if (line !== undefined) return line;
  }
  if (problem.code === 'start-breaks-space') {
    const group = backbone.source.groups[problem.violations[0]?.group ?? -1];
    if (group !== undefined) return group.span;
  }
  return nameSpan(backbone.source.node);
}

import type { Span } from '../language/problem.ts';
import type { SearchProblem } from '../search/task.ts';
import type { ReadySearch } from './search-targets.ts';

/**
 * Where a search without an answer can be mended: the limit that cannot be met, the score that no design holds, or the
 * first group that breaks the space.
 */
export function faultSpan({ backbone, source, budgets }: ReadySearch, problem: SearchProblem): Span | undefined {
  if (problem.code === 'budget-impossible') {
    const limits = budgets.flatMap((budget) => budget.limits);
    return limits.find((l) => l.limit.cost === problem.cost && l.limit.amount === problem.amount)?.span;
  }
  if (problem.code === 'score-impossible') {
    // The command line may have set another score than the file.
    const written = source?.values.score === problem.score ? source.places.score : undefined;
    return written ?? source?.places.minimise;
  }
  if (problem.code === 'start-breaks-space') return backbone.source.groups[problem.violations[0]?.group ?? -1]?.span;
  return undefined;
}

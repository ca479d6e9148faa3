import { problemText } from '../features/search-report.ts';
import type { ReadySearch } from '../features/search-targets.ts';
import { budgetsFor } from '../language/design.ts';
import type { Span } from '../language/problem.ts';
import { nameSpan } from '../language/read-backbone.ts';
import type { SearchProblem } from '../search/task.ts';
import { place, type ReadFile } from './problems.ts';

/** A search that has no answer, with the place where it can be mended. */
export function searchProblemLine({ source, snapshot }: ReadFile, ready: ReadySearch, problem: SearchProblem): string {
  if (OURS.includes(problem.code)) return `error: ${problem.message}`;
  const where =
    problem.code === 'bad-checkpoint'
      ? `${problem.file}:1:1`
      : place(source, snapshot, spanOfProblem(snapshot, ready, problem));
  return `${where}: error[${problem.code}]: ${problemText(problem)}`;
}

/** No text is at fault. */
const OURS: readonly SearchProblem['code'][] = ['worker-failed', 'measuring-failed', 'cancelled'];

/** The limit that cannot be met, the first group that breaks the space, or the name of the backbone. */
function spanOfProblem({ design }: ReadFile['snapshot'], ready: ReadySearch, problem: SearchProblem): Span {
  const backbone = ready.backbone.source;
  if (problem.code === 'budget-impossible') {
    const limits = budgetsFor(backbone, design).flatMap((budget) => budget.limits);
    const limit = limits.find((l) => l.limit.cost === problem.cost && l.limit.amount === problem.amount);
    if (limit !== undefined) return limit.span;
  }
  if (problem.code === 'start-breaks-space') {
    const group = backbone.groups[problem.violations[0]?.group ?? -1];
    if (group !== undefined) return group.span;
  }
  return nameSpan(backbone.node);
}

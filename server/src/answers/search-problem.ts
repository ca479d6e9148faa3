import { faultSpan } from '../features/search-fault.ts';
import { problemText } from '../features/search-report.ts';
import type { ReadySearch } from '../features/search-targets.ts';
import { nameSpan } from '../language/read-backbone.ts';
import type { SearchProblem } from '../search/task.ts';
import { place, type ReadFile } from './problems.ts';

/** A search that has no answer, with the place where it can be mended. */
export function searchProblemLine({ source, snapshot }: ReadFile, ready: ReadySearch, problem: SearchProblem): string {
  if (problem.code === 'unwritable-checkpoint')
    return `${problem.file}:1:1: error[${problem.code}]: ${problem.message}`;
  if (problem.code === 'cancelled' || ENVIRONMENT.includes(problem.code)) return `error: ${problem.message}`;
  const span = faultSpan(ready, problem) ?? nameSpan(ready.backbone.source.node);
  const where = problem.code === 'bad-checkpoint' ? `${problem.file}:1:1` : place(source, snapshot, span);
  return `${where}: error[${problem.code}]: ${problemText(problem)}`;
}

/** The environment is at fault, and no text. */
export const ENVIRONMENT: readonly SearchProblem['code'][] = [
  'worker-failed',
  'measuring-failed',
  'unwritable-checkpoint',
];

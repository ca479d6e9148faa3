import { withWorkers } from '../answers/search-workers.ts';
import { runSearch } from '../search/node/run-search.ts';
import { proveFront } from '../search/proven-front.ts';
import { isMeasured, type SearchResult, type SearchTask } from '../search/task.ts';
import { interruptibly } from './interruptible.ts';
import { say } from './output.ts';

/** A front is told of after so many of its points, where a person looks on. */
const TELL_EVERY = 20;

/** A search whose front was proven, as far as there was time. */
export interface WithFront {
  readonly result: SearchResult;
  /** Whether every point was looked at. */
  readonly complete: boolean;
}

/** `--prove` with `--pareto`: every point of the front is proven within its own costs, or a better one found there. */
export async function withProvenFront(task: SearchTask, result: SearchResult, quiet: boolean): Promise<WithFront> {
  const { front } = result;
  if (task.prove !== true || front === undefined || isMeasured(task) || task.goal.kind === 'minimise')
    return { result, complete: true };
  const tell = (done: number): void => {
    if (!quiet && (done % TELL_EVERY === 0 || done === front.length)) say(`front: ${done} of ${front.length} proofs`);
  };
  const { points, complete } = await interruptibly((signal) =>
    withWorkers(task, (pool) =>
      proveFront(
        task,
        front,
        (point) => runSearch(point, { pool, signal }),
        (_, done) => tell(done),
      ),
    ),
  );
  return { result: { ...result, front: points }, complete };
}

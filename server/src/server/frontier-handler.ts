import { isCostName } from '../cost/budget.ts';
import { problemText, taskOf } from '../features/search-report.ts';
import { resolveRunnable } from '../features/search-targets.ts';
import { FRONTIER_POINTS, frontier, geometricLimits, kneeOf } from '../search/frontier.ts';
import { isMeasured } from '../search/task.ts';
import { abortOn } from './abort-on.ts';
import { onRequest } from './messages.ts';
import { FRONTIER_REQUEST, type FrontierAnswer, type FrontierParams } from './protocol.ts';
import type { ServerContext } from './server.ts';

/** The best score over one limit of a budget, for the dashboard. Its searches run in the processes of all searches. */
export function registerFrontier({ connection, snapshots, settings, host, status }: ServerContext): void {
  onRequest(connection, FRONTIER_REQUEST, async (params: FrontierParams, token): Promise<FrontierAnswer> => {
    const { uri, target, cost, from, to } = params;
    const snapshot = snapshots.get(uri);
    if (snapshot === undefined) return { kind: 'failed', message: 'The file is not open.' };
    const resolved = resolveRunnable(snapshot, target, [], 'shrink');
    if (!resolved.ok) return { kind: 'failed', message: resolved.message };
    const { searchWorkers } = await settings.get(uri);
    const task = taskOf(resolved.search, searchWorkers === 0 ? host.workers : searchWorkers);
    if (!isCostName(cost) || !(from > 0 && from < to) || task.goal.kind === 'minimise' || isMeasured(task))
      return { kind: 'failed', message: 'This search has no best score over a limit.' };
    const signal = abortOn(token);
    status.set('search', { health: 'busy', message: 'Searching' });
    try {
      const limits = geometricLimits(from, to, FRONTIER_POINTS, true);
      const { points, complete, problem } = await frontier(task, cost, limits, (of) => host.search(of, { signal }));
      if (problem !== undefined) return { kind: 'failed', message: problemText(problem) };
      if (!complete) return { kind: 'cancelled' };
      const knee = kneeOf(points);
      return {
        kind: 'found',
        cost,
        points: points.map(({ limit, best, bound, proven }) => ({
          limit,
          proven,
          ...(best === undefined ? {} : { score: best.score }),
          ...(best === undefined || bound === undefined ? {} : { bound }),
        })),
        ...(knee === undefined ? {} : { knee }),
      };
    } finally {
      status.set('search', undefined);
    }
  });
}

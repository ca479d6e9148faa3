import type { Plan } from './evolve/plan.ts';
import type { Executor, IslandState } from './executor.ts';
import type { SearchTask } from './task.ts';

const NOBODY = new Int32Array(0);

/**
 * Evolves the islands of a search in epochs. Before each, an island gets the best design of its neighbour; it needs to
 * wait for that one and not for all. So an executor with several hands is given the next epoch of those that are ready
 * while the last ones are still in this one, and no hand stands idle between two epochs. What was done too early is done
 * from the same states as ever, and forgotten where the search ends before it: the answer does not depend on it.
 */
export class Epochs {
  private readonly task: SearchTask;
  private readonly plan: Plan;
  private readonly executor: Executor;
  private readonly mayGoAhead: () => boolean;
  /** The next epoch of every island, as far as it was begun already. */
  private ahead: readonly Promise<IslandState | undefined>[] = [];

  /** @param mayGoAhead false while the search is paused or told to stop */
  constructor(task: SearchTask, plan: Plan, executor: Executor, mayGoAhead: () => boolean) {
    this.task = task;
    this.plan = plan;
    this.executor = executor;
    this.mayGoAhead = mayGoAhead;
  }

  /** The islands after one more epoch. */
  next(islands: readonly IslandState[], epoch: number, settlers: Int32Array = NOBODY): Promise<IslandState[]> {
    const begun = this.ahead;
    const now = islands.map(async (state, index) => {
      const early = await begun[index];
      return early ?? this.evolve(state, islands[before(index, islands.length)], epoch, settlers);
    });
    this.ahead = this.executor.parallel ? now.map((_, index) => this.early(now, index, epoch + 1)) : [];
    return Promise.all(now);
  }

  /** The islands with the fitness of their members, which no checkpoint has. */
  unchanged(islands: readonly IslandState[]): Promise<IslandState[]> {
    const { task, executor } = this;
    const job = { task, until: 0, immigrants: NOBODY, settlers: NOBODY };
    return Promise.all(islands.map((state) => executor.evolve({ ...job, state })));
  }

  private early(now: readonly Promise<IslandState>[], index: number, epoch: number): Promise<IslandState | undefined> {
    const { plan } = this;
    const evolved = Promise.all([now[index], now[before(index, now.length)]]).then(([state, neighbour]) => {
      // Settlers are known only when their epoch comes.
      if (state === undefined || epoch === plan.strategy.settling || !this.mayGoAhead()) return undefined;
      if (state.exhausted || state.evaluations >= plan.quota) return undefined;
      return this.evolve(state, neighbour, epoch, NOBODY);
    });
    // Where it fails, it does so for whoever waits for it, and perhaps nobody will.
    evolved.catch(() => undefined);
    return evolved;
  }

  private evolve(
    state: IslandState,
    neighbour: IslandState | undefined,
    epoch: number,
    settlers: Int32Array,
  ): Promise<IslandState> {
    const { task, plan } = this;
    const until = Math.min(plan.quota, (epoch + 1) * plan.epoch);
    const width = 4 * task.start.groups.length;
    const immigrants = epoch > 0 && neighbour !== state ? neighbour?.members.slice(0, width) : undefined;
    return this.executor.evolve({ task, state, until, immigrants: immigrants ?? NOBODY, settlers });
  }
}

const before = (index: number, islands: number): number => (index + islands - 1) % islands;

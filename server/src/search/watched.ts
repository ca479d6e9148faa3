import type { CostName } from '../cost/budget.ts';
import { logOf } from '../entropy/objectives/definition.ts';
import { objectiveOf } from '../entropy/objectives/registry.ts';
import { type NamedProfile, profilesBehind, registerNamedProfiles } from '../latency/latency-cost.ts';
import type { SearchTask } from './task.ts';

/** The costs that a search has to follow: limited, minimised or on the front. */
export function watchedCosts({ goal, budget, pareto }: Pick<SearchTask, 'goal' | 'budget' | 'pareto'>): CostName[] {
  const minimised = goal.kind === 'minimise' ? [goal.cost] : [];
  return [...new Set([...budget.limits.map(({ cost }) => cost), ...minimised, ...(pareto ?? [])])];
}

/** The same with what the score itself is made of. */
export function countedCosts(task: Pick<SearchTask, 'goal' | 'budget' | 'pareto' | 'objective'>): CostName[] {
  const scored = logOf(objectiveOf(task));
  return [...new Set([...watchedCosts(task), ...(scored === undefined ? [] : [scored.cost])])];
}

/** A task with the profiles behind its costs, so that whoever does its work needs no file. One without has no such field. */
export function withProfiles(task: SearchTask): SearchTask {
  const { profiles: _, ...others } = known(task);
  const profiles: readonly NamedProfile[] = profilesBehind(watchedCosts(task));
  return profiles.length === 0 ? others : { ...others, profiles };
}

/** Makes the profiles that a task carries known here. */
export function known(task: SearchTask): SearchTask {
  registerNamedProfiles(task.profiles);
  return task;
}

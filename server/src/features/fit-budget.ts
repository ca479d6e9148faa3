import type { BackboneAnalysis } from '../analysis/analyse.ts';
import type { Outlook } from '../analysis/what-if.ts';
import type { Backbone, Group } from '../backbone/backbone.ts';
import type { Budget } from '../cost/budget.ts';
import type { Downstream } from '../cost/downstream.ts';
import { withDownstream } from '../cost/with-downstream.ts';
import type { Scoring } from '../entropy/objectives/definition.ts';
import type { GroupLimits } from '../space/limits.ts';
import { applyMove, type Move } from '../space/moves.ts';
import type { Space } from '../space/space.ts';
import { applyTied } from '../space/ties.ts';
import { MOST_GROUPS, Trials } from './move-effect.ts';
import { allMoves } from './sensitivity.ts';
import { type Candidate, excess, type Offer, Stepper } from './stepper.ts';

/** Moves that make a group cheaper, gentle ones first. */
const SHRINKING: readonly Move[] = [
  { kind: 'btn', factor: 0.8 },
  { kind: 'out', factor: 0.8 },
  { kind: 'ratio', ratio: 4 },
  { kind: 'ratio', ratio: 3 },
  { kind: 'ratio', ratio: 2 },
  { kind: 'depth', by: -1 },
  { kind: 'kernel', kernel: 3 },
];

/** A design that holds a budget. */
export interface FittedDesign extends Outlook {
  readonly backbone: Backbone;
}

/**
 * Brings a backbone within a budget by the moves of the space at the least loss of score: by many steps, each the one
 * that loses least score for the excess that it takes away, or by the best single move, whichever keeps more. What was
 * cut too far is then given back by steps of the grid. Undefined when no sequence of moves gets there, or when there are too many
 * to look through.
 *
 * @param downstream what stands behind the backbone, whose costs the budget then counts too
 */
export function fitBudget(
  before: BackboneAnalysis,
  budget: Budget,
  scoring: Scoring,
  space?: Space,
  downstream?: Downstream,
): FittedDesign | undefined {
  if (before.backbone.groups.length > MOST_GROUPS) return undefined;
  if (excess(withDownstream(before.network, before.costs, downstream), budget) === 0) return undefined;
  const trials = new Trials(before, scoring, space, downstream);
  const start: Candidate = { groups: before.backbone.groups, costs: trials.costs, score: trials.score };
  const reached = [bestSingle(trials, start, budget), shrink(trials, start, budget)];
  const fitted = reached.flatMap((cut) => (cut === undefined ? [] : regrow(trials, start.groups, cut, budget)));
  const [best] = fitted.sort((a, b) => b.score - a.score);
  if (best === undefined) return undefined;
  const { groups, costs, score } = best;
  return { backbone: { ...before.backbone, groups }, costs, score };
}

function bestSingle(trials: Trials, start: Candidate, budget: Budget): Candidate | undefined {
  let best: Candidate | undefined;
  for (const [index, g] of start.groups.entries()) {
    for (const candidate of after(trials, start, index, allMoves(g, trials.limits(index)))) {
      if (excess(candidate.costs, budget) === 0 && (best === undefined || candidate.score > best.score))
        best = candidate;
    }
  }
  return best;
}

/** The designs that some moves of a group lead to. */
function* after(trials: Trials, from: Candidate, index: number, moves: readonly Move[]): Generator<Candidate> {
  for (const move of moves) {
    const groups = applyTied(from.groups, trials.ties, index, move, trials.limits(index));
    const outlook = groups === undefined ? undefined : trials.try(groups);
    if (groups !== undefined && outlook !== undefined) yield { groups, ...outlook };
  }
}

/** Each time the step that loses least score for the excess that it takes away. */
function shrink(trials: Trials, start: Candidate, budget: Budget): Candidate | undefined {
  const smaller: Offer = (g, index) =>
    SHRINKING.flatMap((move) => applyMove([g], 0, move, trials.limits(index)) ?? []).filter((to) => !grows(g, to));
  const stepper = new Stepper(trials, start, budget, smaller);
  // Each step removes a fifth of a width or a block, so that the number of steps is bounded by the design's size.
  for (let left = excess(start.costs, budget); left > 0; left = excess(stepper.current.costs, budget)) {
    const before = left;
    const taken = stepper.take((scoreGain, rest) =>
      rest < before ? scoreGain / (before - rest) : Number.NEGATIVE_INFINITY,
    );
    if (!taken) return undefined;
  }
  return stepper.current;
}

const grows = (from: Group, to: Group): boolean => to.btn > from.btn || to.out > from.out || to.kernel > from.kernel;

/** Gives back by steps of the grid what the budget still allows, where it is worth most. */
function regrow(trials: Trials, wanted: readonly Group[], cut: Candidate, budget: Budget): Candidate {
  const stepper = new Stepper(trials, cut, budget, (g, index) => wider(wanted[index] ?? g, g, trials.limits(index)));
  while (stepper.take((scoreGain, rest) => (rest === 0 && scoreGain > 0 ? scoreGain : Number.NEGATIVE_INFINITY)));
  return stepper.current;
}

/** The groups one step of the grid closer to the wanted widths. */
function* wider(goal: Group, g: Group, limits: GroupLimits): Generator<Group> {
  for (const field of ['btn', 'out'] as const) {
    const width = Math.min(goal[field], g[field] + limits[field].step);
    if (width > g[field]) yield { ...g, [field]: width };
  }
}

import * as l10n from '@vscode/l10n';
import { scoreAmount, si } from '../../../common/numbers.ts';
import type { CostNumbers } from '../../../server/src/server/protocol.ts';
import { costText } from '../webviews/cost-text.ts';
import type { AxisModel } from './charts.ts';
import type { Run } from './state.ts';

export interface Reached {
  readonly score: number;
  readonly costs: CostNumbers;
}

/** What a run makes as good as it can, its score or the cost that it minimises while the score holds, and its words. */
export interface Aim {
  /** The cost; undefined for the score. */
  readonly cost: string | undefined;
  readonly axis: AxisModel;
  readonly title: string;
  /** Of several runs. */
  readonly compared: string;
  /** Undefined of a design below the score to hold: what it costs is no answer. */
  readonly of: (design: Reached) => number | undefined;
  readonly text: (value: number) => string;
  /** What was at the start, what is now, and after how many evaluations. */
  readonly summary: (from: string, to: string, evaluations: string) => string;
  readonly bounded: (bound: string) => string;
  /** How far the bound is, from its gap: of a cost as a share of the bound, as it is said elsewhere. */
  readonly distance: (gap: number) => number;
}

/** A score of a run: in nats, or by an objective without a unit. */
export const scoreOf = ({ about: { scoreUnit } }: Run, value: number): string => scoreAmount(value, scoreUnit);

export const scoreAxis = ({ about: { scoreUnit } }: Run): AxisModel => ({
  label: scoreUnit === '' ? l10n.t('score') : l10n.t('score, nats'),
  format: (value) => String(Number(value.toFixed(2))),
});

const scoreAim = (run: Run): Aim => ({
  cost: undefined,
  axis: scoreAxis(run),
  title: l10n.t('Score against evaluations'),
  compared: l10n.t('Scores compared'),
  of: ({ score }) => score,
  text: (value) => scoreOf(run, value),
  summary: (from, to, evaluations) =>
    l10n.t('Score {0} at the start, {1} after {2} evaluations.', from, to, evaluations),
  bounded: (bound) => l10n.t('No design scores more than {0}.', bound),
  distance: (gap) => gap,
});

export function aimOf(run: Run): Aim {
  const { goal, units } = run.about;
  if (goal === undefined) return scoreAim(run);
  const { cost, score: held } = goal;
  return {
    cost,
    axis: { label: cost, format: (value) => si(value, 3) },
    title: l10n.t('{0} against evaluations', cost),
    compared: l10n.t('{0} compared', cost),
    of: ({ score, costs }) => (score >= held ? costs[cost] : undefined),
    text: (value) => costText(units, cost, value),
    summary: (from, to, evaluations) => l10n.t('{0} at the start, {1} after {2} evaluations.', from, to, evaluations),
    bounded: (bound) => l10n.t('No design that holds the score has less than {0}.', bound),
    distance: (gap) => gap / (1 - gap),
  };
}

/** What several runs have in common: the cost that all minimise, or else their scores. */
export function commonAim([first, ...others]: readonly [Run, ...Run[]]): Aim {
  const aim = aimOf(first);
  return others.every((other) => aimOf(other).cost === aim.cost) ? aim : scoreAim(first);
}

/** «120.0», «12.1 M params at 120.0»: where a run is. */
export function reachedText(run: Run): string {
  const { now, about } = run;
  const { goal, units } = about;
  const score = scoreOf(run, now.score);
  if (goal === undefined) return score;
  return l10n.t('{0} at {1}', costText(units, goal.cost, now.best.costs[goal.cost] ?? 0), score);
}

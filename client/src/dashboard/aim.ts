import * as l10n from '@vscode/l10n';
import { nats, si } from '../../../common/numbers.ts';
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

export const scoreAxis = (): AxisModel => ({
  label: l10n.t('score, nats'),
  format: (value) => String(Number(value.toFixed(2))),
});

const scoreAim = (): Aim => ({
  cost: undefined,
  axis: scoreAxis(),
  title: l10n.t('Score against evaluations'),
  compared: l10n.t('Scores compared'),
  of: ({ score }) => score,
  text: nats,
  summary: (from, to, evaluations) =>
    l10n.t('Score {0} at the start, {1} after {2} evaluations.', from, to, evaluations),
  bounded: (bound) => l10n.t('No design scores more than {0}.', bound),
  distance: (gap) => gap,
});

export function aimOf({ about: { goal } }: Run): Aim {
  if (goal === undefined) return scoreAim();
  const { cost, score: held } = goal;
  return {
    cost,
    axis: { label: cost, format: (value) => si(value, 3) },
    title: l10n.t('{0} against evaluations', cost),
    compared: l10n.t('{0} compared', cost),
    of: ({ score, costs }) => (score >= held ? costs[cost] : undefined),
    text: (value) => costText(cost, value),
    summary: (from, to, evaluations) => l10n.t('{0} at the start, {1} after {2} evaluations.', from, to, evaluations),
    bounded: (bound) => l10n.t('No design that holds the score has less than {0}.', bound),
    distance: (gap) => gap / (1 - gap),
  };
}

/** What several runs have in common: the cost that all minimise, or else their scores. */
export function commonAim(runs: readonly Run[]): Aim {
  const [first, ...others] = runs.map(aimOf);
  return first !== undefined && others.every((aim) => aim.cost === first.cost) ? first : scoreAim();
}

/** «120.0», «12.1 M params at 120.0»: where a run is. */
export function reachedText({ now, about: { goal } }: Run): string {
  const score = nats(now.score);
  if (goal === undefined) return score;
  return l10n.t('{0} at {1}', costText(goal.cost, now.best.costs[goal.cost] ?? 0), score);
}

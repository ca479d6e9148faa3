import * as l10n from '@vscode/l10n';
import { si } from '../../../common/numbers.ts';
import { costText } from '../webviews/cost-text.ts';
import { scoreAxis, scoreOf } from './aim.ts';
import type { ChartModel } from './charts.ts';
import type { Run } from './state.ts';

/** The cost whose limit a curve of the best score is over, and its ends: undefined where a run has none. */
export function frontierOf({
  about: { goal, limits, settings, units },
}: Run): { cost: string; from: number; to: number } | undefined {
  // What is counted in fractions is a ratio, and no budget to spend.
  const counted = limits.filter(({ cost }) => units[cost] !== 'number');
  const limit = counted.find(({ cost }) => cost !== 'layers') ?? counted[0];
  if (limit === undefined || goal !== undefined || settings['objective'] === 'zen-measured') return undefined;
  const { cost, amount } = limit;
  // The budget is inside the curve: what less would cost, and what more would buy.
  return { cost, from: Math.max(1, Math.round(amount / 8)), to: Math.round(amount * 2) };
}

/** The best score over the limit of one cost and its bound, with the knee and the budget of the run. */
export function frontierChart(run: Run, { cost, points, knee }: NonNullable<Run['frontier']>): ChartModel {
  const { about } = run;
  const text = (value: number): string => costText(about.units, cost, value);
  const known = points.filter((p) => p.score !== undefined);
  const [first, last] = [known[0], known.at(-1)];
  const bend = knee === undefined ? undefined : points[knee];
  const amount = about.limits.find((limit) => limit.cost === cost)?.amount;
  const reached = (score: number | undefined): string => (score === undefined ? '' : scoreOf(run, score));
  const summary = [
    first === undefined || last === undefined
      ? undefined
      : l10n.t(
          'Score {0} within {1}, {2} within {3}.',
          reached(first.score),
          text(first.limit),
          reached(last.score),
          text(last.limit),
        ),
    bend === undefined
      ? undefined
      : l10n.t('From {0} on more gains less than half of what it does on average.', text(bend.limit)),
  ];
  return {
    title: l10n.t('Best score over the limit on {0}', cost),
    summary: summary.filter((sentence) => sentence !== undefined).join(' '),
    x: { label: l10n.t('limit on {0}', cost), format: (value) => si(value, 3) },
    y: scoreAxis(run),
    xs: points.map(({ limit }) => limit),
    series: [
      { label: l10n.t('best'), colour: 'blue', shape: 'line', values: points.map((p) => p.score ?? null) },
      { label: l10n.t('bound'), colour: 'yellow', shape: 'dashed', values: points.map((p) => p.bound ?? null) },
      {
        label: l10n.t('knee'),
        colour: 'foreground',
        shape: 'rings',
        values: points.map((p, index) => (index === knee ? (p.score ?? null) : null)),
      },
    ],
    verticals: amount === undefined ? [] : [{ at: amount, label: l10n.t('budget {0}', about.budget) }],
    table: {
      head: [l10n.t('Limit'), l10n.t('Score'), l10n.t('Bound'), ''],
      rows: points.map(({ limit, score, bound, proven }, index) => [
        text(limit),
        reached(score),
        reached(bound),
        [proven ? l10n.t('proven best') : '', index === knee ? l10n.t('knee') : '']
          .filter((word) => word !== '')
          .join(', '),
      ]),
    },
  };
}

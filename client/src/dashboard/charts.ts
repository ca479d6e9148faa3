import * as l10n from '@vscode/l10n';
import { si } from '../../../common/numbers.ts';
import { costText } from '../webviews/cost-text.ts';
import { type Aim, aimOf, commonAim, type Reached, reachedText, scoreAxis, scoreOf } from './aim.ts';
import { type Point, type Run, thinned } from './state.ts';

/** What a chart shows, as data: one column of x, a column for each series, and the same as a table. */
export interface ChartModel {
  readonly title: string;
  /** One sentence that says what a glance at the chart says. */
  readonly summary: string;
  readonly x: AxisModel;
  readonly y: AxisModel;
  readonly xs: readonly number[];
  readonly series: readonly SeriesModel[];
  /** The area between two series, by their numbers. */
  readonly band?: readonly [number, number];
  /** Limits on the x axis. */
  readonly verticals: readonly { readonly at: number; readonly label: string }[];
  readonly table: TableModel;
}

export interface AxisModel {
  readonly label: string;
  readonly format: (value: number) => string;
  /** Where the axis begins and ends, when that is not at the least and the largest value. */
  readonly from?: number;
  readonly to?: number;
}

export interface SeriesModel {
  readonly label: string;
  /** A theme colour: the name of `--vscode-charts-…`. Shapes differ too, so that no one depends on colour. */
  readonly colour: 'blue' | 'green' | 'yellow' | 'red' | 'purple' | 'foreground';
  readonly shape: 'line' | 'dashed' | 'dotted' | 'edge' | 'points' | 'rings';
  readonly values: readonly (number | null)[];
}

export interface TableModel {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Rows of a table twin; more are not read. */
const ROWS = 40;

const evaluationsAxis = (): AxisModel => ({ label: l10n.t('evaluations'), format: (value) => si(value, 3) });

/** What is optimised (the score, or a cost that is minimised), its bound and the spread of the population, against evaluations. */
export function progressChart(run: Run): ChartModel {
  const aim = aimOf(run);
  const { points, now } = run;
  const column = (of: (point: Point) => number | undefined): (number | null)[] => points.map((p) => of(p) ?? null);
  const bounded = points.some((p) => p.bound !== undefined);
  const bound = (p: Point): number | undefined => p.bound ?? (bounded ? now.bound : undefined);
  const text = (value: number | undefined): string => (value === undefined ? '' : aim.text(value));
  const reached = (design: Reached): string => text(aim.of(design)) || l10n.t('below the score to hold');
  const latest = { score: now.score, costs: now.best.costs };
  return {
    title: aim.title,
    summary: sentences(
      aim.summary(reached(points[0] ?? latest), reached(latest), si(now.evaluations)),
      now.bound === undefined ? undefined : aim.bounded(aim.text(now.bound)),
    ),
    x: evaluationsAxis(),
    y: { ...aim.axis, ...rangeOf(run, aim) },
    xs: points.map((p) => p.evaluations),
    series: [
      { label: l10n.t('best'), colour: 'blue', shape: 'line', values: column(aim.of) },
      { label: l10n.t('bound'), colour: 'yellow', shape: 'dashed', values: column(bound) },
      { label: l10n.t('median of the population'), colour: 'green', shape: 'dotted', values: column((p) => p.median) },
      { label: l10n.t('worst of the population'), colour: 'green', shape: 'edge', values: column((p) => p.worst) },
    ],
    band: [0, 3],
    verticals: [],
    table: {
      head: [l10n.t('Evaluations'), l10n.t('Best'), l10n.t('Bound'), l10n.t('Median'), l10n.t('Worst')],
      rows: thinned(points, ROWS).map((p) => [
        si(p.evaluations, 4),
        text(aim.of(p)),
        text(bound(p)),
        text(p.median),
        text(p.worst),
      ]),
    },
  };
}

/** What a glance says, as whole sentences: other languages order them as they must. */
const sentences = (...all: readonly (string | undefined)[]): string => all.filter((s) => s !== undefined).join(' ');

/** Points from which on a search has left its start behind: the jump that it begins with would flatten the rest. */
const SETTLED = 8;

/** The axis begins where the population is once the first jump is over; the table has the whole way. */
function rangeOf({ points }: Run, aim: Aim): Pick<AxisModel, 'from' | 'to'> {
  if (points.length < SETTLED) return {};
  const worst = points.slice(2).flatMap((p) => p.worst ?? aim.of(p) ?? []);
  if (worst.length === 0) return {};
  return aim.cost === undefined ? { from: Math.min(...worst) } : { to: Math.max(...worst) };
}

interface Dot {
  readonly x: number;
  readonly y: number;
  readonly series: number;
}

/** A cost that is worth a chart: one of the budget with its limit, or the one that is minimised. */
export interface ShownCost {
  readonly cost: string;
  readonly amount?: number;
}

/** The costs of a run's charts: the minimised one first, then those of the budget. */
export function shownCosts({ about: { goal, limits } }: Run): readonly ShownCost[] {
  const free = goal !== undefined && !limits.some((l) => l.cost === goal.cost);
  return free ? [{ cost: goal.cost }, ...limits] : limits;
}

/** Score against one cost: the way of the best design, the front where there is one, the budget and the least possible. */
export function costChart(run: Run, { cost, amount }: ShownCost): ChartModel {
  const { about, now, front } = run;
  const least = about.goal?.cost === cost ? now.bound : undefined;
  const at = (costs: Readonly<Record<string, number>>): number => costs[cost] ?? 0;
  const improved = run.points.filter((p, i) => {
    const before = run.points[i - 1];
    return before === undefined || p.score !== before.score || at(p.costs) !== at(before.costs);
  });
  const dots: Dot[] = [
    ...improved.map((p) => ({ x: at(p.costs), y: p.score, series: 0 })),
    ...front.map((d) => ({ x: at(d.costs), y: d.score, series: 1 })),
    { x: at(now.best.costs), y: now.score, series: 2 },
  ].toSorted((a, b) => a.x - b.x || a.series - b.series);
  const column = (series: number): (number | null)[] => dots.map((d) => (d.series === series ? d.y : null));
  const text = (value: number): string => costText(about.units, cost, value);
  const row = (what: string, score: number, value: number): string[] => [what, scoreOf(run, score), text(value)];
  const from = text(at(about.start.costs));
  const to = text(at(now.best.costs));
  const limits = [
    ...(amount === undefined
      ? []
      : [{ at: amount, label: l10n.t('budget {0}', about.budget), what: l10n.t('budget') }]),
    ...(least === undefined ? [] : [l10n.t('the least possible')].map((label) => ({ at: least, label, what: label }))),
  ];
  return {
    title: l10n.t('Score against {0}', cost),
    summary: sentences(
      amount === undefined
        ? l10n.t('From {0} to {1}.', from, to)
        : l10n.t('From {0} to {1}, at most {2}.', from, to, text(amount)),
      least === undefined ? undefined : aimOf(run).bounded(text(least)),
      front.length === 0 ? undefined : l10n.t('Designs on the front: {0}.', front.length),
    ),
    x: { label: cost, format: (value) => si(value, 3) },
    y: scoreAxis(run),
    xs: dots.map((d) => d.x),
    series: [
      { label: l10n.t('best so far, over time'), colour: 'blue', shape: 'points', values: column(0) },
      ...(front.length > 0
        ? [{ label: l10n.t('Pareto front'), colour: 'purple', shape: 'points', values: column(1) } as const]
        : []),
      { label: l10n.t('best'), colour: 'foreground', shape: 'rings', values: column(2) },
    ],
    verticals: limits.map(({ at, label }) => ({ at, label })),
    table: {
      head: [l10n.t('Design'), l10n.t('Score'), l10n.t('Cost ({0})', cost)],
      rows: [
        ...thinned(improved, ROWS).map((p) =>
          row(l10n.t('after {0} evaluations', si(p.evaluations)), p.score, at(p.costs)),
        ),
        ...front.map((d, i) => row(l10n.t('front {0}', i + 1), d.score, at(d.costs))),
        ...limits.map((limit) => [limit.what, '', text(limit.at)]),
      ],
    },
  };
}

const SHAPES = ['line', 'dashed', 'dotted'] as const;
const COLOURS = ['blue', 'yellow', 'green', 'purple', 'red', 'foreground'] as const;

/** Several runs over each other: their scores, or the cost that all of them minimise. */
export function comparisonChart(runs: readonly [Run, ...Run[]], label: (run: Run) => string): ChartModel {
  const aim = commonAim(runs);
  const dots = runs
    .flatMap((run, series) =>
      run.points.flatMap((p): Dot[] => {
        const y = aim.of(p);
        return y === undefined ? [] : [{ x: p.evaluations, y, series }];
      }),
    )
    .toSorted((a, b) => a.x - b.x || a.series - b.series);
  return {
    title: aim.compared,
    summary: runs
      .map((run) => l10n.t('{0}: {1} after {2} evaluations.', label(run), reachedText(run), si(run.now.evaluations)))
      .join(' '),
    x: evaluationsAxis(),
    y: aim.axis,
    xs: dots.map((d) => d.x),
    series: runs.map((run, series) => ({
      label: label(run),
      colour: COLOURS[series % COLOURS.length] ?? 'blue',
      shape: SHAPES[series % SHAPES.length] ?? 'line',
      values: dots.map((d) => (d.series === series ? d.y : null)),
    })),
    verticals: [],
    table: runTable(runs, label),
  };
}

/** Settings and results of runs side by side: one row for what they have in common, one column for each run. */
export function runTable(runs: readonly Run[], label: (run: Run) => string): TableModel {
  const settings = [...new Set(runs.flatMap((r) => Object.keys(r.about.settings)))];
  const costs = [...new Set(runs.flatMap((r) => shownCosts(r).map((c) => c.cost)))];
  const row = (name: string, of: (run: Run) => string): string[] => [name, ...runs.map(of)];
  return {
    head: ['', ...runs.map(label)],
    rows: [
      row(l10n.t('Score'), (r) => scoreOf(r, r.now.score)),
      row(l10n.t('Bound'), (r) => (r.now.bound === undefined ? '' : aimOf(r).text(r.now.bound))),
      ...costs.map((cost) =>
        row(l10n.t('Cost ({0})', cost), (r) => costText(r.about.units, cost, r.now.best.costs[cost] ?? 0)),
      ),
      row(l10n.t('Budget'), (r) => r.about.budget),
      row(l10n.t('Evaluations done'), (r) => si(r.now.evaluations)),
      row(l10n.t('Seconds'), (r) => r.now.seconds.toFixed(2)),
      ...settings.map((name) => row(name, (r) => String(r.about.settings[name] ?? ''))),
    ],
  };
}

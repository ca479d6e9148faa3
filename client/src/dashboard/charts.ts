import * as l10n from '@vscode/l10n';
import { costText, nats, si } from '../webviews/format.ts';
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
  /** Where the axis begins, when that is not the least value. */
  readonly from?: number;
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
const scoreAxis = (): AxisModel => ({
  label: l10n.t('score, nats'),
  format: (value) => String(Number(value.toFixed(2))),
});

/** Score, bound and the spread of the population against evaluations. */
export function scoreChart(run: Run): ChartModel {
  const { points, now } = run;
  const column = (of: (point: Point) => number | undefined): (number | null)[] => points.map((p) => of(p) ?? null);
  const bounded = points.some((p) => p.bound !== undefined);
  const bound = (p: Point): number | undefined => p.bound ?? (bounded ? now.bound : undefined);
  const text = (value: number | undefined): string => (value === undefined ? '' : nats(value));
  return {
    title: l10n.t('Score against evaluations'),
    summary: sentences(
      l10n.t(
        'Score {0} at the start, {1} after {2} evaluations.',
        nats(points[0]?.score ?? now.score),
        nats(now.score),
        si(now.evaluations),
      ),
      now.bound === undefined ? undefined : l10n.t('No design scores more than {0}.', nats(now.bound)),
    ),
    x: evaluationsAxis(),
    y: { ...scoreAxis(), ...fromOf(points) },
    xs: points.map((p) => p.evaluations),
    series: [
      { label: l10n.t('best'), colour: 'blue', shape: 'line', values: column((p) => p.score) },
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
        nats(p.score),
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
function fromOf(points: readonly Point[]): { from?: number } {
  if (points.length < SETTLED) return {};
  return { from: Math.min(...points.slice(2).map((p) => p.worst ?? p.score)) };
}

interface Dot {
  readonly x: number;
  readonly y: number;
  readonly series: number;
}

/** Score against one cost: the way of the best design, the front where there is one, and the budget. */
export function costChart(run: Run, { cost, amount }: { readonly cost: string; readonly amount: number }): ChartModel {
  const { about, now, front } = run;
  const at = (costs: Readonly<Record<string, number>>): number => costs[cost] ?? 0;
  const improved = run.points.filter((p, i) => i === 0 || p.score !== run.points[i - 1]?.score);
  const dots: Dot[] = [
    ...improved.map((p) => ({ x: at(p.costs), y: p.score, series: 0 })),
    ...front.map((d) => ({ x: at(d.costs), y: d.score, series: 1 })),
    { x: at(now.best.costs), y: now.score, series: 2 },
  ].toSorted((a, b) => a.x - b.x || a.series - b.series);
  const column = (series: number): (number | null)[] => dots.map((d) => (d.series === series ? d.y : null));
  const row = (what: string, score: number, value: number): string[] => [what, nats(score), costText(cost, value)];
  return {
    title: l10n.t('Score against {0}', cost),
    summary: sentences(
      l10n.t(
        'From {0} to {1}, at most {2}.',
        costText(cost, at(about.start.costs)),
        costText(cost, at(now.best.costs)),
        costText(cost, amount),
      ),
      front.length === 0 ? undefined : l10n.t('Designs on the front: {0}.', front.length),
    ),
    x: { label: cost, format: (value) => si(value, 3) },
    y: scoreAxis(),
    xs: dots.map((d) => d.x),
    series: [
      { label: l10n.t('best so far, over time'), colour: 'blue', shape: 'points', values: column(0) },
      ...(front.length > 0
        ? [{ label: l10n.t('Pareto front'), colour: 'purple', shape: 'points', values: column(1) } as const]
        : []),
      { label: l10n.t('best'), colour: 'foreground', shape: 'rings', values: column(2) },
    ],
    verticals: [{ at: amount, label: l10n.t('budget {0}', about.budget) }],
    table: {
      head: [l10n.t('Design'), l10n.t('Score'), l10n.t('Cost ({0})', cost)],
      rows: [
        ...thinned(improved, ROWS).map((p) =>
          row(l10n.t('after {0} evaluations', si(p.evaluations)), p.score, at(p.costs)),
        ),
        ...front.map((d, i) => row(l10n.t('front {0}', i + 1), d.score, at(d.costs))),
        [l10n.t('budget'), '', costText(cost, amount)],
      ],
    },
  };
}

const SHAPES = ['line', 'dashed', 'dotted'] as const;
const COLOURS = ['blue', 'yellow', 'green', 'purple', 'red', 'foreground'] as const;

/** The scores of several runs over each other. */
export function comparisonChart(runs: readonly Run[], label: (run: Run) => string): ChartModel {
  const dots = runs
    .flatMap((run, series) => run.points.map((p): Dot => ({ x: p.evaluations, y: p.score, series })))
    .toSorted((a, b) => a.x - b.x || a.series - b.series);
  return {
    title: l10n.t('Scores compared'),
    summary: runs
      .map((run) => l10n.t('{0}: {1} after {2} evaluations.', label(run), nats(run.now.score), si(run.now.evaluations)))
      .join(' '),
    x: evaluationsAxis(),
    y: scoreAxis(),
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
  const costs = [...new Set(runs.flatMap((r) => r.about.limits.map((l) => l.cost)))];
  const row = (name: string, of: (run: Run) => string): string[] => [name, ...runs.map(of)];
  return {
    head: ['', ...runs.map(label)],
    rows: [
      row(l10n.t('Score'), (r) => nats(r.now.score)),
      row(l10n.t('Bound'), (r) => (r.now.bound === undefined ? '' : nats(r.now.bound))),
      ...costs.map((cost) => row(l10n.t('Cost ({0})', cost), (r) => costText(cost, r.now.best.costs[cost] ?? 0))),
      row(l10n.t('Budget'), (r) => r.about.budget),
      row(l10n.t('Evaluations done'), (r) => si(r.now.evaluations)),
      row(l10n.t('Seconds'), (r) => r.now.seconds.toFixed(2)),
      ...settings.map((name) => row(name, (r) => String(r.about.settings[name] ?? ''))),
    ],
  };
}

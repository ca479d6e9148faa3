import { percent } from '../../../common/numbers.ts';
import type { CostName } from '../cost/budget.ts';
import { amountText } from '../features/cost-text.ts';
import type { SearchTask } from '../search/task.ts';
import { watchedCosts } from '../search/watched.ts';
import { type Found, frontOf, type SweepOutcome } from '../sweep/outcome.ts';
import { type Point, pointText } from '../sweep/plan.ts';
import { type Column, table } from './table.ts';

/** A sweep that is over, or as far as it came. */
export interface Swept {
  readonly points: readonly Point[];
  /** In the order of the plan; those that are not done are not there. */
  readonly outcomes: readonly SweepOutcome[];
  /** Against which the front is drawn. */
  readonly costs: readonly CostName[];
  /** What no other of the sweep beats; of each objective and estimator by itself, because their scores are not compared. */
  readonly front: readonly Found[];
}

/** A sweep with its front against the costs that its searches are held to or make small, in the order in which they come. */
export function swept(points: Swept['points'], outcomes: Swept['outcomes'], tasks: readonly SearchTask[]): Swept {
  const costs = [...new Set(tasks.flatMap(watchedCosts))];
  return { points, outcomes, costs, front: frontsOf(points, outcomes, costs) };
}

/** The one line of `mae sweep --json`: a contract that other programs rely on. */
export function sweepJson({ points, outcomes, costs, front }: Swept) {
  const done = new Map(outcomes.map((outcome) => [outcome.index, outcome]));
  return {
    type: 'sweep',
    searches: points.length,
    complete: outcomes.length === points.length,
    costs,
    front: front.map(({ index }) => index),
    runs: points.flatMap((point, index) => {
      const outcome = done.get(index);
      if (outcome === undefined) return [];
      return [{ over: Object.fromEntries(point.map(({ name, text }) => [name, text])), ...outcome }];
    }),
  };
}

function frontsOf(points: Swept['points'], outcomes: Swept['outcomes'], costs: Swept['costs']): readonly Found[] {
  const kindOf = ({ index }: SweepOutcome): string =>
    (points[index] ?? []).flatMap(({ name, text }) => (KINDS.includes(name) ? [`${name}=${text}`] : [])).join(' ');
  const kinds = [...new Set(outcomes.map(kindOf))];
  return kinds.flatMap((kind) =>
    frontOf(
      outcomes.filter((outcome) => kindOf(outcome) === kind),
      costs,
    ),
  );
}

const KINDS: readonly string[] = ['objective', 'estimator'];

/** One row for everything that is varied but the seed: the best of its seeds, and how far they are apart. */
export function sweepLines({ points, outcomes, costs, front }: Swept): string[] {
  const onFront = new Set(front.map(({ index }) => index));
  const names = [...new Set(points.flatMap((point) => point.map(({ name }) => name)))];
  const shown = names.filter((name) => name !== 'seed' && valuesOf(points, name).size > 1);
  const groups = Map.groupBy(outcomes, ({ index }) =>
    pointText((points[index] ?? []).filter(({ name }) => name !== 'seed')),
  );
  const rows = [...groups.values()].map((group) => {
    const point = points[group[0]?.index ?? 0] ?? [];
    const values = shown.map((name) => point.find((change) => change.name === name)?.text ?? '');
    const found = group.flatMap((outcome) => (outcome.kind === 'found' ? [outcome] : []));
    const [best] = found.toSorted((a, b) => b.score - a.score || a.index - b.index);
    if (best === undefined) {
      const [first] = group;
      return [...values, '', '', '', ...costs.map(() => ''), first?.kind === 'none' ? first.message : ''];
    }
    const least = Math.min(...found.map(({ score }) => score));
    const marks = found.filter(({ index }) => onFront.has(index)).map(({ index }) => index + 1);
    return [
      ...values,
      best.score.toFixed(1),
      found.length > 1 ? least.toFixed(1) : '',
      best.proven ? 'proven' : best.gap === null ? '' : percent(Math.max(0, best.gap)),
      ...costs.map((cost) => amountText(cost, best.costs[cost] ?? 0)),
      marks.length === 0 ? '' : `on the front: ${marks.join(', ')}`,
    ];
  });
  const right = (title: string): Column => ({ title, align: 'right' });
  const titles = [...shown, 'best score', 'worst seed', 'missing', ...costs].map(right);
  return table([...titles, { title: '', align: 'left' }], rows).map((line) => `  ${line}`);
}

const valuesOf = (points: readonly Point[], name: string): Set<string> =>
  new Set(points.flatMap((point) => point.flatMap((change) => (change.name === name ? [change.text] : []))));

/** The front as a file: a backbone each, with the point of the sweep that it was found at. */
export function frontFile({ points, outcomes, costs: names, front }: Swept): string {
  const designs = front.map(({ index, score, costs, backbone }) => {
    const amounts = names.map((cost) => `${cost} ${amountText(cost, costs[cost] ?? 0)}`);
    return `// ${pointText(points[index] ?? [])}: score ${score.toFixed(1)} at ${amounts.join(', ')}\n${backbone.trimEnd()}\n`;
  });
  const title = `// The front of score against ${names.join(' and ')} of ${outcomes.length} searches.`;
  return `${[title, ...designs].join('\n\n').replaceAll('\n\n\n', '\n\n').trimEnd()}\n`;
}

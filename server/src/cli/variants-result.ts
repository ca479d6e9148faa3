import { percent, signed } from '../../../common/numbers.ts';
import { costsJson } from '../answers/score-json.ts';
import { amountText } from '../features/cost-text.ts';
import { gapText, scoreText, taskScoreName } from '../features/search-report.ts';
import type { ReadySearch } from '../features/search-targets.ts';
import { partsCost, partsCosts, sharedCost } from '../features/search-variants.ts';
import type { SearchTask } from '../search/task.ts';
import type { VariantPoint } from '../search/variants.ts';
import { type Column, table } from './table.ts';
import type { Varied } from './variants.ts';

/** The line of `mae search --json` before its last one: a contract that other programs rely on. */
export const variantsJson = ({ found }: Varied) => ({
  type: 'variants',
  points: found.points.map((point) => {
    const { values, best, bound, proven } = point;
    return {
      values,
      score: best?.score ?? null,
      bound: best === undefined ? null : (bound ?? null),
      proven,
      costs: best === undefined ? null : costsJson(best.costs),
      parts: best === undefined ? null : partsCosts(point),
    };
  }),
});

/** What each lighter neck and head buys, as a table, and what that says nothing of. */
export function variantsLines(ready: ReadySearch, task: SearchTask, { found, seconds }: Varied): string[] {
  const { points } = found;
  const cost = sharedCost(task);
  const written = points[0]?.best?.score;
  const rows = points.map((point, index) => {
    const { best, bound } = point;
    const parts = partsCost(point, cost);
    return [
      valuesText(point),
      parts === undefined ? '' : amountText(cost, parts),
      best === undefined ? '' : best.score.toFixed(1),
      index === 0 || best === undefined || written === undefined ? '' : signed(best.score - written),
      best === undefined || bound === undefined ? '' : bound.toFixed(1),
      [...(index === 0 ? ['as written'] : []), remarkOf(task, point)].join('; '),
    ];
  });
  const columns: readonly Column[] = [
    { title: `${ready.detector?.source.name ?? ''} with`, align: 'left' },
    { title: `${cost} of neck and heads`, align: 'right' },
    { title: `${taskScoreName(task)} ${task.estimator}`, align: 'right' },
    { title: 'gain', align: 'right' },
    { title: 'no design above', align: 'right' },
    { title: '', align: 'left' },
  ];
  const searches = points.length - 1;
  return [
    `What a lighter neck or head buys; ${searches} more ${searches === 1 ? 'search' : 'searches'} in ${seconds.toFixed(2)} s, seed ${task.seed}.`,
    ...table(columns, rows).map((line) => `  ${line}`),
    '  The score is the backbone’s alone: it says nothing of what a lighter neck or head loses.',
  ];
}

const valuesText = ({ values }: Pick<VariantPoint, 'values'>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

function remarkOf({ goal }: SearchTask, { best, bound, proven }: VariantPoint): string {
  if (best === undefined) return 'no design is within the budget';
  if (bound === undefined) return 'no bound is known';
  return gapText({ proven, gap: Math.max(0, 1 - best.score / bound) }, goal) ?? '';
}

/** «35 %: Z 1803.2 with neck.out 128, gfl.convs 3» while they are searched. */
export function variantLine(task: SearchTask, point: VariantPoint, share: number): string {
  const found = point.best === undefined ? 'no design' : `${taskScoreName(task)} ${scoreText(point.best.score)}`;
  return `${percent(share)}: ${found} with ${valuesText(point)}`;
}

import { percent } from '../../../common/numbers.ts';
import type { CostName } from '../cost/budget.ts';
import { amountText } from '../features/cost-text.ts';
import { gapText, taskScoreName } from '../features/search-report.ts';
import { printBackbone } from '../language/print.ts';
import { type Frontier, type FrontierPoint, kneeOf } from '../search/frontier.ts';
import type { SearchTask } from '../search/task.ts';
import { type Column, table } from './table.ts';

/** The last line of `mae search --frontier --json`: a contract that other programs rely on. */
export const frontierJson = (cost: CostName, { points }: Frontier) => ({
  type: 'frontier',
  cost,
  points: points.map(({ limit, best, bound, proven }) => ({
    limit,
    score: best?.score ?? null,
    bound: best === undefined ? null : (bound ?? null),
    proven,
    backbone: best === undefined ? null : printBackbone(best.backbone),
  })),
});

/** The best score over the limits of one cost as a table, with its knee. */
export function frontierLines(task: SearchTask, cost: CostName, { points }: Frontier): string[] {
  const knee = kneeOf(points);
  const rows = points.map((point, index) => {
    const { limit, best, bound } = point;
    const remarks = [remarkOf(task, point), ...(index === knee ? [KNEE] : [])];
    return [
      amountText(cost, limit),
      best === undefined ? '' : best.score.toFixed(1),
      best === undefined || bound === undefined ? '' : bound.toFixed(1),
      remarks.join('; '),
    ];
  });
  const columns: readonly Column[] = [
    { title: `${cost} up to`, align: 'right' },
    { title: `${taskScoreName(task)} ${task.estimator}`, align: 'right' },
    { title: 'no design above', align: 'right' },
    { title: '', align: 'left' },
  ];
  return table(columns, rows).map((line) => `  ${line}`);
}

const KNEE = 'the knee: from here on more gains less than half of what it does on average';

function remarkOf({ goal }: SearchTask, { best, bound, proven }: FrontierPoint): string {
  if (best === undefined) return 'no design is within it';
  if (bound === undefined) return 'no bound is known';
  return gapText({ proven, gap: Math.max(0, 1 - best.score / bound) }, goal) ?? '';
}

/** «35 %: Z 1803.2 within 5.1 G macs» while the points are searched. */
export function pointLine(task: SearchTask, cost: CostName, { limit, best }: FrontierPoint, share: number): string {
  const found = best === undefined ? 'no design' : `${taskScoreName(task)} ${best.score.toFixed(1)}`;
  return `${percent(share)}: ${found} within ${amountText(cost, limit)} ${cost}`;
}

import { percent, shapeText } from '../../../common/numbers.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import { DETECTOR_COSTS, type DetectorAnalysis, type PartAnalysis } from '../detector/analyse.ts';
import { levelName } from '../detector/builder.ts';
import { amountText, costText } from '../features/cost-text.ts';
import { DEFAULT_OPTIONS, shownCost } from '../features/options.ts';
import type { SnapshotDetector } from '../features/snapshot.ts';
import { type Column, table } from './table.ts';

/**
 * One detector as a table for people: every part with its share, the whole, and what it is held to.
 *
 * @param budgets those that are held at the size that is shown
 * @param devices the times on devices that its text shows
 */
export function detectorText(
  analysis: DetectorAnalysis,
  budgets: SnapshotDetector['budgets'],
  devices: readonly CostName[] = [],
): string {
  const { detector, costs, parts, network } = analysis;
  const { backbone, classes } = detector;
  const { channels, height, width } = backbone.input;
  const names = [...DETECTOR_COSTS, ...devices];
  const shared = shownCost({ budgets }, DEFAULT_OPTIONS);
  const row = (name: string, part: Pick<PartAnalysis, 'costs'>): string[] => [
    name,
    ...names.map((cost) => amountText(cost, costOf(part.costs, cost))),
    percent(costOf(part.costs, shared) / costOf(costs, shared)),
  ];
  const columns: readonly Column[] = [
    { title: 'part', align: 'left' },
    ...[...names, `of ${shared}`].map((title): Column => ({ title, align: 'right' })),
  ];
  const limits = budgets.flatMap(({ name, budget }) =>
    budget.limits.map(({ cost, amount }) => {
      const value = costOf(costs, cost);
      return `${costText(cost, value)} is ${percent(value / amount)} of ${name} (${amountText(cost, amount)})`;
    }),
  );
  const levels = network.levels.map(({ shape }) => `${levelName(shape)} ${shapeText(shape)}`);
  return [
    `${detector.name} on ${backbone.name}, input ${channels} × ${height} × ${width} (channels × height × width), ${classes} classes`,
    ...table(columns, [...parts.map((part) => row(part.name, part)), row('all', analysis)]).map((line) => `  ${line}`),
    ...(limits.length === 0 ? [] : [`  budget ${limits.join('; ')}`]),
    `  memory ${amountText('memory', costs.memory)} (peak, float32, batch 1)`,
    `  levels ${levels.join(', ')}`,
  ].join('\n');
}

/** What the columns of detectors mean beside those of backbones. */
export const DETECTOR_LEGEND = [
  'detectors  macs of convolutions and linear layers, a head’s at each of its levels; thop adds biases and BatchNorm, mmcv GroupNorm,',
  '           ReLUs and pools too, as mmdetection’s tables; params are all that can be trained, of which mmdetection freezes some',
].join('\n');

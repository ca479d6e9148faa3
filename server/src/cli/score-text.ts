import { nats, si } from '../../../common/numbers.ts';
import type { BackboneAnalysis, LogStd } from '../analysis/analyse.ts';
import { weighingIn } from '../analysis/score-of.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { conventions, costNamed, limitedCosts } from '../cost/registry.ts';
import { DEFAULT_SCORING } from '../entropy/objectives/registry.ts';
import { amountText, costText } from '../features/cost-text.ts';
import { weighsText } from '../features/score-text.ts';
import { type Column, fittedTable } from './table.ts';

const right = (title: string, spare?: number): Column => ({
  title,
  align: 'right',
  ...(spare === undefined ? {} : { spare }),
});
const COLUMNS: readonly Column[] = [
  { title: 'stage', align: 'left' },
  right('C × H × W'),
  right('H fan-in'),
  right('H exact', 3),
  right('log σ relu', 4),
  right('macs'),
  right('thop', 5),
  right('params', 1),
  right('layers', 2),
];

const INDENT = '  ';

/**
 * One backbone as a table for people: every stage, then the score and the costs, each with what it counts.
 *
 * @param devices the times on devices that its text shows
 * @param width in characters; what there is no room for is left out of the table, and named
 */
export function scoreText(
  analysis: BackboneAnalysis,
  devices: readonly CostName[],
  width = Number.POSITIVE_INFINITY,
): string {
  const { backbone, costs, stages, score } = analysis;
  const { channels, height, width: across } = backbone.input;
  const shape = `${channels} × ${height} × ${across}`;
  const times = (of: Costs): string[] => devices.map((name) => amountText(name, costOf(of, name)));
  const rows = stages.map(({ lowered, costs: c, entropy, logStd }) => [
    lowered.name,
    `${lowered.channels} × ${lowered.height} × ${lowered.width}`,
    nats(entropy.fanIn),
    nats(entropy.exact),
    finiteText(logStd),
    si(c.macs),
    si(c.thop),
    si(c.params),
    String(c.layers),
    ...times(c),
  ]);
  rows.push([
    'all',
    '',
    '',
    '',
    '',
    si(costs.macs),
    si(costs.thop),
    si(costs.params),
    String(costs.layers),
    ...times(costs),
  ]);
  const alpha = Object.entries(backbone.weights).map(([stage, weight]) => `${stage}: ${weight}`);
  const weighing = weighingIn(analysis, DEFAULT_SCORING);
  const missing = weighing === undefined || weighing.missing.length === 0 ? '' : `, ${weighsText(weighing)}`;
  const counted = conventions().map((name) => costText(name, costOf(costs, name)));
  const whole = [...limitedCosts(), ...devices];
  const others = whole.filter((name) => !conventions().includes(name) && name !== 'layers');
  const rest = others.map(
    (name) =>
      `${costText(name, costOf(costs, name))}${costNamed(name)?.kind === 'peak' ? ' (peak, float32, batch 1)' : ''}`,
  );
  const { lines, left } = fittedTable([...COLUMNS, ...devices.map((name) => right(name))], rows, width - INDENT.length);
  return [
    `${backbone.name}, input ${shape} (channels × height × width)`,
    ...lines.map((line) => INDENT + line),
    ...(left.length === 0 ? [] : [`${INDENT}(no room for ${left.join(', ')})`]),
    `  score  Z ${nats(score.fanIn)} fan-in, ${nats(score.exact)} exact (nats, α ${alpha.join(', ')}${missing}); DeepMAD ${nats(score.deepmad)}`,
    `  cost   ${counted.join(', ')} at ${height} × ${across}; ${rest.join('; ')}`,
  ].join('\n');
}

/** Where the theory of finite widths has no term, what is known of the mean. */
const finiteText = ({ finiteWidth, exact }: LogStd): string =>
  finiteWidth === undefined ? nats(exact.relu) : `${nats(finiteWidth.mean)} ± ${finiteWidth.sd.toFixed(2)}`;

/** What the columns mean; once for a whole file. */
export const LEGEND = [
  'H          entropy at the end of the stage in nats: fan-in as TinyNAS scores it, exact with zero padding',
  'log σ relu what a measurement with random weights gives: mean ± standard deviation of one draw, in nats',
  'macs       multiply–accumulates of convolutions; thop adds 2 per BatchNorm element, mmcv and tinynas more',
].join('\n');

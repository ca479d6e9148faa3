import { millisecondsOf, nats, shapeText, si, signed } from '../../../common/numbers.ts';
import type { Entropy, GroupAnalysis } from '../analysis/analyse.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import type { Convention, Costs } from '../cost/cost.ts';
import { entropyKey, type FeatureOptions, type HintPart, shownCost, shownTime } from './options.ts';
import type { SnapshotBackbone } from './snapshot.ts';

/** What a hint says of groups that stand on one line. */
interface Said {
  readonly shape: string;
  readonly gain: number;
  readonly cost: number;
  readonly params: number;
}

/** One part of a hint, «+18.3» «H» or «1.93 G» «macs»; without a value where it has nothing to say. */
export interface HintCell {
  readonly value: string;
  readonly unit: string;
}

/** Enough to compare two lines by; the hover has the rest. */
const DIGITS = 3;
/** What would be written as 0.0 says nothing. */
const LEAST_GAIN = 0.05;

/**
 * Writes the parts of a backbone's hints in the order of the setting, with the time before the cost where a budget limits
 * one: a narrow window cuts off what stands behind. Of several groups on one line what they add together.
 */
export function hintWriter(
  backbone: SnapshotBackbone,
  options: FeatureOptions,
): (groups: readonly GroupAnalysis[]) => HintCell[] {
  const [cost, time, key] = [shownCost(backbone, options), shownTime(backbone), entropyKey(options)];
  const units = options.hints.map((part) => unitText(part, cost));
  return (groups) => {
    const said = together(groups, key, cost);
    const cells: HintCell[] = [];
    for (const [i, part] of options.hints.entries()) {
      if (part === 'cost' && time !== undefined) cells.push(timeCell(groups, time));
      cells.push({ value: valueText(part, said), unit: units[i] ?? '' });
    }
    return cells;
  };
}

/** «0.84» «ms»: the device is that of the budget, which the lens and the hover name. */
export function timeCell(groups: readonly { readonly costs: Costs }[], time: CostName): HintCell {
  const sum = groups.reduce((total, { costs }) => total + costOf(costs, time), 0);
  return { value: sum === 0 ? '' : millisecondsOf(sum, DIGITS), unit: 'ms' };
}

/** The parts on one line: «+18.3 H · 1.93 G macs». */
export const hintText = (cells: readonly HintCell[]): string =>
  cells.flatMap(({ value, unit }) => (value === '' ? [] : [`${value} ${unit}`.trimEnd()])).join(' · ');

function together(groups: readonly GroupAnalysis[], key: keyof Entropy, cost: Convention): Said {
  const last = groups[groups.length - 1];
  const said = { shape: last === undefined ? '' : shapeText(last.lowered), gain: 0, cost: 0, params: 0 };
  for (const { gain, costs } of groups) {
    said.gain += gain[key];
    said.cost += costOf(costs, cost);
    said.params += costs.params;
  }
  return said;
}

function valueText(part: HintPart, { shape, gain, cost, params }: Said): string {
  switch (part) {
    case 'shape':
      return shape;
    case 'entropy':
      return Math.abs(gain) < LEAST_GAIN ? '' : signed(gain, (v) => (v < 100 ? nats(v) : v.toFixed(0)));
    case 'cost':
      return cost === 0 ? '' : si(cost, DIGITS);
    case 'params':
      return params === 0 ? '' : si(params, DIGITS);
  }
}

function unitText(part: HintPart, cost: Convention): string {
  switch (part) {
    case 'shape':
      return '';
    case 'entropy':
      return 'H';
    case 'cost':
      return cost;
    case 'params':
      return 'params';
  }
}

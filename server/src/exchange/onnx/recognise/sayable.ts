import { argumentValue } from '../../../backbone/argument-values.ts';
import type { Group } from '../../../backbone/backbone.ts';
import { argumentsOf, blockOf } from '../../../backbone/blocks.ts';
import { widthFaults } from '../../../backbone/width-faults.ts';

/** Whether the language lets a group through: every number within its limits, and widths that fit. */
export function isSayable(g: Group, channels: number): boolean {
  const fits = argumentsOf(blockOf(g)).every((argument) => {
    if (argument.type !== 'number') return true;
    const value = argumentValue(g, argument);
    const { min, max, odd } = argument.rule;
    if (value === argument.default) return true;
    return typeof value === 'number' && value >= min && value <= max && (odd !== true || value % 2 === 1);
  });
  return fits && Number.isInteger(g.stride) && widthFaults(g, channels).length === 0;
}

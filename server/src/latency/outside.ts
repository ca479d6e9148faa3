import { repeatsOf, type Section } from '../graph/graph.ts';
import type { Shape } from '../graph/shapes.ts';
import type { DeviceModel } from './device-model.ts';
import { type Operation, operationOf } from './operation.ts';

/** The operations of a section that lie beyond what a profile has, each kind and shape once. */
export function outsideOperations(model: DeviceModel, section: Section, image: Shape): Operation[] {
  const found = new Map<string, Operation>();
  for (const { cell } of repeatsOf(section))
    for (const node of cell.nodes) {
      const counted = { node, cell, image };
      if (!model.ofNode(counted).outside) continue;
      const operation = operationOf(counted);
      found.set(operationText(operation), operation);
    }
  return [...found.values()];
}

/** An operation for people: «conv 3×3, stride 2, 64 → 128 channels, at 80×80», «sum of 256 channels at 40×40». */
export function operationText(operation: Operation): string {
  const { op, kernel, stride, grouping, groups, in: read, out, height, width } = operation;
  const window = kernel > 1 || op === 'conv' ? ` ${kernel}×${kernel}` : '';
  const step = stride > 1 ? `, stride ${stride}` : '';
  const how = grouping === 'each' ? ', each channel by itself' : grouping === 'several' ? `, ${groups} groups` : '';
  const channels = read === out ? `${out} channels` : `${read} → ${out} channels`;
  return `${op}${window}${step}${how}, ${channels} at ${height}×${width}`;
}

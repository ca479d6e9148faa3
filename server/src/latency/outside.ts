import { repeatsOf, type Section } from '../graph/graph.ts';
import type { Beyond, DeviceModel } from './device-model.ts';
import { isProductSum, type Operation } from './operation.ts';

/** Sections that did not change are the very same objects: what is known of one stays known. */
const known = new WeakMap<Section, Map<DeviceModel, readonly Beyond[]>>();

/**
 * The operators of a section whose time on a device is extrapolated. What has no product sum is
 * a small share of any network, and nobody is told of it.
 */
export function sectionOutside(section: Section, model: DeviceModel): readonly Beyond[] {
  const own = known.get(section) ?? new Map<DeviceModel, readonly Beyond[]>();
  known.set(section, own);
  const before = own.get(model);
  if (before !== undefined) return before;
  const found = repeatsOf(section).flatMap(({ cell }) =>
    cell.nodes.flatMap((node) => {
      const beyond = model.beyond({ node, cell, image: node.shape });
      return beyond !== undefined && isProductSum(beyond.operation) ? [beyond] : [];
    }),
  );
  const unique = [...new Map(found.map((beyond) => [JSON.stringify(beyond), beyond])).values()];
  own.set(model, unique);
  return unique;
}

/** «1×1 conv 64→2048 at 15×15 has 2048 channels written, of 16 to 1024», or that nothing like it was timed */
export function beyondText({ operation, size }: Beyond): string {
  const what = operationText(operation);
  if (size === undefined) return `${what} is of a kind that was not timed`;
  return `${what} has ${size.value} ${size.of}, and the profile ${size.least} to ${size.most}`;
}

/** «3×3 conv 64→64 at 80×80», «depthwise 5×5 conv 96→96, stride 2 at 40×40» */
export function operationText({
  op,
  kernel,
  stride,
  grouping,
  groups,
  in: read,
  out,
  height,
  width,
}: Operation): string {
  const kind = grouping === 'each' && op === 'conv' ? 'depthwise ' : '';
  const window = kernel > 1 || op === 'conv' ? `${kernel}×${kernel} ` : '';
  const several = grouping === 'several' ? ` in ${groups} groups` : '';
  const step = stride > 1 ? `, stride ${stride}` : '';
  return `${kind}${window}${op} ${read}→${out}${several}${step} at ${height}×${width}`;
}

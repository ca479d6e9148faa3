import { type Graph, repeatsOf } from '../graph/graph.ts';
import type { DeviceModel } from './device-model.ts';

/** Milliseconds of a whole network: the sum over its operators. */
export function graphTime(model: DeviceModel, { sections, image }: Graph): number {
  let ms = 0;
  for (const section of sections)
    for (const { cell, times } of repeatsOf(section))
      for (const node of cell.nodes) ms += times * model.ofNode({ node, cell, image }).ms;
  return ms;
}

import { si } from '../../../../common/numbers.ts';
import type { Backbone } from '../../backbone/backbone.ts';
import type { Network } from '../../backbone/lower.ts';
import { addCosts, sectionCosts } from '../../cost/cost.ts';
import { quoted, tuple } from './names.ts';
import { lines } from './python.ts';

/** What a docstring says of a network: its costs, and by which count. */
export function costsSaid({ input }: Backbone, network: Network): string {
  const costs = addCosts(network.groups.map((group) => sectionCosts(group, network.image)));
  return (
    `At ${input.channels}x${input.height}x${input.width}: ${si(costs.macs)} MACs (multiply-accumulates of convolutions alone, ` +
    `one of which is two FLOPs). ${costs.params.toLocaleString('en-US')} parameters: weights of convolutions, and scale and ` +
    'shift of BatchNorm.'
  );
}

/** Names, channels and strides of the outputs, as attributes of a class. */
export function outputFacts({ outputs, groups }: Network): string {
  const ends = outputs.flatMap(({ section }) => groups[section] ?? []);
  return lines(
    `names = ${tuple(outputs.map(({ name }) => quoted(name)))}`,
    `channels = ${tuple(ends.map(({ to }) => to.channels))}`,
    `strides = ${tuple(ends.map(({ to }) => 2 ** to.halvings))}`,
  );
}

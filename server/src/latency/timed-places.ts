import { IMAGE_CHANNELS } from './layout.ts';
import { isProductSum, type Operation, workOf } from './operation.ts';
import type { OperatorTimes, Profile } from './profile.ts';
import type { Place, TimedPlace } from './rate-grid.ts';

/** The places of each kind of operator that was timed, with their rates; widths are rounded up to the kernels' block. */
export function timedPlaces(profile: Profile): ReadonlyMap<string, readonly TimedPlace[]> {
  const places = new Map<string, TimedPlace[]>();
  for (const times of profile.operators)
    for (const operation of operationsIn(times)) {
      const aligned = alignedTo(profile.channelBlock, operation);
      const key = keyOf(aligned);
      const own = places.get(key) ?? [];
      if (own.length === 0) places.set(key, own);
      own.push({ place: placeOf(aligned), log: Math.log(workOf(aligned) / operation.ms) });
    }
  return places;
}

/** The width that costs what this one does: the next multiple of the kernels' block, but for an image's. */
export const alignedWidth = (block: number, channels: number): number =>
  channels <= IMAGE_CHANNELS ? channels : Math.ceil(channels / block) * block;

/** The same of all widths of an operation, but for those of groups. */
export function alignedTo(block: number, operation: Operation): Operation {
  const { grouping, groups, in: read, out } = operation;
  if (grouping === 'several') return operation;
  const [from, to] = [alignedWidth(block, read), alignedWidth(block, out)];
  return { ...operation, in: from, out: to, groups: grouping === 'each' ? to : groups };
}

/** The operations of a kind that were timed, with their times. */
export const operationsIn = ({
  op,
  kernel,
  stride,
  grouping,
  points,
}: OperatorTimes): (Operation & { readonly ms: number })[] =>
  points.map(([read, out, groups, height, width, ms]) => ({
    ...{ op, kernel, stride, grouping, groups, in: read, out, height, width, ms },
  }));

export const keyOf = ({ op, kernel, stride, grouping, in: read }: Operation): string =>
  `${op} ${kernel} ${stride} ${grouping} ${op === 'conv' && read <= IMAGE_CHANNELS ? 'image' : 'map'}`;

export function parseKey(key: string) {
  const [op = '', kernel = '1', stride = '1', grouping = 'one', reads] = key.split(' ');
  return { op, kernel: Number(kernel), stride: Number(stride), grouping, image: reads === 'image' };
}

/** Where an operation stands in its grid. Only convolutions of one group and product sums have two widths of their own. */
export function placeOf(operation: Operation): Place {
  const { grouping, groups, in: read, out, height, width } = operation;
  const area = Math.log(height * width);
  if (!isProductSum(operation) || grouping === 'each') return [0, Math.log(out), area];
  return [Math.log(read / groups), Math.log(out / groups), area];
}

import type { Backbone } from '../../../backbone/backbone.ts';
import { lower } from '../../../backbone/lower.ts';
import { flatten } from '../../../graph/graph.ts';
import type { Convolution } from '../../../graph/operator.ts';
import { patternOf, type Skeleton, shapeAt } from './skeleton.ts';

/** Every convolution of a network in words: its channels, window and output, in the order in which they run. */
export const convolutionsIn = (net: Skeleton): readonly string[] =>
  net.bones.flatMap(({ operator, reads, shape }) => {
    if (operator.op === 'other') return operator.name.startsWith('Conv') ? [operator.name] : [];
    if (operator.op !== 'conv') return [];
    return [`${convolutionText(operator, shapeAt(net, reads[0] ?? -1).channels)}, to ${shape.height}×${shape.width}`];
  });

/** «64 → 128 channels, 3×3, stride 2» */
export const convolutionText = ({ out, kernel, stride, groups, dilation }: Convolution, from: number): string =>
  `${from} → ${out} channels, ${kernel}×${kernel}${stride === 1 ? '' : `, stride ${stride}`}` +
  `${groups === 1 ? '' : `, ${groups} groups`}${dilation === 1 ? '' : `, dilation ${dilation}`}`;

/** The convolutions of one network that another has not, each as often as it is missing. */
export function missingIn(all: readonly string[], other: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const one of other) left.set(one, (left.get(one) ?? 0) + 1);
  return all.filter((one) => {
    const count = left.get(one) ?? 0;
    if (count > 0) left.set(one, count - 1);
    return count === 0;
  });
}

/** The convolutions that a text says, as the costs and searches read it. */
export const convolutionsOf = (backbone: Backbone): readonly string[] =>
  convolutionsIn(patternOf(flatten(lower(backbone)).cell));

import type { Backbone } from '../../../backbone/backbone.ts';
import { lower } from '../../../backbone/lower.ts';
import { sameShape } from '../../../graph/shapes.ts';
import { printArguments } from '../../../language/print.ts';
import { convolutionsIn, convolutionsOf, missingIn } from './convolutions.ts';
import type { Explanation } from './explanation.ts';
import { type Skeleton, shapeAt } from './skeleton.ts';

const MOST = 20;

/** Where a text is not the network that it was made of, in words; nothing where every convolution is there and no other. */
export function differencesOf(found: Explanation, net: Skeleton, text: Backbone): readonly string[] {
  const lowered = lower(text);
  const placeOf = (index: number): string => {
    const group = lowered.groups[index];
    return group === undefined ? '' : `${group.place} ${group.group.block}(${printArguments(group.group).join(', ')})`;
  };
  const known = found.differences.map(({ group, what }) => `${placeOf(group)}: ${what}`);
  if (found.stop !== undefined) {
    const all = convolutionsIn(net).length;
    known.push(
      `the text ends early: ${found.stop}; ${all - explainedConvolutions(found, net)} of ${all} convolutions are left out`,
    );
  }
  if (known.length > 0) return bounded(known);
  const [model, own] = [convolutionsIn(net), convolutionsOf(text)];
  const sizes = found.groups.flatMap(({ end }, index) => {
    const to = lowered.groups[index]?.to;
    const shape = shapeAt(net, end);
    return to === undefined || !sameShape(to, shape) ? [`${placeOf(index)}: its output has another shape`] : [];
  });
  const unexplained = found.explained.reduce((sum, one) => sum - one, net.bones.length);
  return bounded([
    ...missingIn(model, own).map((one) => `only in the model: a convolution ${one}`),
    ...missingIn(own, model).map((one) => `only in the text: a convolution ${one}`),
    ...sizes,
    ...(unexplained > 0 ? [`${unexplained} layers of the model are part of no block`] : []),
  ]);
}

/** How many convolutions of a network are in the groups that were found. */
export const explainedConvolutions = ({ explained }: Explanation, { bones }: Skeleton): number =>
  bones.filter(({ operator }, index) => operator.op === 'conv' && explained[index] === 1).length;

const bounded = (all: readonly string[]): readonly string[] =>
  all.length <= MOST ? all : [...all.slice(0, MOST), `and ${all.length - MOST} more`];

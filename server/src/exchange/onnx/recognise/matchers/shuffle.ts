import { group } from '../../../../backbone/backbone.ts';
import type { Matcher, Proposal } from '../matcher.ts';
import { behind, convolutionsOn, type Found, isDepthwise, isPoint, type Spot, wordFor } from '../path.ts';
import { type Skeleton, shapeAt, someReaders } from '../skeleton.ts';

export const shuffleMatcher: Matcher = {
  block: 'shuffle',
  *propose(spot) {
    for (const first of branches(spot)) {
      const window = isPoint(first) ? behind(spot.net, first) : undefined;
      const last = window === undefined ? undefined : behind(spot.net, window);
      if (window === undefined || last === undefined || !isDepthwise(spot.net, window)) continue;
      yield* halved(spot, 'shuffle', { first, window, last });
    }
  },
};

/** Convolutions that the processed branch may begin with: of all channels, or of a part that was split off. */
export function branches({ net, from, node }: Spot): readonly Found[] {
  const parts = someReaders(net, from, node, 4).filter((one) => net.bones[one]?.operator.op === 'split');
  return [from, ...parts].flatMap((ref) => convolutionsOn(net, ref, node));
}

interface Branch {
  readonly first: Found;
  readonly window: Found;
  /** The 1×1 convolution that ends the branch. */
  readonly last: Found;
}

/** Both ways in which two branches may share the output of a block with a split. */
export function* halved({ net, from }: Spot, block: string, branch: Branch): Iterable<Proposal> {
  const { kernel, stride } = branch.window.conv;
  const channels = shapeAt(net, from).channels;
  const one = group({
    block,
    out: whole(net, branch.last) ?? channels,
    kernel,
    stride,
    act: wordFor(actOf(block, branch)),
  });
  yield { group: one };
  yield { group: { ...one, options: { halves: 'yes' } } };
}

/** Only the 1×1 convolutions are activated. */
const actOf = (block: string, { first, last }: Branch) => (block === 'shuffle' ? first : last).bone.act;

/** The channels of the concatenation that reads a branch. */
function whole(net: Skeleton, { node }: Found): number | undefined {
  const reader = someReaders(net, node, 0, 4).find((one) => net.bones[one]?.operator.op === 'concat');
  return reader === undefined ? undefined : shapeAt(net, reader).channels;
}

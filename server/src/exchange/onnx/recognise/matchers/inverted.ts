import { type Group, group } from '../../../../backbone/backbone.ts';
import { lowerBlock } from '../../../../backbone/lower.ts';
import type { Matcher, Proposal } from '../matcher.ts';
import { behind, behindSqueeze, type Found, isDepthwise, isPoint, type Spot, starts, wordFor } from '../path.ts';
import { type Pattern, patternOf, shapeAt, skeleton } from '../skeleton.ts';

export const invertedMatcher: Matcher = {
  block: 'inverted',
  *propose(spot) {
    const { net } = spot;
    for (const first of starts(spot, (found) => isPoint(found) || isDepthwise(net, found))) {
      if (isDepthwise(net, first)) yield* narrowed(spot, first, 0, first);
      const window = isPoint(first) ? behind(net, first) : undefined;
      if (window !== undefined && isDepthwise(net, window)) yield* narrowed(spot, first, first.conv.out, window);
    }
  },
};

/** The block whose depthwise convolution is given, if a 1×1 convolution ends it. */
function* narrowed(spot: Spot, first: Found, btn: number, window: Found): Iterable<Proposal> {
  const last = behindSqueeze(spot.net, window);
  if (last === undefined || !isPoint(last.next)) return;
  const { kernel, stride } = window.conv;
  const { squeeze, next } = last;
  const one = group({
    block: 'inverted',
    out: next.conv.out,
    btn,
    kernel,
    stride,
    squeeze,
    act: wordFor(first.bone.act),
  });
  yield { group: one };
  const pattern = squeeze > 0 ? withoutShortcut(spot, one) : undefined;
  if (pattern !== undefined)
    yield {
      group: one,
      near: { pattern, differs: 'it adds its input to its output, which the model does not do there' },
    };
}

/**
 * The block without the sum at its end. MobileNetV3 has none where the resolution halves, whatever the widths; where
 * there is no squeeze either it is said by two convolutions.
 */
function withoutShortcut({ net, from }: Spot, g: Group): Pattern | undefined {
  const { bones, inputs, output } = patternOf(lowerBlock(g, shapeAt(net, from), true));
  const sum = bones[output];
  const [main] = sum?.reads ?? [];
  if (sum?.operator.op !== 'sum' || main === undefined || main < 0) return undefined;
  return { ...skeleton(inputs, bones.slice(0, main + 1)), output: main };
}

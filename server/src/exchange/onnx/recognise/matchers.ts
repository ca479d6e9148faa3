import type { Matcher } from './matcher.ts';
import { basicMatcher } from './matchers/basic.ts';
import { bottleneckMatcher } from './matchers/bottleneck.ts';
import { convMatcher } from './matchers/conv.ts';
import { invertedMatcher } from './matchers/inverted.ts';
import { k1kxMatcher } from './matchers/k1kx.ts';
import { maxpoolMatcher } from './matchers/maxpool.ts';
import { shuffleMatcher } from './matchers/shuffle.ts';
import { xceptionMatcher } from './matchers/xception.ts';

/** How blocks of several layers are found, in the order in which they are tried. A block is one file with a line here. */
export const BLOCK_MATCHERS: readonly Matcher[] = [
  // One of their branches is an inverted block without a sum.
  shuffleMatcher,
  xceptionMatcher,
  // A bottleneck of as many groups as channels is one too.
  invertedMatcher,
  bottleneckMatcher,
  basicMatcher,
  k1kxMatcher,
];

/** What single layers are, where no block explains them. */
export const LAYER_MATCHERS: readonly Matcher[] = [maxpoolMatcher, convMatcher];

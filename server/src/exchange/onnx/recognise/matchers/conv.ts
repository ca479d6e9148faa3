import { group } from '../../../../backbone/backbone.ts';
import type { Matcher } from '../matcher.ts';
import { convOf, wordFor } from '../path.ts';

export const convMatcher: Matcher = {
  block: 'conv',
  *propose({ net, node }) {
    const found = convOf(net, node);
    if (found === undefined) return;
    const { out, kernel, stride, groups, dilation } = found.conv;
    const options = found.bone.biased ? { bias: 'yes' } : {};
    const one = group({ block: 'conv', out, kernel, stride, groups, dilation, act: wordFor(found.bone.act), options });
    yield { group: one };
    yield {
      group: one,
      near: { loose: true, differs: 'its padding is not (k − 1) / 2, so that its output has another size' },
    };
  },
};

import { group } from '../../../../backbone/backbone.ts';
import type { Matcher } from '../matcher.ts';
import { oddKernel, type Pattern, shapeAt, skeleton } from '../skeleton.ts';

export const maxpoolMatcher: Matcher = {
  block: 'maxpool',
  *propose({ net, node, from }) {
    const bone = net.bones[node];
    if (bone === undefined) return;
    const { operator } = bone;
    if (operator.op !== 'maxpool' && operator.op !== 'avgpool') return;
    const { kernel, stride } = operator;
    const one = group({ block: 'maxpool', kernel: oddKernel(kernel), stride });
    if (operator.op === 'maxpool') {
      yield { group: one };
      yield {
        group: one,
        near: { loose: true, differs: 'its padding is another, so that its output has another size' },
      };
    } else {
      const own = { operator, reads: [-1], shape: bone.shape, act: undefined, biased: false, name: '' };
      const pattern: Pattern = { ...skeleton([shapeAt(net, from)], [own]), output: 0 };
      yield {
        group: one,
        near: { pattern, loose: true, differs: `it is an average-pooling ${kernel}×${kernel} there` },
      };
    }
  },
};

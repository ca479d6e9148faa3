import { group } from '../../../../backbone/backbone.ts';
import type { Matcher } from '../matcher.ts';
import { behind, squeezeAt, starts, wordFor } from '../path.ts';
import { shortcuts } from '../shortcuts.ts';

export const basicMatcher: Matcher = {
  block: 'basic',
  *propose(spot) {
    for (const first of starts(spot, ({ conv }) => conv.groups === 1)) {
      const last = behind(spot.net, first);
      if (last?.conv.kernel !== first.conv.kernel || last.conv.dilation !== first.conv.dilation) continue;
      const { out, kernel, groups, dilation } = last.conv;
      const stride = first.conv.stride * last.conv.stride;
      const one = group({
        block: 'basic',
        out,
        btn: first.conv.out,
        kernel,
        stride,
        groups,
        dilation,
        squeeze: squeezeAt(spot.net, last)?.squeeze ?? 0,
        strided: first.conv.stride > 1 ? 'first' : 'second',
        act: wordFor(first.bone.act),
      });
      for (const shortcut of shortcuts(stride)) yield { group: { ...one, shortcut } };
    }
  },
};

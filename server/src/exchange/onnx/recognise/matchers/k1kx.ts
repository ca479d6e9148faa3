import { group } from '../../../../backbone/backbone.ts';
import type { Matcher } from '../matcher.ts';
import { behind, isPoint, squeezeAt, starts, wordFor } from '../path.ts';
import { shortcuts } from '../shortcuts.ts';

export const k1kxMatcher: Matcher = {
  block: 'k1kx',
  *propose(spot) {
    for (const first of starts(spot, (found) => isPoint(found) && found.conv.stride === 1)) {
      const last = behind(spot.net, first);
      if (last === undefined) continue;
      const { out, kernel, stride, groups, dilation } = last.conv;
      const one = group({
        block: 'k1kx',
        out,
        btn: first.conv.out,
        kernel,
        stride,
        groups,
        dilation,
        squeeze: squeezeAt(spot.net, last)?.squeeze ?? 0,
        act: wordFor(first.bone.act),
      });
      for (const shortcut of shortcuts(stride)) yield { group: { ...one, shortcut } };
    }
  },
};

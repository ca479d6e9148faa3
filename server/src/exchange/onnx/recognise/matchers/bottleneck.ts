import { group } from '../../../../backbone/backbone.ts';
import type { Matcher } from '../matcher.ts';
import { behind, behindSqueeze, isPoint, starts, wordFor } from '../path.ts';
import { shortcuts } from '../shortcuts.ts';

export const bottleneckMatcher: Matcher = {
  block: 'bottleneck',
  *propose(spot) {
    for (const first of starts(spot, isPoint)) {
      const window = behind(spot.net, first);
      const last = window === undefined ? undefined : behindSqueeze(spot.net, window);
      if (window === undefined || last === undefined || !isPoint(last.next)) continue;
      const { kernel, groups, dilation } = window.conv;
      const stride = first.conv.stride * window.conv.stride;
      const one = group({
        block: 'bottleneck',
        out: last.next.conv.out,
        btn: first.conv.out,
        kernel,
        stride,
        groups,
        dilation,
        squeeze: last.squeeze,
        strided: first.conv.stride > 1 ? 'first' : 'second',
        act: wordFor(first.bone.act),
      });
      for (const shortcut of shortcuts(stride))
        for (const project of ['always', 'needed'] as const) yield { group: { ...one, shortcut, project } };
    }
  },
};

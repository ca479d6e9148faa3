import type { DetectorBuilder, Level } from '../builder.ts';
import { levelName } from '../builder.ts';
import { EXTRA, from, LEVELS, numberOf, out, wordOf } from '../part-arguments.ts';
import type { NeckDefinition } from '../part-definition.ts';
import { extraLevels, fewerThanRead, smoothed, topDown } from '../pyramid.ts';

/** Lin et al., "Feature Pyramid Networks for Object Detection", CVPR 2017, as mmdetection has it. */
export const fpn: NeckDefinition = {
  role: 'neck',
  name: 'fpn',
  doc: 'feature pyramid: 1×1 from each output, coarser levels added to finer ones, then 3×3; no norm, no activation',
  synonyms: 'featurepyramid featurepyramidnetwork pyramid resnetfpn fpnneck',
  arguments: [from('C3..C5'), out(256), LEVELS, EXTRA],
  example: 'neck fpn(from: C3..C5, out: 256, levels: 5, extra: on-output)',
  faults: fewerThanRead,
  build: (net: DetectorBuilder, { values }, read: readonly Level[]) => {
    const width = numberOf(values, 'out');
    const merged = topDown(net, read, width);
    const smooth = merged.map((level) => smoothed(net, level, levelName(level.shape), width));
    return extraLevels(net, read, smooth, width, numberOf(values, 'levels'), wordOf(values, 'extra'));
  },
};

import { levelName } from '../builder.ts';
import { EXTRA, from, LEVELS, numberOf, out, wordOf } from '../part-arguments.ts';
import type { NeckDefinition } from '../part-definition.ts';
import { extraLevels, fewerThanRead, smoothed, topDown } from '../pyramid.ts';

/** Liu et al., "Path Aggregation Network for Instance Segmentation", CVPR 2018, as mmdetection has it. */
export const pafpn: NeckDefinition = {
  role: 'neck',
  name: 'pafpn',
  doc: 'path aggregation: a feature pyramid, then 3×3 stride 2 from each level up to the next coarser one, and 3×3',
  synonyms: 'panet panfpn pan pathaggregation pafpnneck',
  arguments: [from('C3..C5'), out(256), LEVELS, EXTRA],
  example: 'neck pafpn(from: C3..C5, out: 256, levels: 5)',
  faults: fewerThanRead,
  build: (net, { values }, read) => {
    const width = numberOf(values, 'out');
    const down = topDown(net, read, width).map((level) =>
      smoothed(net, level, `${levelName(level.shape)} down`, width),
    );
    const up = down.slice(0, 1);
    for (const level of down.slice(1)) {
      const finer = up.at(-1) ?? level;
      up.push(
        net.add(`${levelName(level.shape)} up`, [level, finer], (cell, x, below) =>
          cell.sum(x, cell.layer(below, { out: width, kernel: 3, stride: 2, bias: true })),
        ),
      );
    }
    const smooth = up.map((level, i) => (i === 0 ? level : smoothed(net, level, levelName(level.shape), width)));
    return extraLevels(net, read, smooth, width, numberOf(values, 'levels'), wordOf(values, 'extra'));
  },
};

import type { DetectorBuilder, Level } from '../builder.ts';
import { CONVS, numberOf, width, wordOf } from '../part-arguments.ts';
import type { HeadDefinition } from '../part-definition.ts';
import { predict } from '../tower.ts';

/**
 * Ge et al., "YOLOX: Exceeding YOLO Series in 2021", arXiv 2107.08430; Lyu et al., "RTMDet", arXiv 2212.07784, as mmdetection
 * has them.
 */
export const decoupled: HeadDefinition = {
  role: 'head',
  name: 'decoupled',
  doc: 'the decoupled head of YOLOX, with weights of its own for each level, or of RTMDet, with common convolutions',
  synonyms: 'yolox yoloxhead rtmdet rtmdethead rtmdetsepbnhead yolov6 decoupledhead',
  arguments: [
    width('Channels of the towers.'),
    CONVS(2),
    {
      name: 'style',
      type: 'choice',
      values: {
        yolox: '1×1 to the width first, weights of its own for each level, and objectness',
        rtmdet: 'common convolutions with a norm and predictions of its own for each level, no objectness',
      },
      default: 'yolox',
      doc: 'Whose head it is.',
      synonyms: 'kind type variant',
    },
  ],
  example: 'head decoupled(width: 256, convs: 2, style: yolox)',
  build: (net, { values }, levels, classes) => {
    const isYolox = wordOf(values, 'style') === 'yolox';
    for (const [i, level] of levels.entries()) {
      const read = isYolox ? narrowed(net, level, numberOf(values, 'width')) : level;
      const shared = !isYolox && i > 0 ? 'convolution' : false;
      const [cls, reg] = ['cls', 'reg'].map((name) =>
        net.add(`${level.name} ${name} tower`, [read], (cell, x) => {
          let y = x;
          const own = { out: numberOf(values, 'width'), kernel: 3, bias: false, norm: 'batch', act: 'silu' } as const;
          for (let n = 0; n < numberOf(values, 'convs'); n++) y = cell.layer(y, { ...own, shared });
          return y;
        }),
      );
      if (cls === undefined || reg === undefined) continue;
      predict(net, cls, `${level.name} cls`, classes, true, { kernel: 1 });
      predict(net, reg, `${level.name} reg`, 4, true, { kernel: 1 });
      if (isYolox) predict(net, reg, `${level.name} objectness`, 1, true, { kernel: 1 });
    }
  },
};

const narrowed = (net: DetectorBuilder, level: Level, out: number): Level =>
  net.add(`${level.name} narrowed`, [level], (cell, x) =>
    cell.layer(x, { out, kernel: 1, bias: false, norm: 'batch', act: 'silu' }),
  );

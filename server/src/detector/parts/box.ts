import { CONVS, count, flag, isYes, numberOf, rois, width } from '../part-arguments.ts';
import { NORM_GROUPS } from '../part-cell.ts';
import type { HeadDefinition } from '../part-definition.ts';
import { regionsOf } from '../regions.ts';

/** Side of the window that each region becomes. */
const SIDE = 7;

/**
 * The box head of R-CNNs on a pyramid, as mmdetection has it: convolutions with GroupNorm as wide as the neck, linear layers, and
 * from them classes with one for the background, and sides.
 */
export const box: HeadDefinition = {
  role: 'head',
  name: 'box',
  doc: 'boxes of regions on 7×7: convolutions, linear layers, then classes and four sides',
  synonyms:
    'bboxhead boxhead bbox roihead shared2fcbboxhead shared4conv1fcbboxhead fastrcnn standardroihead fasterrcnn',
  arguments: [
    rois(1000),
    { ...CONVS(0), doc: 'How many 3×3 convolutions with GroupNorm stand before the linear layers.' },
    count('fcs', 'How many linear layers stand before the predictions.', 2, 'numsharedfcs numfcs fc linears'),
    width('Channels of the linear layers.', 1024),
    count(
      'stages',
      'How many such heads refine one another, each with weights of its own (cascade).',
      1,
      'numstages cascade',
      1,
    ),
    flag(
      'agnostic',
      'Whether the sides do not depend on the class.',
      'four sides for all classes',
      'four sides for each class',
      'classagnostic regclassagnostic',
    ),
  ],
  example: 'head box(rois: 1000, convs: 4, fcs: 1)',
  faults: (values, [level]) =>
    level === undefined || numberOf(values, 'convs') === 0 || level.shape.channels % NORM_GROUPS === 0
      ? []
      : [
          {
            argument: 'convs',
            message: `GroupNorm has ${NORM_GROUPS} groups, which do not divide the ${level.shape.channels} channels of the neck.`,
          },
        ],
  build: (net, { values }, levels, classes) => {
    const [channels, units] = [levels[0]?.shape.channels ?? 0, numberOf(values, 'width')];
    const stages = numberOf(values, 'stages');
    for (let stage = 1; stage <= stages; stage++) {
      const place = stages === 1 ? 'box' : `box ${stage}`;
      const windows = regionsOf(net, levels, numberOf(values, 'rois'), SIDE, `${place} regions`);
      const read = net.add(place, [windows], (cell, x) => {
        let y = x;
        for (let i = 0; i < numberOf(values, 'convs'); i++)
          y = cell.layer(y, { out: channels, kernel: 3, bias: false, norm: 'group', act: 'relu' });
        y = cell.behind({ op: 'flatten', size: SIDE }, [y]);
        for (let i = 0; i < numberOf(values, 'fcs'); i++) {
          y = cell.behind({ op: 'linear', out: units, bias: true }, [y]);
          y = cell.behind({ op: 'activation', kind: 'relu' }, [y], { functional: true });
        }
        return y;
      });
      const sides = isYes(values, 'agnostic') ? 4 : 4 * classes;
      for (const [name, out] of [
        ['cls', classes + 1],
        ['reg', sides],
      ] as const)
        net.add(`${place} ${name}`, [read], (cell, x) => cell.behind({ op: 'linear', out, bias: true }, [x]));
    }
  },
};

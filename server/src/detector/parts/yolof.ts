import type { DetectorBuilder, Level } from '../builder.ts';
import { anchors, count, numberOf } from '../part-arguments.ts';
import type { HeadDefinition } from '../part-definition.ts';
import { predict } from '../tower.ts';

/** Chen et al., "You Only Look One-level Feature", CVPR 2021. Its towers are as wide as what they read. */
export const yolof: HeadDefinition = {
  role: 'head',
  name: 'yolof',
  doc: 'YOLOF’s decoder on one level: a tower for classes, a longer one for boxes and whether there is an object',
  synonyms: 'yolofhead yolofdecoder',
  arguments: [
    anchors(5),
    count('clsconvs', 'How many 3×3 convolutions stand before the classes.', 2, 'numclsconvs'),
    count('regconvs', 'How many 3×3 convolutions stand before the boxes.', 4, 'numregconvs'),
  ],
  example: 'head yolof(anchors: 5)',
  faults: (_, levels) =>
    levels.length === 1
      ? []
      : [{ message: `YOLOF's head reads one level and here are ${levels.length}: write neck dilated(from: C5).` }],
  build: (net, { values }, levels, classes) => {
    const [level] = levels;
    if (level === undefined) return;
    const tried = numberOf(values, 'anchors');
    predict(net, convs(net, level, 'cls', numberOf(values, 'clsconvs')), `${level.name} cls`, tried * classes, true);
    const boxes = convs(net, level, 'reg', numberOf(values, 'regconvs'));
    predict(net, boxes, `${level.name} reg`, tried * 4, true);
    predict(net, boxes, `${level.name} objectness`, tried, true);
  },
};

const convs = (net: DetectorBuilder, level: Level, name: string, times: number): Level =>
  net.add(`${level.name} ${name} tower`, [level], (cell, x) => {
    let y = x;
    for (let i = 0; i < times; i++)
      y = cell.layer(y, { out: level.shape.channels, kernel: 3, bias: true, norm: 'batch', act: 'relu' });
    return y;
  });

import { CHANNELS } from '../../../server/src/backbone/arguments.ts';
import type { HeadDefinition, NeckDefinition } from '../../../server/src/detector/part-definition.ts';

/** A neck and a head as a stranger would add them: everything about each in one file. */

export const toyNeck: NeckDefinition = {
  role: 'neck',
  name: 'toyneck',
  doc: 'each output by itself through a 1×1 convolution',
  synonyms: 'toypyramid',
  arguments: [
    { name: 'from', type: 'levels', doc: 'What is read.', default: 'C2..C3', single: false },
    {
      name: 'toywidth',
      type: 'number',
      rule: { ...CHANNELS, what: 'toywidth' },
      doc: 'Channels that the toy hands on.',
      usual: [16, 32],
      default: 16,
    },
  ],
  example: 'neck toyneck(toywidth: 16)',
  build: (net, { values }, levels) =>
    levels.map((level) =>
      net.add(level.name, [level], (cell, x) =>
        cell.layer(x, { out: Number(values['toywidth']), kernel: 1, bias: false }),
      ),
    ),
};

export const toyHead: HeadDefinition = {
  role: 'head',
  name: 'toyhead',
  doc: 'a 1×1 convolution to the classes, the same for all levels',
  synonyms: 'toyclassifier',
  arguments: [],
  example: 'head toyhead',
  faults: (_, levels) => (levels.length === 2 ? [] : [{ message: 'A toy head reads two levels.' }]),
  build: (net, _, levels, classes) => {
    for (const [i, level] of levels.entries())
      net.add(`${level.name} toys`, [level], (cell, x) =>
        cell.layer(x, { out: classes, kernel: 1, bias: true, shared: i > 0 }),
      );
  },
};

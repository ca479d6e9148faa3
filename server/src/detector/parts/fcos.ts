import { CONVS, width } from '../part-arguments.ts';
import type { HeadDefinition } from '../part-definition.ts';
import { norm, predict, tower, towerFaults } from '../tower.ts';

/** Tian et al., "FCOS: Fully Convolutional One-Stage Object Detection", ICCV 2019. */
export const fcos: HeadDefinition = {
  role: 'head',
  name: 'fcos',
  doc: 'FCOS: two towers, classes, four sides and centerness at every position; the same weights for all levels',
  synonyms: 'fcoshead atss atsshead',
  arguments: [width('Channels of the towers.'), CONVS(4), norm('gn')],
  example: 'head fcos(width: 256, convs: 4)',
  faults: towerFaults,
  build: (net, { values }, levels, classes) => {
    for (const [i, level] of levels.entries()) {
      const first = i === 0;
      predict(net, tower(net, level, 'cls', values, first), `${level.name} cls`, classes, first);
      const boxes = tower(net, level, 'reg', values, first);
      predict(net, boxes, `${level.name} reg`, 4, first, { behind: (cell, y) => cell.scale(y) });
      predict(net, boxes, `${level.name} centerness`, 1, first);
    }
  },
};

import { anchors, CONVS, numberOf, width } from '../part-arguments.ts';
import type { HeadDefinition } from '../part-definition.ts';
import { norm, predict, tower, towerFaults } from '../tower.ts';

/** Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017. */
export const retina: HeadDefinition = {
  role: 'head',
  name: 'retina',
  doc: 'RetinaNet: two towers, classes and four sides of every anchor; the same convolutions for all levels',
  synonyms: 'retinahead retinanet retinanethead retinasepbnhead anchorhead',
  arguments: [width('Channels of the towers.'), CONVS(4), anchors(9), norm('none')],
  example: 'head retina(width: 256, convs: 4, anchors: 9)',
  faults: towerFaults,
  build: (net, { values }, levels, classes) => {
    const tried = numberOf(values, 'anchors');
    for (const [i, level] of levels.entries()) {
      const first = i === 0;
      predict(net, tower(net, level, 'cls', values, first), `${level.name} cls`, tried * classes, first);
      predict(net, tower(net, level, 'reg', values, first), `${level.name} reg`, tried * 4, first);
    }
  },
};

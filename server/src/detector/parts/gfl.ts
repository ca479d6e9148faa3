import { CONVS, isYes, numberOf, width } from '../part-arguments.ts';
import type { HeadDefinition } from '../part-definition.ts';
import { norm, predict, tower, towerFaults } from '../tower.ts';

/** The largest of a side's distribution that tell how sure it is; with their mean one more. */
const TOP = 4;
/** Width inside what reads them. */
const QUALITY_WIDTH = 64;

/** Li et al., "Generalized Focal Loss V2", CVPR 2021; without `quality` it is version 1 (NeurIPS 2020). */
export const gfl: HeadDefinition = {
  role: 'head',
  name: 'gfl',
  doc: 'GFLV2: two towers, classes, sides of boxes as distributions, and how sure those are; the same weights for all levels',
  synonyms: 'gflhead gflv2 gfocalhead gfocal generalizedfocalloss',
  arguments: [
    width('Channels of the towers.'),
    CONVS(4),
    {
      name: 'regmax',
      type: 'number',
      rule: { what: 'regmax', min: 3, max: 64, whole: true },
      doc: 'The greatest distance of a side, in strides: each of four sides has regmax + 1 numbers.',
      usual: [16, 8],
      default: 16,
      synonyms: 'regmaxvalue bins',
    },
    {
      name: 'quality',
      type: 'choice',
      values: { yes: 'a small network reads the distributions (GFLV2)', no: 'none (GFLV1)' },
      default: 'yes',
      doc: 'Whether a quality is predicted from the distributions of the sides.',
      synonyms: 'dgqp adddgqp',
    },
    norm('gn'),
  ],
  example: 'head gfl(width: 256, convs: 4, regmax: 16, quality: yes)',
  faults: towerFaults,
  build: (net, { values }, levels, classes) => {
    for (const [i, level] of levels.entries()) {
      const first = i === 0;
      predict(net, tower(net, level, 'cls', values, first), `${level.name} cls`, classes, first);
      const sides = 4 * (numberOf(values, 'regmax') + 1);
      const boxes = tower(net, level, 'reg', values, first);
      const reg = predict(net, boxes, `${level.name} reg`, sides, first, { behind: (cell, y) => cell.scale(y) });
      if (!isYes(values, 'quality')) continue;
      net.add(`${level.name} quality`, [reg], (cell, x) => {
        const told = cell.behind({ op: 'statistics', out: 4 * (TOP + 1) }, [x]);
        const shared = !first;
        const hidden = cell.layer(told, { out: QUALITY_WIDTH, kernel: 1, bias: true, act: 'relu', shared });
        return cell.layer(hidden, { out: 1, kernel: 1, bias: true, shared });
      });
    }
  },
};

import { anchors, numberOf, width } from '../part-arguments.ts';
import type { HeadDefinition } from '../part-definition.ts';
import { predict } from '../tower.ts';

/** Ren et al., "Faster R-CNN", NeurIPS 2015, on a pyramid. Its ReLU is called as a function. */
export const rpn: HeadDefinition = {
  role: 'head',
  name: 'rpn',
  doc: 'proposals of regions: 3×3, then whether there is an object and four sides of every anchor; the same for all levels',
  synonyms: 'rpnhead regionproposalnetwork proposals',
  arguments: [width('Channels of its convolution.'), anchors(3)],
  example: 'head rpn(anchors: 3)',
  build: (net, { values }, levels) => {
    const tried = numberOf(values, 'anchors');
    for (const [i, level] of levels.entries()) {
      const first = i === 0;
      const read = net.add(`${level.name} rpn`, [level], (cell, x) => {
        const y = cell.layer(x, { out: numberOf(values, 'width'), kernel: 3, bias: true, shared: !first });
        return cell.behind({ op: 'activation', kind: 'relu' }, [y], { functional: true });
      });
      predict(net, read, `${level.name} objectness`, tried, first, { kernel: 1 });
      predict(net, read, `${level.name} reg`, tried * 4, first, { kernel: 1 });
    }
  },
};

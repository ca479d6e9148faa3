import { CONVS, count, numberOf, rois, width } from '../part-arguments.ts';
import type { HeadDefinition } from '../part-definition.ts';
import { regionsOf } from '../regions.ts';

/** Side of the window that each region becomes; the mask has twice as much. */
const SIDE = 14;

/** He et al., "Mask R-CNN", ICCV 2017. */
export const mask: HeadDefinition = {
  role: 'head',
  name: 'mask',
  doc: 'masks of regions on 14×14: convolutions, a deconvolution to 28×28, then a mask for each class',
  synonyms: 'maskhead fcnmaskhead maskrcnn segmentation scnetmaskhead',
  arguments: [
    rois(100),
    { ...CONVS(4), doc: 'How many 3×3 convolutions stand before the deconvolution.' },
    width('Channels of its convolutions.'),
    count('times', 'How often it runs, with the same weights (SCNet: once for each stage).', 1, 'repeats runs', 1),
  ],
  example: 'head mask(rois: 100, convs: 4)',
  build: (net, { values }, levels, classes) => {
    const out = numberOf(values, 'width');
    for (let time = 1; time <= numberOf(values, 'times'); time++) {
      const shared = time > 1;
      const place = shared ? `mask ${time}` : 'mask';
      const windows = regionsOf(net, levels, numberOf(values, 'rois'), SIDE, `${place} regions`);
      net.add(place, [windows], (cell, x) => {
        let y = x;
        for (let i = 0; i < numberOf(values, 'convs'); i++)
          y = cell.layer(y, { out, kernel: 3, bias: true, act: 'relu', shared });
        const marks = shared ? ({ shared: true } as const) : undefined;
        y = cell.behind({ op: 'deconv', out, kernel: 2, stride: 2, bias: true }, [y], marks);
        y = cell.behind({ op: 'activation', kind: 'relu' }, [y]);
        return cell.layer(y, { out: classes, kernel: 1, bias: true, shared });
      });
    }
  },
};

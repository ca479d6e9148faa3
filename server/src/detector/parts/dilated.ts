import { CHANNELS } from '../../backbone/arguments.ts';
import { levelName } from '../builder.ts';
import { count, from, numberOf, out } from '../part-arguments.ts';
import type { NeckDefinition } from '../part-definition.ts';

/** Chen et al., "You Only Look One-level Feature", CVPR 2021: dilations 2, 4, 6, 8 … from block to block. */
export const dilated: NeckDefinition = {
  role: 'neck',
  name: 'dilated',
  doc: 'YOLOF’s encoder on one level: 1×1, 3×3, then residual blocks 1×1, 3×3 with dilation 2, 4, 6 …, 1×1',
  synonyms: 'dilatedencoder encoder yolofencoder',
  arguments: [
    from('C5', true),
    out(512),
    {
      name: 'mid',
      type: 'number',
      rule: { ...CHANNELS, what: 'mid' },
      doc: 'Width inside the residual blocks.',
      usual: [128, 64, 256],
      default: 128,
      synonyms: 'blockmidchannels midchannels btn bottleneck hidden',
    },
    count('blocks', 'Residual blocks, each with two more of dilation.', 4, 'numresidualblocks numblocks depth'),
  ],
  example: 'neck dilated(from: C5, out: 512, mid: 128, blocks: 4)',
  build: (net, { values }, read) => {
    const width = numberOf(values, 'out');
    const mid = numberOf(values, 'mid');
    const [level] = read;
    if (level === undefined) return [];
    const encoded = net.add(levelName(level.shape), [level], (cell, x) => {
      const normed = { bias: true, norm: 'batch' } as const;
      let y = cell.layer(cell.layer(x, { out: width, kernel: 1, ...normed }), { out: width, kernel: 3, ...normed });
      for (let block = 1; block <= numberOf(values, 'blocks'); block++) {
        const narrow = cell.layer(y, { out: mid, kernel: 1, ...normed, act: 'relu' });
        const window = cell.layer(narrow, { out: mid, kernel: 3, dilation: 2 * block, ...normed, act: 'relu' });
        const wide = cell.layer(window, { out: width, kernel: 1, ...normed, act: 'relu' });
        y = cell.behind({ op: 'sum', residual: true }, [wide, y]);
      }
      return y;
    });
    return [encoded];
  },
};

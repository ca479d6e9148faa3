import type { Ref } from '../../graph/cell.ts';
import type { DetectorBuilder, Level } from '../builder.ts';
import { levelName } from '../builder.ts';
import { count, from, LEVELS, numberOf, out } from '../part-arguments.ts';
import type { PartCell } from '../part-cell.ts';
import type { NeckDefinition } from '../part-definition.ts';
import { fewerThanRead } from '../pyramid.ts';

/**
 * Tan et al., "EfficientDet: Scalable and Efficient Object Detection", CVPR 2020. Whatever a node reads of the backbone comes by a
 * 1×1 convolution of its own; each node weighs what it reads by learnt factors, then SiLU and a depthwise separable 3×3.
 */
export const bifpn: NeckDefinition = {
  role: 'neck',
  name: 'bifpn',
  doc: 'EfficientDet’s pyramid, repeated: down and up again, every sum weighed, each node a depthwise separable 3×3',
  synonyms: 'bidirectionalfpn efficientdetfpn weightedfpn bifpnneck',
  arguments: [
    from('C3..C5'),
    out(64),
    LEVELS,
    count(
      'repeats',
      'How often the way down and up is gone.',
      3,
      'stack numstages numbifpn numrepeats fpncellrepeats',
      1,
    ),
  ],
  example: 'neck bifpn(from: C3..C5, out: 64, levels: 5, repeats: 3)',
  faults: fewerThanRead,
  build: (net, { values }, read) => {
    const width = numberOf(values, 'out');
    const levels = coarser(net, read, width, numberOf(values, 'levels'));
    // Both ways of the first round have a convolution of their own from the backbone; the finest and the coarsest are read once.
    let inputs = levels.map((level, i): Inputs => {
      if (i >= read.length) return { down: level, up: level };
      const down = projected(net, level, width);
      return { down, up: i === 0 || i === levels.length - 1 ? down : projected(net, level, width) };
    });
    let made: Level[] = [];
    for (let round = 0; round < numberOf(values, 'repeats'); round++) {
      made = once(net, inputs, width);
      inputs = made.map((level) => ({ down: level, up: level }));
    }
    return made;
  },
};

/** What the node on the way down reads of a level, and the one on the way up. */
interface Inputs {
  readonly down: Level;
  readonly up: Level;
}

/** Levels beyond what is read: 1×1 with its norm to the width, then max-pools 3×3 of stride 2. */
function coarser(net: DetectorBuilder, read: readonly Level[], width: number, levels: number): Level[] {
  const all = [...read];
  while (all.length < levels) {
    const last = all.at(-1);
    if (last === undefined) break;
    const name = levelName({ halvings: last.shape.halvings + 1 });
    all.push(
      net.add(name, [last], (cell, x) => {
        const y = all.length === read.length ? cell.layer(x, { out: width, kernel: 1, bias: true, norm: 'batch' }) : x;
        return cell.behind({ op: 'maxpool', kernel: 3, stride: 2 }, [y]);
      }),
    );
  }
  return all;
}

/** A level in the width of the pyramid. */
const projected = (net: DetectorBuilder, level: Level, width: number): Level =>
  net.add(`${levelName(level.shape)} lateral`, [level], (cell, x) =>
    cell.layer(x, { out: width, kernel: 1, bias: true, norm: 'batch' }),
  );

/** Once down and up. */
function once(net: DetectorBuilder, inputs: readonly Inputs[], width: number): Level[] {
  const down: Level[] = [];
  for (const { down: own } of inputs.toReversed()) {
    const [above] = down;
    down.unshift(above === undefined ? own : node(net, 'down', [own, above], width));
  }
  const up: Level[] = [];
  for (const [i, middle] of down.entries()) {
    const below = up.at(-1);
    const own = inputs[i]?.up ?? middle;
    const last = i === inputs.length - 1;
    if (below === undefined) up.push(middle);
    else up.push(node(net, 'up', last ? [own, below] : [own, middle, below], width));
  }
  return up;
}

/** Σ of what it reads, each by its own factor, resampled to the first; SiLU; 3×3 depthwise, 1×1, norm. */
function node(net: DetectorBuilder, way: string, read: readonly Level[], width: number): Level {
  const [own] = read;
  if (own === undefined) throw new Error('a node of a pyramid reads something');
  return net.add(`${levelName(own.shape)} ${way}`, read, (cell, ...refs) => {
    const parts = refs.map((ref, i) => cell.scale(resampled(cell, ref, read[i] ?? own, own)));
    const summed = cell.behind({ op: 'activation', kind: 'silu' }, [cell.sum(...parts)]);
    const window = cell.layer(summed, { out: width, kernel: 3, groups: width, bias: false });
    return cell.layer(window, { out: width, kernel: 1, bias: true, norm: 'batch' });
  });
}

const resampled = (cell: PartCell, x: Ref, { shape }: Level, to: Level): Ref => {
  if (shape.halvings > to.shape.halvings) return cell.upsample(x, to.shape);
  return shape.halvings < to.shape.halvings ? cell.behind({ op: 'maxpool', kernel: 3, stride: 2 }, [x]) : x;
};

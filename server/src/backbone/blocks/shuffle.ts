import type { Ref } from '../../graph/cell.ts';
import type { CellBuilder } from '../../graph/cell-builder.ts';
import { ACT, type FlagArgument, K, OUT, S } from '../arguments.ts';
import type { Group } from '../backbone.ts';
import type { BlockDefinition, BlockFault, BlockPlace } from '../block-definition.ts';
import { actOf } from '../residual.ts';

export const HALVES = {
  name: 'halves',
  type: 'flag',
  values: {
    yes: 'each of two branches gives half of out (ShuffleNetV2)',
    no: 'one gives in, the other the rest (DetNAS)',
  },
  default: 'no',
  doc: 'How the branches of a block that halves the resolution share its output.',
} as const satisfies FlagArgument;

/** Writes what the processed branch computes: from a tensor to so many channels, by way of `mid`. */
export type Branch = (cell: CellBuilder, x: Ref, mid: number, out: number) => Ref;

/**
 * The frame that `shuffle` and `xception` share. With stride 1 half of the channels pass and half are processed; where
 * the shape changes one branch reads all channels, and another brings the input to the new resolution. Both are
 * concatenated, and their channels shuffled, so that either half of them holds some of both (ShuffleNetV2, DetNAS).
 */
export function splitAndShuffle(cell: CellBuilder, g: Group, { stride }: BlockPlace, branch: Branch): Ref {
  const x = cell.input();
  const channels = cell.channels(x);
  const mid = Math.max(1, Math.floor(g.out / 2));
  const changes = stride > 1 || channels !== g.out;
  const pass = changes ? (g.options['halves'] === 'yes' ? mid : Math.min(channels, g.out - 1)) : g.out - mid;
  const beside = changes ? projected(cell, g, stride, pass) : cell.add({ op: 'split', from: 0, to: pass }, [x]);
  const read = changes ? x : cell.add({ op: 'split', from: pass, to: channels }, [x]);
  const processed = branch(cell, read, mid, Math.max(1, g.out - pass));
  const both = cell.add({ op: 'concat' }, [beside, processed]);
  return cell.add({ op: 'shuffle', parts: 2 }, [both]);
}

/** Depthwise with the stride, then 1×1: no layers, as a shortcut's projection is none. */
function projected(cell: CellBuilder, g: Group, stride: number, out: number): Ref {
  const window = cell.depthwise(cell.input(), { kernel: g.kernel, stride }, 'shortcut');
  return cell.conv(window, { out, kernel: 1, act: actOf(g) }, 'shortcut');
}

/** What the widths of a block with a split must be. */
export function splitFaults(g: Group, channels: number): BlockFault[] {
  const { block, stride, out } = g;
  if (stride === 1 && out !== channels) {
    const message = `${block} with s: 1 keeps its channels, half of which pass: it reads ${channels}, so use out: ${channels}.`;
    return [{ argument: 'out', message, right: String(channels) }];
  }
  if (out % 2 !== 0) {
    const message = `${block} splits its channels in two halves: out must be even, such as ${out + 1}.`;
    return [{ argument: 'out', message, right: String(out + 1) }];
  }
  if (stride > 1 && g.options['halves'] !== 'yes' && out <= channels) {
    const message = `${block} with s: 2 hands on its ${channels} channels beside new ones: use more than ${channels}, or halves: yes.`;
    return [{ argument: 'out', message, right: String(2 * channels) }];
  }
  return [];
}

/** What splitFaults asks of the input: with stride 1 the output's channels, beside new ones fewer. */
export const splitReads = ({ stride, out, options }: Group): { least: number; most: number } => {
  if (stride === 1) return { least: out, most: out };
  return { least: 1, most: options['halves'] === 'yes' ? Number.POSITIVE_INFINITY : out - 1 };
};

/** Widths depend on one another, so that a search leaves them; see splitFaults. */
export const SPLIT_SEARCH = { out: false, btn: 'none', kernel: true, depth: true } as const;

export const shuffle: BlockDefinition = {
  name: 'shuffle',
  doc: 'ShuffleNetV2 block: half of the channels pass, half go through 1×1, k×k depthwise, 1×1, then all are shuffled',
  synonyms:
    'shufflenet shuffleblock shufflenetblock shufflenetv2 shufflev2block shufflenetv2block shuffleunit channelshuffle',
  required: [OUT, K, S],
  optional: [HALVES, ACT],
  example: 'stage C3 shuffle(out: 432, k: 5, s: 2) x 4',
  repeats: true,
  keepsChannels: false,
  narrows: false,
  grouped: [],
  search: SPLIT_SEARCH,
  reads: splitReads,
  usualBottlenecks: [],
  lower: (cell, g, place) => {
    const act = actOf(g);
    return splitAndShuffle(cell, g, place, (c, x, mid, out) => {
      const narrow = c.conv(x, { out: mid, kernel: 1, act });
      const window = c.depthwise(narrow, { kernel: g.kernel, stride: place.stride });
      return c.conv(window, { out, kernel: 1, act });
    });
  },
  faults: splitFaults,
};

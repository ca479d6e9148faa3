import type { Level } from '../../detector/builder.ts';
import type { Detector, Part } from '../../detector/detector.ts';
import type { DetectorNetwork } from '../../detector/lower.ts';
import { isYes, numberOf, wordOf } from '../../detector/part-arguments.ts';
import type { Dict, Value } from './values.ts';

/** A detector with its levels, as parts of a config read it. */
export interface Built {
  readonly detector: Detector;
  readonly network: DetectorNetwork;
}

/** Part of a config, or what mmdetection has not and what it has. */
export type Written =
  | { readonly ok: true; readonly value: Dict | undefined }
  | { readonly ok: false; readonly message: string };

export const wrote = (value: Dict | undefined): Written => ({ ok: true, value });
export const lacks = (message: string): Written => ({ ok: false, message });

export const strideOf = ({ shape }: Level): number => 2 ** shape.halvings;

/** Channels of the levels that heads read: all of them are equally wide. */
export const levelChannels = ({ network: { levels } }: Built): number => levels[0]?.shape.channels ?? 0;

const NORMS: Readonly<Record<string, Dict | null>> = {
  gn: { type: 'GN', num_groups: 32, requires_grad: true },
  bn: { type: 'BN', requires_grad: true },
  none: null,
};

/** The norm of a tower; `separate` is a head of its own. */
export const normOf = ({ values }: Part): Value => NORMS[wordOf(values, 'norm')] ?? null;

/** So many boxes for each position: of three ratios where that divides them, else squares of as many sizes. */
export function shapesOf(count: number): { readonly sizes: number; readonly ratios: readonly number[] } {
  const ratios = count % 3 === 0 ? [0.5, 1, 2] : [1];
  return { sizes: count / ratios.length, ratios };
}

/** What the neck is in mmdetection; no value without a neck. */
export function neckOf({ detector: { neck }, network }: Built): Written {
  if (neck === undefined || neck.kind === 'none') return wrote(undefined);
  const { values } = neck;
  const channels = network.read.map(({ shape }) => shape.channels);
  if (neck.kind === 'fpn' || neck.kind === 'pafpn') {
    const extra = wordOf(values, 'extra');
    return wrote({
      type: neck.kind.toUpperCase(),
      in_channels: channels,
      out_channels: numberOf(values, 'out'),
      start_level: 0,
      add_extra_convs: extra === 'pool' ? false : extra.replace('-', '_'),
      num_outs: network.levels.length,
    });
  }
  if (neck.kind === 'dilated') {
    const blocks = numberOf(values, 'blocks');
    return wrote({
      type: 'DilatedEncoder',
      in_channels: channels[0] ?? 0,
      out_channels: numberOf(values, 'out'),
      block_mid_channels: numberOf(values, 'mid'),
      num_residual_blocks: blocks,
      block_dilations: Array.from({ length: blocks }, (_, i) => 2 * (i + 1)),
    });
  }
  return lacks(`mmdetection has no neck ${neck.kind}. It has fpn, pafpn and dilated.`);
}

export const yes = (part: Part, name: string): boolean => isYes(part.values, name);

import { CHANNEL_STEP } from './grid.ts';
import type { Space, Widths } from './space.ts';

const upTo = (most: number): Widths => ({ least: CHANNEL_STEP, most, step: CHANNEL_STEP });

/**
 * The released searcher's constraints (docs/method.md 4). One of its spaces holds one block type, so types stay.
 * `spaces/tinynas.mae` says the same in the language, and a test holds them equal.
 */
const TINYNAS: Space = {
  name: 'tinynas',
  out: upTo(2048),
  btn: upTo(65_536),
  kernels: { own: true, of: [3, 5] },
  depth: { least: 1, most: 32 },
  blocks: { own: true, of: [] },
  growth: 4,
  monotone: true,
  squeeze: 10,
  expansion: 1,
  invertedExpansion: 6,
  kernelMargin: 1.5,
  firstDepth: 3,
  depthFromLayers: true,
  stem: { out: { most: 32 } },
  places: {},
  keep: [],
};

/**
 * Wide enough for MAE-DET-S/M/L: a stem of 80, 2400 channels, out = 5.7 in, out = 14.6 btn, 12 blocks in a group.
 * The coarse phase may also change the type of residual blocks. `spaces/paper.mae` says the same.
 */
const PAPER: Space = {
  ...TINYNAS,
  name: 'paper',
  out: upTo(4096),
  depth: { least: 1, most: 16 },
  blocks: { own: true, of: ['bottleneck', 'basic', 'k1kx'] },
  growth: 8,
  squeeze: 16,
  depthFromLayers: false,
  stem: { out: { most: 128 } },
};

/**
 * What trained networks vouch for (docs/evidence.md): as deep and stages as far apart as in the benchmarks where the score
 * predicts, bottlenecks no narrower than ResNet's, types as they are. `spaces/sound.mae` says the same.
 */
const SOUND: Space = {
  ...TINYNAS,
  name: 'sound',
  depth: { least: 1, most: 7 },
  growth: 2,
  squeeze: 4,
  firstDepth: 7,
  depthFromLayers: false,
  stem: { out: { most: 64 } },
};

/** In the order in which people are told of them: what one begins with comes first. */
export const PRESET_NAMES = ['sound', 'tinynas', 'paper'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

export const PRESETS: Readonly<Record<PresetName, Space>> = { sound: SOUND, tinynas: TINYNAS, paper: PAPER };

export const isPreset = (name: string): name is PresetName => Object.hasOwn(PRESETS, name);

/** Where a search does not say in which space it looks, and a space not what it is like. */
export const DEFAULT_SPACE = TINYNAS;

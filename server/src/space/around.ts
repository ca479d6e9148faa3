import type { Backbone } from '../backbone/backbone.ts';
import { groupChannels } from '../backbone/channels.ts';
import { outputSides, type Violation, violations } from './constraints.ts';
import { isRatio } from './moves.ts';
import { DEFAULT_SPACE } from './presets.ts';
import type { Space, Widths } from './space.ts';
import { stemOf } from './stem.ts';

/** A limit may stand in the way of another: each round widens what the one before left. */
const ROUNDS = 8;

/**
 * The default space, widened as far as a backbone needs it and no further: a search for a better one begins with this one
 * as it is. Nothing of its depths follows from a budget, which may be its own.
 */
export function spaceAround(backbone: Backbone, name: string): Space {
  let space: Space = { ...DEFAULT_SPACE, name, depthFromLayers: false };
  for (let round = 0; round < ROUNDS; round++) {
    const broken = violations(backbone, space);
    if (broken.length === 0) break;
    space = broken.reduce((wider, violation) => widened(wider, violation, backbone), space);
  }
  return space;
}

function widened(space: Space, { group: index, code, field, actual }: Violation, backbone: Backbone): Space {
  const group = backbone.groups[index];
  const number = Number(actual);
  if (group === undefined) return space;
  const stem = index < stemOf(backbone);
  const read = groupChannels(backbone)[index]?.in ?? group.out;
  switch (code) {
    case 'stem-too-wide':
    case 'too-wide':
      return withWidths(space, field, stem, ({ most }) => ({ most: Math.max(most, number) }));
    case 'too-narrow':
      return withWidths(space, field, stem, ({ least }) => ({ least: Math.min(least, number) }));
    case 'off-grid':
      return withWidths(space, field, stem, ({ step }) => ({ step: common(step, number) }));
    case 'grows-too-fast':
      return { ...space, growth: Math.max(space.growth, rounded(group.out / read)) };
    case 'shrinks':
      return { ...space, monotone: false };
    case 'bottleneck-too-narrow': {
      const narrow = withWidths(space, 'btn', stem, ({ least }) => ({ least: Math.min(least, number) }));
      return { ...narrow, squeeze: Math.max(space.squeeze, rounded(group.out / group.btn)) };
    }
    case 'bottleneck-too-wide': {
      const wide = withWidths(space, 'btn', stem, ({ most }) => ({ most: Math.max(most, number) }));
      const ratio = rounded(group.btn / group.out);
      return isRatio(group)
        ? { ...wide, invertedExpansion: Math.max(space.invertedExpansion, ratio) }
        : { ...wide, expansion: Math.max(space.expansion, ratio) };
    }
    case 'kernel-too-large': {
      const side = outputSides(backbone)[index] ?? 1;
      return { ...space, kernelMargin: Math.min(space.kernelMargin, Math.floor((100 * side) / number) / 100) };
    }
    case 'too-deep':
      return {
        ...space,
        firstDepth: index === stemOf(backbone) ? Math.max(space.firstDepth, number) : space.firstDepth,
        depth: { ...space.depth, most: Math.max(space.depth.most, number) },
      };
    case 'too-shallow':
      return { ...space, depth: { ...space.depth, least: Math.min(space.depth.least, number) } };
    default:
      // The default space offers every kernel and block that is there already.
      return space;
  }
}

/** Up, so that the written limit is none below the ratio itself. */
const rounded = (ratio: number): number => Math.ceil(100 * ratio) / 100;

/** The largest step that both lie on. */
const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b));

const STEM: Widths = { least: 8, most: 65_536, step: 8 };

function withWidths(
  space: Space,
  field: Violation['field'],
  stem: boolean,
  change: (widths: Widths) => Partial<Widths>,
): Space {
  if (field !== 'out' && field !== 'btn') return space;
  if (!stem) return { ...space, [field]: { ...space[field], ...change(space[field]) } };
  const own = { ...STEM, ...space.stem[field] };
  return { ...space, stem: { ...space.stem, [field]: { ...space.stem[field], ...change(own) } } };
}

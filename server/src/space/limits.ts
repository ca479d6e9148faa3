import { type Backbone, type BlockKind, stageName, stageNumbers } from '../backbone/backbone.ts';
import { CHANNEL_STEP } from './grid.ts';
import {
  CHANGEABLE,
  type Changeable,
  type Choices,
  type PlaceLimits,
  type Range,
  type Space,
  type Widths,
} from './space.ts';
import { stemOf } from './stem.ts';

/** The limits of one group. */
export interface GroupLimits {
  readonly out: Widths;
  readonly btn: Widths;
  readonly kernels: Choices<number>;
  readonly depth: Range;
  /** Whether the depth was written for this place, which takes the place of what follows from others. */
  readonly ownDepth: boolean;
  readonly blocks: Choices<BlockKind>;
  /** What stays as it is. */
  readonly kept: ReadonlySet<Changeable>;
  /** Whether the group belongs to the stem. */
  readonly stem: boolean;
}

/** How a group is called in a space. */
export interface GroupPlace {
  /** The name of its stage or node, and `stem` where it belongs to that. */
  readonly names: readonly string[];
  readonly stem: boolean;
}

export const STEM_PLACE = 'stem';

/** The places of all groups of a backbone. */
export function groupPlaces({ groups, wiring }: Pick<Backbone, 'groups' | 'wiring'>): GroupPlace[] {
  const length = stemOf({ groups, ...(wiring === undefined ? {} : { wiring }) });
  const stages = stageNumbers(groups);
  return groups.map((_, index) => {
    const stem = index < length;
    const own = wiring === undefined ? stageName(stages[index] ?? 1) : (wiring.nodes[index]?.name ?? '');
    return { names: [...(stem && own !== STEM_PLACE ? [STEM_PLACE] : []), ...(own === '' ? [] : [own])], stem };
  });
}

/** What `out` and `btn` of a space say does not bind its stem. */
const STEM_WIDTHS: Widths = { least: CHANNEL_STEP, most: 65_536, step: CHANNEL_STEP };

/** What a space says of a group at a place, the limits of the place over those of the whole. */
export function limitsAt(space: Space, { names, stem }: GroupPlace): GroupLimits {
  const whole = {
    out: stem ? STEM_WIDTHS : space.out,
    btn: stem ? STEM_WIDTHS : space.btn,
    kernels: space.kernels,
    depth: space.depth,
    ownDepth: false,
    blocks: space.blocks,
  };
  const own = [...(stem ? [space.stem] : []), ...names.flatMap((name) => space.places[name] ?? [])];
  const keep = space.keep.filter(({ place }) => names.includes(place));
  return {
    ...own.reduce(overlaid, whole),
    kept: new Set(keep.flatMap(({ field }) => (field === undefined ? CHANGEABLE : [field]))),
    stem,
  };
}

type Limits = Omit<GroupLimits, 'kept' | 'stem'>;

/** The limits of a place over those around it: of a range each end that is written counts. */
const overlaid = (around: Limits, { out, btn, kernels, depth, blocks }: PlaceLimits): Limits => ({
  out: { ...around.out, ...out },
  btn: { ...around.btn, ...btn },
  kernels: kernels ?? around.kernels,
  depth: { ...around.depth, ...depth },
  ownDepth: around.ownDepth || depth !== undefined,
  blocks: blocks ?? around.blocks,
});

/** The limits of every group of a backbone; those of a place are looked up once for all of its groups. */
export function limitsOf(backbone: Pick<Backbone, 'groups' | 'wiring'>, space: Space): (group: number) => GroupLimits {
  const known = new Map<string, GroupLimits>();
  const limits = groupPlaces(backbone).map((place) => {
    const key = `${place.stem} ${place.names.join(' ')}`;
    const found = known.get(key) ?? limitsAt(space, place);
    known.set(key, found);
    return found;
  });
  const elsewhere = limitsAt(space, { names: [], stem: false });
  return (group) => limits[group] ?? elsewhere;
}

export const limitsOfGroup = (
  backbone: Pick<Backbone, 'groups' | 'wiring'>,
  group: number,
  space: Space,
): GroupLimits => limitsOf(backbone, space)(group);

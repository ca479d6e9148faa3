import { DEFAULT_SPACE, isPreset, PRESETS } from '../space/presets.ts';
import type { PlaceLimits, Space } from '../space/space.ts';
import { byName } from './by-name.ts';
import type { LimitsSource, SpaceSource } from './read-space.ts';

const spacesOf = byName<SpaceSource>(({ name }) => name);

/** The space of a name: one of the file, or a preset. */
export function spaceNamed(name: string, spaces: readonly SpaceSource[]): Space | undefined {
  const [source] = spacesOf(spaces, name);
  if (source !== undefined) return spaceOf(source, spaces);
  return isPreset(name) ? PRESETS[name] : undefined;
}

/** What a space is like; undefined where it names nothing, or what is like itself in the end. */
export function basesOf(source: SpaceSource, spaces: readonly SpaceSource[]): readonly SpaceSource[] | 'cycle' {
  const bases: SpaceSource[] = [];
  for (let at: SpaceSource | undefined = source; at !== undefined; ) {
    const next: SpaceSource | undefined = likeOf(at, spaces);
    if (next === source || (next !== undefined && bases.includes(next))) return 'cycle';
    if (next !== undefined) bases.push(next);
    at = next;
  }
  return bases;
}

/** The space of the file that one is like. One that is like a preset of its own name is like the preset. */
const likeOf = ({ name, like }: SpaceSource, spaces: readonly SpaceSource[]): SpaceSource | undefined =>
  like === undefined || (like.name === name && isPreset(name)) ? undefined : spacesOf(spaces, like.name)[0];

/** A space with everything that it does not say itself: what it is like, or the default. Circles are like the default. */
export function spaceOf(source: SpaceSource, spaces: readonly SpaceSource[]): Space {
  const bases = basesOf(source, spaces);
  const chain = bases === 'cycle' ? [source] : [source, ...bases];
  const preset = bases === 'cycle' ? undefined : chain.at(-1)?.like?.name;
  const first = preset !== undefined && isPreset(preset) ? PRESETS[preset] : DEFAULT_SPACE;
  return chain.reduceRight((base, own) => over(base, own), first);
}

/** What a space says over what it is like. */
function over(base: Space, { name, limits, lines, places, keep }: SpaceSource): Space {
  const depth = { ...base.depth, ...limits.depth };
  const named = places.filter(({ place }) => place.name !== 'stem');
  const stem = places.find(({ place }) => place.name === 'stem');
  // A depth that is written takes the place of what followed from others.
  const free = lines.depth === undefined ? {} : { firstDepth: depth.most, depthFromLayers: false };
  return {
    ...base,
    ...free,
    ...limits,
    name,
    out: { ...base.out, ...limits.out },
    btn: { ...base.btn, ...limits.btn },
    depth,
    stem: together(base.stem, stem),
    places: {
      ...base.places,
      ...Object.fromEntries(named.map((own) => [own.place.name, together(base.places[own.place.name] ?? {}, own)])),
    },
    keep: [...base.keep, ...keep.map(({ kept }) => kept)],
  };
}

/** The limits of a place over those that it had: of a range each end that is written counts. */
function together(base: PlaceLimits, own: LimitsSource | undefined): PlaceLimits {
  if (own === undefined) return base;
  const { out, btn, depth, kernels, blocks } = own.limits;
  return {
    ...base,
    ...(out === undefined ? {} : { out: { ...base.out, ...out } }),
    ...(btn === undefined ? {} : { btn: { ...base.btn, ...btn } }),
    ...(depth === undefined ? {} : { depth: { ...base.depth, ...depth } }),
    ...(kernels === undefined ? {} : { kernels }),
    ...(blocks === undefined ? {} : { blocks }),
  };
}

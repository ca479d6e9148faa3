import {
  atTwice,
  type Capped,
  type Change,
  type ChangeEffect,
  type DepthBias,
  deepened,
  depthBias,
  effectOf,
  type Favourites,
  favourites,
  postponed,
  strided,
  underCaps,
  widened,
  wonWithoutTies,
} from './blind-spots.ts';
import { accelDesign, macroDesign } from './codes.ts';
import { evaluate, type SetResult } from './evaluate.ts';
import {
  type Band,
  bandsOf,
  type Liked,
  type Looks,
  likedOf,
  looksOfData,
  looksOfOptima,
  looksOfTrained,
} from './limits.ts';
import { type RobustEvidence, robustOf } from './robust.ts';
import type { EvidenceSet } from './sets.ts';

/** Everything that the page says in figures. */
export interface Evidence {
  readonly results: readonly SetResult[];
  readonly depth: readonly { readonly id: string; readonly bias: DepthBias }[];
  readonly changes: readonly { readonly words: string; readonly effect: ChangeEffect }[];
  readonly twice: readonly ReturnType<typeof atTwice>[];
  readonly favourites: readonly { readonly id: string; readonly ten: Favourites }[];
  readonly capped: readonly { readonly id: string; readonly under: readonly Capped[] }[];
  /** How the score does among the networks of each fifth of a set, by layers and by ρ. */
  readonly bands: readonly { readonly id: string; readonly layers: readonly Band[]; readonly rho: readonly Band[] }[];
  readonly liked: readonly { readonly id: string; readonly counts: readonly Liked[] }[];
  /** What networks look like: those of the data, published ones, and the best that a search finds in two spaces. */
  readonly looks: Readonly<Record<'data' | 'trained' | 'paper' | 'sound', readonly Looks[]>>;
  readonly robust: RobustEvidence;
  readonly untied: readonly { readonly layers: number; readonly score: number }[];
}

const CHANGES: readonly { readonly words: string; readonly change: Change }[] = [
  { words: 'a second doubling of the channels', change: widened(1) },
  { words: 'a third doubling of the channels', change: widened(2) },
  { words: 'one more group halves the resolution', change: strided },
  { words: 'a halving comes one group later', change: postponed },
  { words: 'one more group of two blocks', change: deepened },
];

/** Given all sets, those of inverted blocks first; without resamples there are no intervals. */
export async function evidenceOf(sets: readonly EvidenceSet[], times?: number): Promise<Evidence> {
  const inverted = sets.slice(0, 2);
  const tasks = sets.slice(2);
  return {
    results: sets.map((set) => evaluate(set, times)),
    depth: inverted.map((set) => ({ id: set.id, bias: depthBias(set) })),
    changes: CHANGES.map(({ words, change }) => ({ words, effect: effectOf(tasks, change) })),
    twice: [atTwice(macroDesign('11111111')), atTwice(accelDesign('6310452063306530652013201320'))],
    favourites: sets.map((set) => ({ id: set.id, ten: favourites(set) })),
    capped: inverted.map((set) => ({ id: set.id, under: [0.3, 0.5, 0.7].map((budget) => underCaps(set, budget)) })),
    bands: inverted.map((set) => ({ id: set.id, layers: bandsOf(set, 'layers'), rho: bandsOf(set, 'rho') })),
    liked: sets.map((set) => ({ id: set.id, counts: likedOf(set) })),
    looks: {
      data: looksOfData(sets),
      trained: looksOfTrained(),
      paper: await looksOfOptima('paper'),
      sound: await looksOfOptima('sound'),
    },
    robust: robustOf(sets),
    untied: inverted.map((set) => ({
      layers: wonWithoutTies(set, 'layers'),
      score: wonWithoutTies(set, 'multi-scale'),
    })),
  };
}

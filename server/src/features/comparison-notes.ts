import { together } from '../language/nearest.ts';
import type { ComparedDesign } from './comparison.ts';

/** What whoever reads scores side by side would be misled by without a word. */
export interface ComparisonNote {
  readonly code: 'inputs-differ' | 'deepmad-squeezed' | 'within-spread';
  /** The designs that it is about. No design is in two notes. */
  readonly designs: readonly string[];
  readonly message: string;
  /** Where the evidence is, as a path in the documentation. */
  readonly link: string;
}

const BLIND = 'docs/evidence.md#what-it-cannot-see';
const CAVEAT = 'docs/search.md#objectives';
const SPREAD = 'docs/method.md';

/** Standard deviations of a difference within which two measured scores may be the same. */
const DEVIATIONS = 2;

type Noted = Pick<ComparedDesign, 'name' | 'input' | 'score' | 'spread' | 'squeezed' | 'objective'>;

/** Few words on a comparison: scores that do not compare at all come first, and then nothing else is said of these designs. */
export function comparisonNotes(designs: readonly Noted[]): ComparisonNote[] {
  const names = designs.map(({ name }) => name);
  if (new Set(designs.map(({ input }) => `${input.height}x${input.width}`)).size > 1)
    return [
      {
        code: 'inputs-differ',
        designs: names,
        message: 'Scores of different inputs do not compare: by fan-in Z does not know of the size.',
        link: BLIND,
      },
    ];
  if (designs.some(({ objective }) => objective === 'deepmad') && new Set(designs.map((d) => d.squeezed)).size > 1)
    return [
      {
        code: 'deepmad-squeezed',
        designs: names,
        message: 'DeepMAD’s scores do not compare between designs with and without squeeze-and-excitation.',
        link: CAVEAT,
      },
    ];
  return alike(designs);
}

/** Groups of designs around a first one that a measurement could not tell from it. */
function alike(designs: readonly Noted[]): ComparisonNote[] {
  const taken = new Set<Noted>();
  return designs.flatMap((first): ComparisonNote[] => {
    if (taken.has(first)) return [];
    const same = designs.filter((other) => other !== first && !taken.has(other) && isAlike(first, other));
    if (same.length === 0) return [];
    for (const one of [first, ...same]) taken.add(one);
    const names = [first, ...same].map(({ name }) => name);
    return [
      {
        code: 'within-spread',
        designs: names,
        message: `Z of ${together(names)} is equal as far as a measurement could tell: what random weights scatter is more than the difference.`,
        link: SPREAD,
      },
    ];
  });
}

/** |ΔZ| within 2 standard deviations of the difference of two measurements. Copies of one design are no news. */
const isAlike = (a: Noted, b: Noted): boolean =>
  a.spread !== null &&
  b.spread !== null &&
  a.score.exact !== b.score.exact &&
  Math.abs(a.score.exact - b.score.exact) <= DEVIATIONS * Math.hypot(a.spread, b.spread);

/** What whoever reads scores side by side would be misled by without a word. */
export type ComparisonNoteCode = 'inputs-differ' | 'deepmad-squeezed' | 'within-spread';

/** What is to be known of a design for that. */
export interface NotedDesign {
  readonly input: { readonly height: number; readonly width: number };
  readonly score: { readonly exact: number };
  /** The most that its score scatters when it is measured, in nats; null where that is not known. */
  readonly spread: number | null;
  readonly squeezed: boolean;
  readonly objective: string;
}

/** A word on some of the designs that are compared. No design is in two. */
export interface NoteAbout<D> {
  readonly code: ComparisonNoteCode;
  readonly designs: readonly D[];
}

/** Standard deviations of a difference within which two measured scores may be the same. */
const DEVIATIONS = 2;

/** Few words on a comparison: scores that do not compare at all come first, and then nothing else is said of these designs. */
export function notesAbout<D extends NotedDesign>(designs: readonly D[]): NoteAbout<D>[] {
  if (new Set(designs.map(({ input }) => `${input.height}x${input.width}`)).size > 1)
    return [{ code: 'inputs-differ', designs }];
  if (designs.some(({ objective }) => objective === 'deepmad') && new Set(designs.map((d) => d.squeezed)).size > 1)
    return [{ code: 'deepmad-squeezed', designs }];
  return alike(designs);
}

/** Groups of designs around a first one that a measurement could not tell from it. */
function alike<D extends NotedDesign>(designs: readonly D[]): NoteAbout<D>[] {
  const taken = new Set<D>();
  return designs.flatMap((first): NoteAbout<D>[] => {
    if (taken.has(first)) return [];
    const same = designs.filter((other) => other !== first && !taken.has(other) && isAlike(first, other));
    if (same.length === 0) return [];
    for (const one of [first, ...same]) taken.add(one);
    return [{ code: 'within-spread', designs: [first, ...same] }];
  });
}

/** |ΔZ| within 2 standard deviations of the difference of two measurements. Copies of one design are no news. */
const isAlike = (a: NotedDesign, b: NotedDesign): boolean =>
  a.spread !== null &&
  b.spread !== null &&
  a.score.exact !== b.score.exact &&
  Math.abs(a.score.exact - b.score.exact) <= DEVIATIONS * Math.hypot(a.spread, b.spread);

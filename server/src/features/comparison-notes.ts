import { type ComparisonNoteCode, type NotedDesign, notesAbout } from '../../../common/comparison-notes.ts';
import { together } from '../language/nearest.ts';
import type { EvidenceNote } from './evidence-problems.ts';

/** A note in words, with where the evidence is. */
export interface ComparisonNote extends EvidenceNote {
  readonly code: ComparisonNoteCode;
  /** The designs that it is about. */
  readonly designs: readonly string[];
}

const WORDS: Readonly<
  Record<ComparisonNoteCode, { readonly message: (names: readonly string[]) => string; readonly link: string }>
> = {
  'inputs-differ': {
    message: () => 'Scores of different inputs do not compare: by fan-in Z does not know of the size.',
    link: 'docs/evidence.md#what-it-cannot-see',
  },
  'deepmad-squeezed': {
    message: () => 'DeepMAD’s scores do not compare between designs with and without squeeze-and-excitation.',
    link: 'docs/search.md#objectives',
  },
  'within-spread': {
    message: (names) =>
      `Z of ${together(names)} is equal as far as a measurement could tell: what random weights scatter is more than the difference.`,
    link: 'docs/method.md',
  },
};

export const comparisonNotes = (designs: readonly (NotedDesign & { readonly name: string })[]): ComparisonNote[] =>
  notesAbout(designs).map(({ code, designs: about }) => {
    const names = about.map(({ name }) => name);
    const { message, link } = WORDS[code];
    return { code, designs: names, message: message(names), link };
  });

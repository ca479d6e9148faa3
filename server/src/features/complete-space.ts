import { CompletionItemKind } from 'vscode-languageserver-types';
import { blockNamed } from '../backbone/blocks.ts';
import type { CursorContext } from '../language/cursor-context.ts';
import type { SpacePlace } from '../language/cursor-space.ts';
import {
  exchangeableBlocks,
  isSpaceWord,
  KEPT_FIELDS,
  OWN,
  PLACE_WORDS,
  SPACE_WORDS,
  spaceWord,
} from '../language/space-words.ts';
import { groupPlaces, STEM_PLACE } from '../space/limits.ts';
import { DEFAULT_SPACE, PRESET_NAMES } from '../space/presets.ts';
import { field, numberProposal, type Proposal } from './proposal.ts';
import type { Snapshot } from './snapshot.ts';

/** The lines that a space, or the limits of one of its places, does not have yet. */
export function spaceLineProposals(
  snapshot: Snapshot,
  { tokens }: CursorContext,
  { place, stepOf }: Extract<SpacePlace, { kind: 'space-line' }>,
): Proposal[] {
  const written = new Set(place === undefined ? tokens.map((t) => t.text) : []);
  const step = (stepOf === 'out' || stepOf === 'btn') && !tokens.at(-1)?.text.includes('step');
  const words = (place === undefined ? SPACE_WORDS : PLACE_WORDS).filter((word) => !written.has(word));
  const lines = words.map((label): Proposal => {
    const { doc, formula, example } = spaceWord(label);
    return {
      label,
      kind: CompletionItemKind.Property,
      insert: `${label} ${field(1, example.slice(label.length + 1))}`,
      doc: formula === undefined ? doc : `${doc}\n\n\`${formula}\``,
    };
  });
  const places = place === undefined ? placesOf(snapshot).filter((name) => !written.has(name)) : [];
  return [
    ...(step ? [{ label: 'step', kind: CompletionItemKind.Keyword, insert: `step ${field(1, 16)}` }] : []),
    ...lines,
    ...places.map((label) => ({
      label,
      kind: CompletionItemKind.EnumMember,
      insert: `${label} { ${field(1, 'out ..512')} }`,
      detail: 'limits of its own',
    })),
  ];
}

/** The stem, stages and nodes of the file's networks. */
const placesOf = ({ design }: Snapshot): string[] => [
  ...new Set([
    STEM_PLACE,
    ...design.backbones.flatMap(({ backbone }) =>
      backbone === undefined ? [] : groupPlaces(backbone).flatMap(({ names }) => names),
    ),
  ]),
];

/** What can stand in a line of a space. */
export function spaceValueProposals(
  snapshot: Snapshot,
  { line }: Extract<SpacePlace, { kind: 'space-value' }>,
): Proposal[] {
  if (!isSpaceWord(line)) return [];
  const word = spaceWord(line);
  const numbers = (labels: readonly string[]): Proposal[] => labels.map((label) => numberProposal(label));
  const words = (labels: readonly string[]): Proposal[] =>
    labels.map((label) => ({ label, kind: CompletionItemKind.EnumMember }));
  const own: Proposal = { label: OWN, kind: CompletionItemKind.EnumMember, detail: 'what a group has stays a choice' };
  switch (word.type) {
    case 'like':
      return spaceNameProposals(snapshot);
    case 'keep':
      return words(
        placesOf(snapshot).flatMap((name) => [name, ...Object.keys(KEPT_FIELDS).map((f) => `${name}.${f}`)]),
      );
    case 'range':
      return numbers(word.field === 'depth' ? ['1..8', '2..4'] : ['16..1024 step 16', '8..256 step 8']);
    case 'kernels':
      return [...numbers(['3', '5', '7']), own];
    case 'blocks':
      return [
        ...exchangeableBlocks().map((label) => {
          const doc = blockNamed(label)?.doc;
          return { label, kind: CompletionItemKind.Function, ...(doc === undefined ? {} : { doc }) };
        }),
        own,
      ];
    case 'number':
      return numbers([String(DEFAULT_SPACE[word.field])]);
    case 'flag':
      return words(['yes', 'no']);
  }
}

export const stepProposals = (): Proposal[] => ['8', '16', '32', '64'].map((label) => numberProposal(label));

/** The spaces of the file, then the presets. */
export function spaceNameProposals({ design }: Snapshot): Proposal[] {
  const own = design.spaces.map(({ name }) => name).filter((name) => name !== '');
  const names = [...new Set([...own, ...PRESET_NAMES])];
  return names.map((label) => ({
    label,
    kind: CompletionItemKind.EnumMember,
    ...(label === DEFAULT_SPACE.name
      ? { detail: 'the default' }
      : own.includes(label)
        ? { detail: 'of this file' }
        : {}),
  }));
}

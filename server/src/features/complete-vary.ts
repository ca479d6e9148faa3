import { CompletionItemKind } from 'vscode-languageserver-types';
import type { CursorContext } from '../language/cursor-context.ts';
import { partSources } from '../language/detector-source.ts';
import { numbersOf, valuesTried } from '../language/vary.ts';
import { SEARCH_WORDS } from '../language/word-docs.ts';
import { field, literal, type Proposal } from './proposal.ts';
import type { Snapshot, SnapshotDetector } from './snapshot.ts';

/** Numbers of the neck and heads of the detector that the search starts from, with the values that would be tried. */
export function varyProposals(snapshot: Snapshot, context: CursorContext): Proposal[] {
  const detector = startedAt(snapshot, context);
  if (detector === undefined) return [];
  const written = writtenUses(context);
  return partSources(detector.source).flatMap((source) => {
    const { definition, role } = source;
    if (definition === undefined) return [];
    // The neck may be named by its kind as well.
    const words = role === 'neck' ? ['neck', definition.name] : [definition.name];
    return numbersOf(definition)
      .filter(({ name }) => !words.some((word) => written.has(`${word}.${name}`)))
      .flatMap(({ name, doc }): Proposal[] => {
        const [word = definition.name] = words;
        const values = valuesTried(detector.source, { part: word, argument: name });
        // What cannot be lighter buys nothing.
        if (values.length < 2) return [];
        const label = `${word}.${name}`;
        return [{ label, kind: CompletionItemKind.Field, insert: literal(label), detail: values.join(', '), doc }];
      });
  });
}

/** The setting itself, where there is a neck or head to vary. */
export function varyLine(snapshot: Snapshot, context: CursorContext): Proposal[] {
  const [first] = varyProposals(snapshot, context);
  if (first === undefined) return [];
  return [
    {
      label: 'vary',
      kind: CompletionItemKind.Keyword,
      insert: `vary ${field(1, first.label)}`,
      doc: SEARCH_WORDS.vary.doc,
    },
  ];
}

/** The detector that the search around the cursor starts from. */
function startedAt({ detectors, design }: Snapshot, { tokens }: CursorContext): SnapshotDetector | undefined {
  const start = tokens.find((_, i) => tokens[i - 1]?.text === 'start')?.text;
  if (design.backbones.some(({ name }) => name === start)) return undefined;
  return detectors.find(({ source }) => source.name === start);
}

const writtenUses = ({ tokens }: CursorContext): ReadonlySet<string> =>
  new Set(tokens.flatMap(({ text }, i) => (text === '.' ? [`${tokens[i - 1]?.text}.${tokens[i + 1]?.text}`] : [])));

import { MarkupKind, type Position, type SignatureHelp } from 'vscode-languageserver-types';
import { contextAt, type Place } from '../language/cursor-context.ts';
import { blockNamed } from '../language/vocabulary.ts';
import { offsetAt, type Snapshot } from './snapshot.ts';

export const SIGNATURE_TRIGGERS: readonly string[] = ['(', ',', ':'];

/** Inside the parentheses of a block: what it takes, and which argument is being written. */
export function signatureHelp(snapshot: Snapshot, position: Position): SignatureHelp | undefined {
  const text = snapshot.document.getText();
  const { place, word } = contextAt(text, offsetAt(snapshot, position));
  if (!isInside(place)) return undefined;
  const { block } = place.group;
  const definition = block === undefined ? undefined : blockNamed(block);
  if (definition === undefined) return undefined;
  const { required, optional } = definition;
  const names = [...required, ...optional].map(({ name }) => name);
  const words = [...required.map(({ name }) => name), ...optional.map(({ name }) => `${name}?`)];
  let at = definition.name.length + 1;
  const parameters = [...required, ...optional].map(({ doc }, index) => {
    const start = at;
    const end = start + (words[index]?.length ?? 0);
    at = end + ', '.length;
    return { label: [start, end] satisfies [number, number], documentation: doc };
  });
  const documentation = { kind: MarkupKind.Markdown, value: definition.doc };
  const signature = { label: `${definition.name}(${words.join(', ')})`, documentation, parameters };
  const active = activeArgument(place, names, text.slice(word.start, word.end));
  const index = active === undefined ? parameters.length : names.indexOf(active);
  return { signatures: [{ ...signature, activeParameter: index }], activeSignature: 0, activeParameter: index };
}

type Inside = Extract<Place, { readonly group: unknown }>;

const isInside = (place: Place): place is Inside =>
  place.kind === 'argument' || place.kind === 'value' || place.kind === 'inside';

/** Arguments have names and stand in any order: the one that is written, or else the next that is missing. */
function activeArgument(place: Inside, names: readonly string[], word: string): string | undefined {
  const { given } = place.group;
  if (place.kind === 'value') return names.find((name) => name === place.argument);
  if (place.kind === 'inside') return names.find((name) => name === [...given.keys()].at(-1));
  return names.find((name) => name === word) ?? names.find((name) => !given.has(name) && name.startsWith(word));
}

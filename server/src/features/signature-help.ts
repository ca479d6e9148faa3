import { MarkupKind, type Position, type SignatureHelp } from 'vscode-languageserver-types';
import { partNamed } from '../detector/parts.ts';
import { contextAt, type Place } from '../language/cursor-context.ts';
import { blockNamed } from '../language/vocabulary.ts';
import { offsetAt, type Snapshot } from './snapshot.ts';

export const SIGNATURE_TRIGGERS: readonly string[] = ['(', ',', ':'];

/** What stands between parentheses, and what is typed there. */
interface Call {
  readonly name: string;
  readonly doc: string;
  readonly required: readonly Parameter[];
  readonly optional: readonly Parameter[];
  readonly given: ReadonlyMap<string, string>;
  /** The argument whose value is typed; undefined where its name is. */
  readonly valued: string | undefined;
  /** Between the words of the last argument. */
  readonly isInside: boolean;
}

interface Parameter {
  readonly name: string;
  readonly doc: string;
}

/** Inside the parentheses of a block, a neck or a head: what it takes, and which argument is being written. */
export function signatureHelp(snapshot: Snapshot, position: Position): SignatureHelp | undefined {
  const text = snapshot.document.getText();
  const { place, word } = contextAt(text, offsetAt(snapshot, position));
  const call = callAt(place);
  if (call === undefined) return undefined;
  const { name, doc, required, optional } = call;
  const all = [...required, ...optional];
  const words = [...required.map((own) => own.name), ...optional.map((own) => `${own.name}?`)];
  let at = name.length + 1;
  const parameters = all.map((own, index) => {
    const start = at;
    const end = start + (words[index]?.length ?? 0);
    at = end + ', '.length;
    return { label: [start, end] satisfies [number, number], documentation: own.doc };
  });
  const documentation = { kind: MarkupKind.Markdown, value: doc };
  const signature = { label: `${name}(${words.join(', ')})`, documentation, parameters };
  const names = all.map((own) => own.name);
  const active = activeArgument(call, names, text.slice(word.start, word.end));
  const index = active === undefined ? parameters.length : names.indexOf(active);
  return { signatures: [{ ...signature, activeParameter: index }], activeSignature: 0, activeParameter: index };
}

function callAt(place: Place): Call | undefined {
  switch (place.kind) {
    case 'argument':
    case 'value':
    case 'inside': {
      const { block, given } = place.group;
      const known = block === undefined ? undefined : blockNamed(block);
      const valued = place.kind === 'value' ? place.argument : undefined;
      return known && { ...known, given, valued, isInside: place.kind === 'inside' };
    }
    case 'part-argument':
    case 'part-value':
    case 'part-inside': {
      const { part, given } = place.cursor;
      const known = part === undefined ? undefined : partNamed(part);
      const valued = place.kind === 'part-value' ? place.argument : undefined;
      if (known === undefined) return undefined;
      const { name, doc, arguments: optional } = known;
      return { name, doc, required: [], optional, given, valued, isInside: place.kind === 'part-inside' };
    }
    default:
      return undefined;
  }
}

/** Arguments have names and stand in any order: the one that is written, or else the next that is missing. */
function activeArgument(call: Call, names: readonly string[], word: string): string | undefined {
  const { given, valued, isInside } = call;
  if (valued !== undefined) return names.find((name) => name === valued);
  if (isInside) return names.find((name) => name === [...given.keys()].at(-1));
  return names.find((name) => name === word) ?? names.find((name) => !given.has(name) && name.startsWith(word));
}

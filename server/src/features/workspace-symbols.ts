import type { SymbolInformation } from 'vscode-languageserver-types';
import type { Snapshot } from './snapshot.ts';
import { documentSymbols } from './symbols.ts';

/** More names than anybody reads; who looks for one types more of it. */
const MOST = 1000;

/** The backbones, budgets and searches of a text, each with where it is declared. */
export const declaredSymbols = (snapshot: Snapshot): SymbolInformation[] =>
  documentSymbols(snapshot).map(({ name, kind, detail, selectionRange }) => ({
    name,
    kind,
    ...(detail === undefined || detail === '' ? {} : { containerName: detail }),
    location: { uri: snapshot.document.uri, range: selectionRange },
  }));

/** Those whose names have the letters of the query in its order: editors rank them, and may be laxer than that. */
export function matchingSymbols(symbols: readonly SymbolInformation[], query: string): SymbolInformation[] {
  const wanted = [...query.toLowerCase()].filter((letter) => letter.trim() !== '');
  return symbols.filter(({ name }) => hasInOrder(name.toLowerCase(), wanted)).slice(0, MOST);
}

function hasInOrder(name: string, letters: readonly string[]): boolean {
  let from = 0;
  return letters.every((letter) => {
    const at = name.indexOf(letter, from);
    from = at + letter.length;
    return at >= 0;
  });
}

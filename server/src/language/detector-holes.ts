import type { LexerResult } from 'langium';
import { BACKBONE } from './soft-words.ts';
import { ENDS, kindOf, openingBrace, SIGNS } from './token-kind.ts';

type Token = LexerResult['tokens'][number];

/** What begins a line of a detector whatever stands before it. */
const LINES = [BACKBONE, 'input', 'within', 'classes', 'neck', 'head'];

/** Where something is missing in the detector that begins at an index: before which tokens. */
export function partsMissing(tokens: readonly Token[], from: number): number[] {
  const open = openingBrace(tokens, from);
  const missing: number[] = [];
  let index = open === undefined ? tokens.length : open + 1;
  while (!ENDS.includes(kindOf(tokens[index]))) {
    const kind = kindOf(tokens[index]);
    index = kind !== 'input' && (kind === 'ID' || LINES.includes(kind)) ? afterLine(tokens, index, missing) : index + 1;
  }
  return missing;
}

/** The index behind the line whose word stands at one; what is missing in it is added to `missing`. */
function afterLine(tokens: readonly Token[], word: number, missing: number[]): number {
  const kind = kindOf(tokens[word]);
  const index = word + (kind !== 'within' && SIGNS.includes(kindOf(tokens[word + 1])) ? 2 : 1);
  const value = kindOf(tokens[index]);
  if (kind === 'ID' && value === '(') return afterArguments(tokens, index, missing);
  const takes = kind === 'neck' || kind === 'head' ? ['ID'] : ['ID', 'QUANTITY'];
  // Of a word that means nothing here nobody knows that it goes on.
  const wanders = kind === 'ID' && value === 'ID' && tokens[index - 1]?.endLine !== tokens[index]?.startLine;
  if (!takes.includes(value) || wanders) {
    missing.push(index);
    return index;
  }
  const calls = kind === 'neck' || kind === 'head' || (kind === 'ID' && value === 'ID');
  return calls && kindOf(tokens[index + 1]) === '(' ? afterArguments(tokens, index + 1, missing) : index + 1;
}

/** The index behind the arguments of a part; a range of them may end too early. */
function afterArguments(tokens: readonly Token[], open: number, missing: number[]): number {
  for (let index = open + 1; ; index++) {
    const kind = kindOf(tokens[index]);
    if (kind === ')') return index + 1;
    if (LINES.includes(kind) || ENDS.includes(kind)) return index;
    if (kind === '..' && !['ID', 'QUANTITY'].includes(kindOf(tokens[index + 1]))) missing.push(index + 1);
  }
}

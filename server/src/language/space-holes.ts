import type { LexerResult } from 'langium';
import { kindOf, openingBrace, SIGNS } from './token-kind.ts';

type Token = LexerResult['tokens'][number];

const NAMES = ['ID', 'stem'];

/** Where values are missing in the space that begins at an index: before which tokens. */
export function limitsMissing(tokens: readonly Token[], from: number): number[] {
  const open = openingBrace(tokens, from);
  const missing: number[] = [];
  let index = open === undefined ? tokens.length : open + 1;
  for (let depth = 1; depth > 0 && index < tokens.length; ) {
    const kind = kindOf(tokens[index]);
    if (kind === '}') depth -= 1;
    if (!NAMES.includes(kind) && kind !== '}' && kind !== '{') return missing;
    if (kind === '{') depth += 1;
    index = NAMES.includes(kind) && kindOf(tokens[index + 1]) !== '{' ? afterLine(tokens, index, missing) : index + 1;
  }
  return missing;
}

/** The index behind the line of a space whose name stands at one; what is missing in it is added to `missing`. */
function afterLine(tokens: readonly Token[], name: number, missing: number[]): number {
  let index = name + 1;
  if (SIGNS.includes(kindOf(tokens[index]))) index += 1;
  for (;;) {
    index = afterValue(tokens, index, missing);
    if (kindOf(tokens[index]) !== ',') break;
    index += 1;
  }
  if (kindOf(tokens[index]) !== 'step') return index;
  if (kindOf(tokens[index + 1]) === 'QUANTITY') return index + 2;
  missing.push(index + 1);
  return index + 1;
}

/** The index behind the value that stands, or is missing, at one. */
function afterValue(tokens: readonly Token[], index: number, missing: number[]): number {
  const kind = kindOf(tokens[index]);
  if (kind === 'QUANTITY') {
    if (kindOf(tokens[index + 1]) !== '..') return index + 1;
    return kindOf(tokens[index + 2]) === 'QUANTITY' ? index + 3 : index + 2;
  }
  if (kind === '..') {
    if (kindOf(tokens[index + 1]) === 'QUANTITY') return index + 2;
    missing.push(index + 1);
    return index + 1;
  }
  if (!NAMES.includes(kind) || beginsLine(tokens, index)) {
    missing.push(index);
    return index;
  }
  // What should be a number is one for the reader to tell.
  if (kindOf(tokens[index + 1]) === '..') return kindOf(tokens[index + 2]) === 'QUANTITY' ? index + 3 : index + 2;
  if (kindOf(tokens[index + 1]) !== '.') return index + 1;
  if (kindOf(tokens[index + 2]) === 'ID' && isBeside(tokens, index + 2)) return index + 3;
  missing.push(index + 2);
  return index + 2;
}

const isBeside = (tokens: readonly Token[], index: number): boolean =>
  tokens[index - 1]?.endLine === tokens[index]?.startLine;

/** Whether a name on a line of its own is no value of the line before, but has one itself. */
function beginsLine(tokens: readonly Token[], index: number): boolean {
  if (isBeside(tokens, index)) return false;
  const next = kindOf(tokens[index + 1]);
  return next === '{' || next === 'QUANTITY' || next === '..' || (NAMES.includes(next) && isBeside(tokens, index + 1));
}

import type { LexerResult } from 'langium';
import { partsMissing } from './detector-holes.ts';
import { walkSearch } from './search-holes.ts';
import { limitsMissing } from './space-holes.ts';
import { DECLARATIONS, ENDS, kindOf, openingBrace, SIGNS } from './token-kind.ts';

type Token = LexerResult['tokens'][number];

/**
 * The tokens with a HOLE wherever a limit or a setting ends without its value, a stage or node without a block, what it reads
 * without a name, or a line of a detector without what it takes. Line ends mean nothing to the grammar, which would take the
 * next line's first word for the value that is not written yet; here the lines are looked at. A hole is no text: the parser leaves it out of the tree, and the reader finds what is missing.
 */
export function withHoles(tokens: Token[], hole: Token['tokenType']): Token[] {
  const at: number[] = [];
  let clause = '';
  let declaration = '';
  for (let index = 0; index < tokens.length; index++) {
    const kind = kindOf(tokens[index]);
    if (DECLARATIONS.includes(kind)) declaration = kind;
    if (CLAUSES.includes(kind) || STATEMENTS.includes(kind)) clause = kind;
    else if (kind === '(' && clause === 'entropy') clause = '';
    if (kind === 'budget') at.push(...amountsMissing(tokens, index));
    else if (kind === 'search') at.push(...walkSearch(tokens, index).missing);
    else if (kind === 'space') at.push(...limitsMissing(tokens, index));
    else if (kind === 'detector') at.push(...partsMissing(tokens, index));
    else if (declaration === 'space' || declaration === 'detector') continue;
    else if ((kind === 'stem' && !isName(tokens, index)) || kind === '+' || (kind === 'ID' && isNamed(tokens, index))) {
      if (isOver(kindOf(tokens[index + 1]))) at.push(index + 1);
    } else if (isEntropyOpen(kind, clause) && isOver(kindOf(tokens[index + 1]))) at.push(index + 1);
    else if (kind === 'stage' && kindOf(tokens[index + 1]) === '+') at.push(index + 1);
    else if (namesMissing(kind, clause) && END_NAMES.includes(kindOf(tokens[index + 1]))) at.push(index + 1);
  }
  if (at.length === 0) return tokens;
  let next = 0;
  return tokens.flatMap((token, index) => {
    if (index + 1 !== at[next]) return [token];
    next += 1;
    return [token, after(token, hole)];
  });
}

const CLAUSES = ['at', 'from', 'output'];
/** Words that begin something else; `stem` is the name of a node too. */
const STATEMENTS = ['input', 'entropy', 'within', 'stage', 'node', ...DECLARATIONS];
const END_NAMES = ['', '}', ...CLAUSES, ...STATEMENTS];

const isNamed = (tokens: readonly Token[], index: number): boolean =>
  ['stage', 'node'].includes(kindOf(tokens[index - 1]));

/** Whether `stem` is what a node reads or an output names. */
const isName = (tokens: readonly Token[], index: number): boolean =>
  ['from', 'at', 'as', ',', '(', ':', '='].includes(kindOf(tokens[index - 1]));

/** Whether a name must follow on a word or sign of a clause. */
const namesMissing = (kind: string, clause: string): boolean =>
  CLAUSES.includes(kind) ||
  (kind === ',' && (clause === 'from' || clause === 'output')) ||
  (kind === ':' && clause === 'output');

/** Whether a stage must follow on a word or sign of an entropy line. */
const isEntropyOpen = (kind: string, clause: string): boolean =>
  kind === 'entropy' || (kind === ',' && clause === 'entropy');

/** Whether no block can follow on a stem, a stage or a `+`. Signs in its place are a matter for the parser. */
const isOver = (kind: string): boolean => kind === '' || kind === '}' || (kind !== 'ID' && /^[a-z]+$/.test(kind));

/** Where amounts are missing in the budget that begins at an index: before which tokens. */
function amountsMissing(tokens: readonly Token[], from: number): number[] {
  const open = openingBrace(tokens, from);
  if (open === undefined) return [];
  const holes: number[] = [];
  let index = open + 1;
  for (;;) {
    const kind = kindOf(tokens[index]);
    if (kind === 'ID') {
      index += 1;
      if (SIGNS.includes(kindOf(tokens[index]))) index += 1;
      if (isAmount(tokens, index)) index += 1;
      else holes.push(index);
    } else if (kind === 'on' && kindOf(tokens[index + 1]) === 'ID') index += 2;
    else if (ENDS.includes(kind)) return holes;
    else index += 1;
  }
}

/** Whether a token can be the amount of the cost before it, or begins another limit. */
function isAmount(tokens: readonly Token[], index: number): boolean {
  const [before, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  const kind = kindOf(token);
  if (kind !== 'ID' || token === undefined) return kind === 'QUANTITY';
  if (kindOf(next) === 'QUANTITY' || SIGNS.includes(kindOf(next))) return false;
  return before?.endLine === token.startLine;
}

/** Behind a token; it ends before it begins, by which the parser knows that there is no text. */
function after(token: Token, hole: Token['tokenType']): Token {
  const start = token.startOffset + token.image.length;
  const column = token.endColumn ?? 0;
  return {
    ...token,
    image: '',
    startOffset: start,
    endOffset: start - 1,
    startLine: token.endLine ?? 0,
    startColumn: column + 1,
    endColumn: column,
    tokenType: hole,
    tokenTypeIdx: hole.tokenTypeIdx ?? 0,
  };
}

import type { LexerResult } from 'langium';
import { kindOf } from './token-kind.ts';

type Token = LexerResult['tokens'][number];
type LexerError = LexerResult['errors'][number];

/**
 * Names, numbers and signs that one line of a design, between two words of the language, may have. A tree is made anew for
 * each keystroke of the statement in which it falls: a list of a hundred thousand arguments would be felt, and means nothing.
 */
export const MOST_TOKENS = 10_000;

/** How such an error is told from the others of the lexer. */
export const TOO_LONG = `This has more than ${MOST_TOKENS.toLocaleString('en')} names, numbers and signs in a row: the rest of it is not read.`;

const BREAKS: readonly string[] = ['+', '{', '}'];

/** A word of the language; a name, a number and a hole are kinds in capitals. */
const isWord = (kind: string): boolean => kind >= 'a' && kind <= '{';

/** The tokens without what goes beyond the limit, and an error for each place that had more. */
export function withoutExcess(tokens: Token[]): { readonly tokens: Token[]; readonly errors: readonly LexerError[] } {
  if (tokens.length <= MOST_TOKENS) return { tokens, errors: [] };
  const kept: Token[] = [];
  const errors: LexerError[] = [];
  let run = 0;
  for (const token of tokens) {
    const kind = kindOf(token);
    run = BREAKS.includes(kind) || isWord(kind) ? 0 : run + 1;
    if (run <= MOST_TOKENS) kept.push(token);
    else if (run === MOST_TOKENS + 1) errors.push(beginning(token));
    else extend(errors, token);
  }
  return { tokens: kept, errors };
}

const beginning = ({ startOffset, image, startLine, startColumn }: Token): LexerError => ({
  offset: startOffset,
  length: image.length,
  line: startLine,
  column: startColumn,
  message: TOO_LONG,
});

function extend(errors: LexerError[], { startOffset, image }: Token): void {
  const last = errors.at(-1);
  if (last !== undefined) last.length = startOffset + image.length - last.offset;
}

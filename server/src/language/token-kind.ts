import type { LexerResult } from 'langium';

type Token = LexerResult['tokens'][number];

/** Signs that stand, rightly or not, between a name and its value. */
export const SIGNS: readonly string[] = ['>=', '<=', '≥', '≤', '>', '<', '=', ':'];

/** What begins a declaration. */
export const DECLARATIONS: readonly string[] = ['backbone', 'budget', 'search', 'space', 'detector'];

/** What ends a declaration that is not closed: nothing more, its brace, and another one. */
export const ENDS: readonly string[] = ['', '}', ...DECLARATIONS];

/** Where the brace stands that opens the declaration whose word is at an index, with a name or without. */
export const openingBrace = (tokens: readonly Token[], word: number): number | undefined =>
  [word + 1, word + 2].find((index) => kindOf(tokens[index]) === '{');

/** The name of a token's type; nothing behind the last one. */
export const kindOf = (token: Token | undefined): string => token?.tokenType.name ?? '';

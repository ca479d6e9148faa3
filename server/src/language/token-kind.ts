import type { LexerResult } from 'langium';

type Token = LexerResult['tokens'][number];

/** Signs that stand, rightly or not, between a name and its value. */
export const SIGNS: readonly string[] = ['>=', '<=', '≥', '≤', '>', '<', '=', ':'];

/** The name of a token's type; nothing behind the last one. */
export const kindOf = (token: Token | undefined): string => token?.tokenType.name ?? '';

import type { Span } from '../language/problem.ts';

/** What is wrong with a foreign text, where, and what would be right. */
export interface TextProblem {
  readonly message: string;
  readonly span: Span;
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly TextProblem[] };

export const failed = (message: string, start: number, end = start + 1): Outcome<never> => ({
  ok: false,
  problems: [{ message, span: { start, end } }],
});

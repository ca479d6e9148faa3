import type { Span } from './problem.ts';

/** A place of the text that names a declaration. */
export interface NameUse {
  readonly name: string;
  readonly span: Span;
}

export const nameUse = (name: string | undefined, span: Span): NameUse | undefined =>
  name === undefined ? undefined : { name, span };

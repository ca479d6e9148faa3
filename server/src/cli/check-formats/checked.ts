import type { Severity } from '../../language/problem.ts';

/** A place in a file, lines and columns counted from 1; the end is behind the last character. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One diagnostic of one file. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly start: Place;
  readonly end: Place;
}

/** A file with all that is wrong with it; of one that cannot be read that is the only finding. */
export interface CheckedFile {
  readonly file: string;
  readonly findings: readonly Finding[];
}

/** How diagnostics are written for whoever reads them. */
export interface CheckFormat {
  readonly name: string;
  readonly doc: string;
  /**
   * All of it, without a line end behind.
   *
   * @param most findings of one file that a person reads; programs get every one
   */
  readonly write: (files: readonly CheckedFile[], most: number) => string;
}

/** How many findings of a severity there are. */
export const countOf = (files: readonly CheckedFile[], severity: Severity): number =>
  files.reduce((sum, { findings }) => sum + findings.filter((one) => one.severity === severity).length, 0);

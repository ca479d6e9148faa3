import type { BackboneAnalysis } from '../analysis/analyse.ts';

/** A backbone that is compared, and where it comes from: a file, or BUILT_IN. */
export interface Entrant {
  readonly from: string;
  readonly analysis: BackboneAnalysis;
}

/** The published designs, which come with the program. */
export const BUILT_IN = 'built-in';

import type { Backbone } from '../backbone/backbone.ts';

/** The name of a neck or head in the registry; see parts.ts. */
export type PartKind = string;

/** Outputs of a backbone from a finer to a coarser one, both inclusive: `C3..C5`; of one alone both are the same. */
export interface LevelRange {
  readonly first: string;
  readonly last: string;
}

/** A neck or a head as the text has it: every argument with its value, those that are not written at their defaults. */
export interface Part {
  readonly kind: PartKind;
  readonly values: PartValues;
  /** What a neck reads; a head reads whatever the neck hands on. */
  readonly from?: LevelRange;
}

/** Numbers, and words of choices and flags (`yes`, `no`), by argument. */
export type PartValues = Readonly<Record<string, number | string>>;

/** A backbone with what is built on it (docs/method.md 5). */
export interface Detector {
  readonly name: string;
  /** With the detector's own input, where it has one. */
  readonly backbone: Backbone;
  readonly classes: number;
  /** Without one, heads read the backbone's outputs. */
  readonly neck: Part | undefined;
  readonly heads: readonly Part[];
}

/** What detectors of COCO tell apart. */
export const DEFAULT_CLASSES = 80;

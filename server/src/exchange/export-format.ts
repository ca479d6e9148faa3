import type { Backbone } from '../backbone/backbone.ts';
import type { Detector } from '../detector/detector.ts';

/** What goes out: a backbone, with the detector that it was asked for as part of. */
export interface ExportedDesign {
  readonly backbone: Backbone;
  readonly detector: Detector | undefined;
}

/** Whether an export carries numbers for its weights: `none` leaves them to whoever opens it. */
export const WEIGHTS = ['none', 'random'] as const;
export type Weights = (typeof WEIGHTS)[number];

export interface ExportOptions {
  readonly weights: Weights;
  readonly seed: number;
  /** The file that the export is written to, without its folder: what it calls other files it has from this. */
  readonly file: string;
}

/** The bytes of a large file, piece by piece, so that they never lie in one place. */
export type Content = string | Iterable<Uint8Array>;

/** A file that belongs to an export beside the one that was asked for. */
export interface BesideFile {
  /** Its name, to be written into the same folder. */
  readonly file: string;
  readonly content: Content;
}

export type ExportOutcome =
  | { readonly ok: true; readonly content: Content; readonly beside?: readonly BesideFile[] }
  /** `group` is the index of the group that the format has nothing for. */
  | { readonly ok: false; readonly message: string; readonly group?: number };

/** A format that designs are written in: one file each in formats/, and a line in formats.ts. */
export interface ExportFormat {
  /** What `--to` names it by. */
  readonly name: string;
  /** How people know it, as in a menu. */
  readonly title: string;
  /** What one gets, in a sentence. */
  readonly doc: string;
  /** With its dot. */
  readonly extension: string;
  readonly takes: 'backbone' | 'backbone or detector';
  /** Whether `--weights` and `--seed` mean something to it. */
  readonly hasWeights: boolean;
  export(design: ExportedDesign, options: ExportOptions): ExportOutcome;
}

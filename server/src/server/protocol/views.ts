import type { ComparedCost, ComparedDesign, ComparedErrors, ComparedObjective } from '../../features/comparison.ts';
import type { LineHint } from '../../features/line-hints.ts';
import type { NumbersBackbone } from '../../features/numbers-table.ts';
import type { PictureBackbone } from '../../features/picture.ts';
import { ourNotification, ourRequest } from './message.ts';

export type {
  ComparedCost,
  ComparedDesign,
  ComparedErrors,
  ComparedObjective,
  ComparedStage,
} from '../../features/comparison.ts';
export type { HintCell, LineHint } from '../../features/line-hints.ts';
export type {
  NumbersBackbone,
  NumbersEntropy,
  NumbersGroup,
  NumbersPart,
  NumbersShape,
  NumbersStage,
} from '../../features/numbers-table.ts';
export type { PictureBackbone, PictureGroup } from '../../features/picture.ts';

export interface PictureParams {
  readonly uri: string;
  /** A design that stands in no file, as a search's best; the settings are those of `uri`. */
  readonly text?: string;
}

/** Null when the file is not open. */
export type PictureAnswer = {
  /** The client draws only what belongs to the text that it shows. */
  readonly version: number;
  readonly backbones: readonly PictureBackbone[];
} | null;

/** client → server. What the architecture picture draws; asked again after every change of the text. */
export const PICTURE_REQUEST = ourRequest<PictureParams, PictureAnswer>('mae/picture');

export interface NumbersParams {
  readonly uri: string;
  /** Another text than that of the open document: the file as it was saved. */
  readonly text?: string;
}

/** Null when the file is not open. */
export type NumbersAnswer = {
  /** The client shows only what belongs to the text that it shows. */
  readonly version: number;
  readonly backbones: readonly NumbersBackbone[];
} | null;

/** client → server. Every number of a text, a row for each group; asked again after every change of the text. */
export const NUMBERS_REQUEST = ourRequest<NumbersParams, NumbersAnswer>('mae/numbers');

export interface LineHintsParams {
  readonly uri: string;
}

/** Null when the file is not open. */
export type LineHintsAnswer = {
  /** The client shows only what belongs to the text that it has. */
  readonly version: number;
  readonly hints: readonly LineHint[];
  /** False while the text is broken: a line without a hint may be one that cannot be read at the moment. */
  readonly complete: boolean;
} | null;

/**
 * client → server. The numbers behind the lines of a document, from a client that draws them itself (`drawsHints`): asked
 * after every change of the text. An inlay hint is part of its line: the caret comes to stand behind it, and it scrolls away.
 */
export const LINE_HINTS_REQUEST = ourRequest<LineHintsParams, LineHintsAnswer>('mae/lineHints');

/** server → client, without parameters. The answers are others now though no text has changed: a file was opened, a setting. */
export const LINE_HINTS_CHANGED = ourNotification<void>('mae/lineHintsChanged');

export interface CompareParams {
  /** In the order of the answer. The settings of the first hold for all. */
  readonly files: readonly ComparedText[];
  /** HEIGHTxWIDTH of the images of all, as a person typed it; left out, each is compared at its own. */
  readonly at?: string;
}

/** A text to compare. The client reads files, on whatever machine or file system they are. */
export interface ComparedText {
  readonly uri: string;
  /** Left out for a document that is open: the server has it. */
  readonly text?: string;
}

/** What stands in a text; nothing where it is neither open nor given. */
export interface ComparedFile {
  readonly uri: string;
  readonly designs: readonly ComparedDesign[];
  readonly errors?: ComparedErrors;
}

export interface CompareAnswer {
  /** The closed form of the entropies that the settings ask for. */
  readonly estimator: 'fanIn' | 'exact';
  /** What a design has: costs, and scores beside the multi-scale one. */
  readonly costs: readonly ComparedCost[];
  readonly objectives: readonly ComparedObjective[];
  readonly files: readonly ComparedFile[];
  readonly published: readonly ComparedDesign[];
  /** Whether words on where scores are not to be trusted are wanted. */
  readonly evidence: boolean;
  /** Why `at` is no size; each design is then at its own. */
  readonly atProblem?: string;
}

/** client → server. What the comparison can show; asked again after every change of a text. */
export const COMPARE_REQUEST = ourRequest<CompareParams, CompareAnswer>('mae/compare');

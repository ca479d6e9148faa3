import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { Unit } from '../../../common/numbers.ts';
import type { ModelTable } from '../exchange/onnx/table.ts';
import type { ComparedCost, ComparedDesign, ComparedErrors, ComparedObjective } from '../features/comparison.ts';
import type { LineHint } from '../features/line-hints.ts';
import type { NumbersBackbone } from '../features/numbers-table.ts';
import type { PictureBackbone } from '../features/picture.ts';

export type { ModelLayer, ModelTable } from '../exchange/onnx/table.ts';
export type {
  ComparedCost,
  ComparedDesign,
  ComparedErrors,
  ComparedObjective,
  ComparedStage,
} from '../features/comparison.ts';
export type { HintCell, LineHint } from '../features/line-hints.ts';
export type {
  NumbersBackbone,
  NumbersEntropy,
  NumbersGroup,
  NumbersPart,
  NumbersShape,
  NumbersStage,
} from '../features/numbers-table.ts';
export type { PictureBackbone, PictureGroup } from '../features/picture.ts';
export { profileFile } from '../latency/profile.ts';

/**
 * Every message between client and server beside the Language Server Protocol itself. Clients that know none of them
 * still get everything by `workspace/executeCommand`, work-done progress and `workspace/applyEdit`.
 *
 * Methods are plain names: client and server depend on different releases of the JSON-RPC library, whose message
 * classes do not mix.
 */

/** What a search can be run on: a search block, or a backbone or detector that is held to a budget. */
export type SearchTargetKind = 'search' | 'backbone' | 'detector';

export const isSearchTargetKind = (value: unknown): value is SearchTargetKind =>
  value === 'search' || value === 'backbone' || value === 'detector';

export interface SearchTarget {
  readonly kind: SearchTargetKind;
  /** Number of the search block in the file, or the name. */
  readonly id: string;
  /** What a person reads when there is a choice. */
  readonly label: string;
  readonly detail: string;
}

/** client → server. The palette command asks what it can run on, to pick or to ask the user. */
export const SEARCH_TARGETS_REQUEST = 'mae/searchTargets';
export interface SearchTargetsParams {
  readonly uri: string;
}
export type SearchTargetsAnswer = readonly SearchTarget[];

/** client → server. Asked where there is no target: why, and what could be written so that there is one. */
export const SEARCH_ADVICE_REQUEST = 'mae/searchAdvice';

/** Null when the file is not open. */
export type SearchAdviceAnswer = {
  readonly version: number;
  readonly reason: 'error' | 'no-backbone' | 'no-budget' | 'no-search';
  /** The first error of the text, when that is the reason. */
  readonly error?: { readonly message: string; readonly range: Range };
  /** Searches that could be written, each of a backbone within a budget, which is written too where there is none. */
  readonly offers: readonly {
    readonly backbone: string;
    readonly budget: string;
    readonly edits: readonly TextEdit[];
  }[];
} | null;

export interface SearchParams {
  readonly uri: string;
  /** The version the user saw: the answer's edits belong to it. */
  readonly version: number;
  readonly target: Pick<SearchTarget, 'kind' | 'id'>;
  /** Keep the front of score against these costs too. The search then spreads out, and its best may be another one. */
  readonly pareto?: readonly string[];
  /** Instead of the seed in the text: the person saw its answer already and wants another one. */
  readonly seed?: number;
  /** Whatever the text says of it: the search ends in a proof where it can. */
  readonly prove?: boolean;
  /** Names this run in progress notifications. */
  readonly run: string;
}

/** Every cost of a design by its name in budgets: multiply–accumulates, parameters, layers, bytes. */
export type CostNumbers = Readonly<Record<string, number>>;

/** A design that a search met. */
export interface SearchDesign {
  /** The server keeps the design under it for DESIGN_EDIT_REQUEST. The same design has the same id, whoever met it. */
  readonly id: string;
  readonly score: number;
  readonly costs: CostNumbers;
  /** The backbone as canonical text: to read, to copy and to remember. */
  readonly text: string;
}

/** What a run is about. */
export interface SearchStartedParams {
  readonly run: string;
  readonly name: string;
  /** Name of the backbone that is searched from, and of the budget; empty without one. */
  readonly backbone: string;
  readonly budget: string;
  readonly limits: readonly { readonly cost: string; readonly amount: number }[];
  /** The cost that is minimised, and the score to hold; without it the score is maximised. */
  readonly goal?: { readonly cost: string; readonly score: number };
  /** Every setting that the answer depends on, the seed among them, in reading order. */
  readonly settings: Readonly<Record<string, string | number>>;
  readonly start: SearchDesign;
  /** What each cost of its designs is counted in. */
  readonly units: Readonly<Record<string, Unit>>;
  /** The unit of the scores; empty where they have none. */
  readonly scoreUnit: string;
}

/** server → client. Once for each run, before its first progress: the dashboard shows and remembers it. */
export const SEARCH_STARTED = 'mae/searchStarted';

/** How far a search is: what its progress and its result have in common. */
export interface SearchNumbers {
  readonly evaluations: number;
  readonly seconds: number;
  readonly evaluationsPerSecond: number;
  readonly score: number;
  /** No design scores higher, or costs less when a cost is minimised; absent while nobody knows. */
  readonly bound?: number;
  /** 1 − score / bound, or 1 − bound / cost */
  readonly gap?: number;
  /** No design of the space within the budget is better; absent where that is not known. */
  readonly proven?: boolean;
  /** Score per unit of each cost of the budget, or how much of the minimised cost a unit more saves; absent where not known. */
  readonly prices?: CostNumbers;
  readonly best: SearchDesign;
}

/** One line for people, and the numbers behind it. */
export interface SearchProgressParams extends SearchNumbers {
  readonly run: string;
  readonly message: string;
  /** 0 … 1 */
  readonly fraction: number;
  /** Scores, or the cost that is minimised. */
  readonly population: { readonly median: number; readonly worst: number };
}

/** How a search ended. */
export interface SearchSummary extends SearchNumbers {
  /** Designs that nothing beats in both score and cost; empty when the search kept no front. */
  readonly front: readonly SearchDesign[];
}

export interface SearchControlParams {
  readonly run: string;
  readonly action: 'pause' | 'resume';
}

/** client → server. Holds a search between two epochs, or lets it go on. False when no such search runs. */
export const SEARCH_CONTROL_REQUEST = 'mae/searchControl';

export type SearchAnswer =
  | {
      readonly kind: 'found';
      readonly version: number;
      /** Against the text of `version`; empty when the design was already the best. */
      readonly edits: readonly TextEdit[];
      /** What was gained, in one sentence. */
      readonly message: string;
      /** Its best design is the improved backbone, to copy, compare or apply when the file has moved on. */
      readonly summary: SearchSummary;
    }
  /** What the search knew at the moment it was stopped, if anything; nothing of it is written. */
  | { readonly kind: 'cancelled'; readonly summary?: SearchSummary }
  /** `range` where the text can be mended, in the version that was searched. */
  | { readonly kind: 'failed'; readonly message: string; readonly range?: Range };

/** client → server. Runs a search; cancelled by cancelling the request. Changes nothing itself: the client applies the edits. */
export const SEARCH_REQUEST = 'mae/search';

export interface FrontierParams {
  readonly uri: string;
  readonly target: Pick<SearchTarget, 'kind' | 'id'>;
  /** The cost that is limited, and the least and the largest limit. */
  readonly cost: string;
  readonly from: number;
  readonly to: number;
}

/** The best score over the limit of one cost, all others kept; `knee` is the number of a point. */
export interface ScoreFrontier {
  readonly cost: string;
  readonly points: readonly {
    readonly limit: number;
    /** Absent where no design is within the limit. */
    readonly score?: number;
    readonly bound?: number;
    readonly proven: boolean;
  }[];
  readonly knee?: number;
}

export type FrontierAnswer =
  | ({ readonly kind: 'found' } & ScoreFrontier)
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };

/** client → server. Searches a target at limits that are a factor apart, for the dashboard; cancelled by cancelling the request. */
export const FRONTIER_REQUEST = 'mae/frontier';

export interface DesignEditParams {
  readonly uri: string;
  /** Of a SearchDesign. */
  readonly id: string;
  /** Its text, for a server that answered `unknown`: it was started after the design was found. */
  readonly text?: string;
}

export type DesignEditAnswer =
  | {
      readonly kind: 'edit';
      readonly version: number;
      readonly edits: readonly TextEdit[];
      /** The whole text with the edits, to compare with. */
      readonly text: string;
    }
  /** The backbone is no longer in the file, or the file is not open. */
  | { readonly kind: 'gone' }
  /** The server does not have the design. */
  | { readonly kind: 'unknown' };

/** client → server. What would a found design change in the text as it is now? The client applies the edits. */
export const DESIGN_EDIT_REQUEST = 'mae/designEdit';

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
export const PICTURE_REQUEST = 'mae/picture';

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
export const NUMBERS_REQUEST = 'mae/numbers';

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
export const LINE_HINTS_REQUEST = 'mae/lineHints';

/** server → client, without parameters. The answers are others now though no text has changed: a file was opened, a setting. */
export const LINE_HINTS_CHANGED = 'mae/lineHintsChanged';

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
  /** Why `at` is no size; each design is then at its own. */
  readonly atProblem?: string;
}

/** client → server. What the comparison can show; asked again after every change of a text. */
export const COMPARE_REQUEST = 'mae/compare';

export interface ExportChoicesParams {
  readonly uri: string;
}

/** What a file has that can be written in another format, and those formats. Null when the file is not open. */
export type ExportChoicesAnswer = {
  readonly version: number;
  readonly designs: readonly { readonly kind: 'backbone' | 'detector'; readonly name: string }[];
  readonly formats: readonly {
    readonly name: string;
    readonly title: string;
    readonly doc: string;
    /** With its dot. */
    readonly extension: string;
    readonly takesDetectors: boolean;
    readonly hasWeights: boolean;
  }[];
} | null;

/** client → server. What *Export* offers. */
export const EXPORT_CHOICES_REQUEST = 'mae/exportChoices';

export interface ExportParams {
  readonly uri: string;
  readonly kind: 'backbone' | 'detector';
  readonly name: string;
  readonly format: string;
  readonly weights: 'none' | 'random';
  /** The file to write, which the person chose. Others may belong to it. */
  readonly path: string;
  /** The person wants what stands there written over. */
  readonly replace: boolean;
}

export type ExportAnswer =
  | { readonly kind: 'written'; readonly paths: readonly string[] }
  /** Nothing was written, because these are there already. */
  | { readonly kind: 'taken'; readonly paths: readonly string[] }
  /** `range` where the format has nothing for what stands there. */
  | { readonly kind: 'failed'; readonly message: string; readonly range?: Range };

/** client → server. Writes a design in another format: models are too large to send. */
export const EXPORT_REQUEST = 'mae/export';

/** What is asked about a model: a file on the disk, because weights are stepped over and never sent. */
export interface ModelParams {
  readonly uri: string;
  /** HEIGHTxWIDTH of its images, as a person typed it; left out, what the file says, or the usual size. */
  readonly size?: string;
}

/** Why a model cannot be read, in a sentence, and at which byte that was seen. */
export interface ModelFault {
  readonly message: string;
  readonly offset?: number;
}

export type InspectModelAnswer =
  | {
      readonly kind: 'model';
      readonly model: ModelTable;
      /** Why `size` is none; the model is then as it is without. */
      readonly sizeProblem?: string;
    }
  | ({ readonly kind: 'fault' } & ModelFault);

/** client → server. What an ONNX model costs, layer by layer; cancelled by cancelling the request. */
export const INSPECT_MODEL_REQUEST = 'mae/inspectModel';

export interface ImportModelParams extends ModelParams {
  /** With a budget of its own costs, a space around it, and a search for a better one. */
  readonly search?: boolean;
}

export type ImportModelAnswer =
  | {
      readonly kind: 'design';
      /** A whole file. */
      readonly mae: string;
      /** Whether it has the same convolutions in the same order with the same shapes; otherwise what is different. */
      readonly exact: boolean;
      readonly differences: readonly string[];
    }
  /** It is no network of the language, as far as is known here. */
  | { readonly kind: 'none'; readonly why: string }
  | ({ readonly kind: 'fault' } & ModelFault);

/** client → server. The text that an ONNX model would be; the client opens it as a new file. */
export const IMPORT_MODEL_REQUEST = 'mae/importModel';

/** server → client. At most five a second while a search runs, for the progress notification. */
export const SEARCH_PROGRESS = 'mae/searchProgress';

export interface StatusParams {
  readonly health: 'ok' | 'busy' | 'warning';
  readonly message: string;
  /** The cause and the next step, where something does not work. */
  readonly detail?: string;
  /** Whether CANCEL_MEASURE_COMMAND ends what is running. */
  readonly cancel?: boolean;
}

/** server → client. What the status item shows: sent when it changes. */
export const STATUS = 'mae/status';

/** What a client tells about itself when the server starts. */
export interface InitializationOptions {
  /** The command that lenses run; other clients leave it out and get RUN_SEARCH_COMMAND, which the server executes. */
  readonly runSearchCommand?: string;
  /** The command that opens an entry of the glossary; other clients leave it out and get links to its file. */
  readonly glossaryCommand?: string;
  /** The command that makes a profile of this machine; only a client that can run the program has one. Takes {uri, device}. */
  readonly makeProfileCommand?: string;
  /** The client draws the numbers at the lines itself, by LINE_HINTS_REQUEST, and wants no inlay hints. */
  readonly drawsHints?: boolean;
  /** Folders in which the CUDA package may be installed, beside the one of the settings. */
  readonly cudaFolders?: readonly string[];
  /** Whether the workspace's own folders may be searched for the CUDA package too, whose code is then run. */
  readonly workspaceTrusted?: boolean;
  /** Settings for clients without `workspace/configuration`. */
  readonly settings?: unknown;
}

/** client → server, without parameters. The person trusts the workspace from now on: see `workspaceTrusted`. */
export const WORKSPACE_TRUSTED = 'mae/workspaceTrusted';

/** Executed by the server, for every editor: runs a search and writes the design back by `workspace/applyEdit`. */
export const RUN_SEARCH_COMMAND = 'mae.runSearch';

/** Executed by the server: measures a backbone, or all of a file, now. Takes {uri, backbone?}. */
export const MEASURE_COMMAND = 'mae.measure';

/** Executed by the server: ends the measurements that run. */
export const CANCEL_MEASURE_COMMAND = 'mae.cancelMeasurement';

export interface DoctorAnswer {
  /** For the log: one paragraph per backend with device, versions, speed, cause and next step. */
  readonly text: string;
}

/** client → server. Opens, proves and times every measuring backend: what the Doctor command shows. */
export const DOCTOR_REQUEST = 'mae/doctor';

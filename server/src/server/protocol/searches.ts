import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { Unit } from '../../../../common/numbers.ts';
import type { SearchDesign, SearchNumbers } from '../../features/search-numbers.ts';
import { ourNotification, ourRequest } from './message.ts';

export type { CostNumbers, SearchDesign, SearchNumbers } from '../../features/search-numbers.ts';

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
export const SEARCH_TARGETS_REQUEST = ourRequest<SearchTargetsParams, SearchTargetsAnswer>('mae/searchTargets');
export interface SearchTargetsParams {
  readonly uri: string;
}
export type SearchTargetsAnswer = readonly SearchTarget[];

/** client → server. Asked where there is no target: why, and what could be written so that there is one. */
export const SEARCH_ADVICE_REQUEST = ourRequest<SearchTargetsParams, SearchAdviceAnswer>('mae/searchAdvice');

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
  /** The design in the text is judged by itself: nothing evolves, and the proof says whether there is a better one. */
  readonly check?: boolean;
  /** Names this run in progress notifications. */
  readonly run: string;
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
export const SEARCH_STARTED = ourNotification<SearchStartedParams>('mae/searchStarted');

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
export const SEARCH_CONTROL_REQUEST = ourRequest<SearchControlParams, boolean>('mae/searchControl');

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
export const SEARCH_REQUEST = ourRequest<SearchParams, SearchAnswer>('mae/search');

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
export const FRONTIER_REQUEST = ourRequest<FrontierParams, FrontierAnswer>('mae/frontier');

/** server → client. At most five a second while a search runs, for the progress notification. */
export const SEARCH_PROGRESS = ourNotification<SearchProgressParams>('mae/searchProgress');

/** Executed by the server, for every editor: runs a search and writes the design back by `workspace/applyEdit`. */
export const RUN_SEARCH_COMMAND = 'mae.runSearch';

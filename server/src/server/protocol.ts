import type { TextEdit } from 'vscode-languageserver-types';

/**
 * Every message between client and server beside the Language Server Protocol itself. Clients that know none of them
 * still get everything by `workspace/executeCommand`, work-done progress and `workspace/applyEdit`.
 *
 * Methods are plain names: client and server depend on different releases of the JSON-RPC library, whose message
 * classes do not mix.
 */

/** What a search can be run on: a search block, or a backbone that is held to a budget. */
export interface SearchTarget {
  readonly kind: 'search' | 'backbone';
  /** Number of the search block in the file, or the backbone's name. */
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

export interface SearchParams {
  readonly uri: string;
  /** The version the user saw: the answer's edits belong to it. */
  readonly version: number;
  readonly target: Pick<SearchTarget, 'kind' | 'id'>;
  /** Names this run in progress notifications. */
  readonly run: string;
}

/** One line for people, and the numbers behind it. */
export interface SearchProgressParams {
  readonly run: string;
  readonly message: string;
  /** 0 … 1 */
  readonly fraction: number;
  readonly score: number;
  readonly evaluations: number;
}

export type SearchAnswer =
  | {
      readonly kind: 'found';
      readonly version: number;
      /** Against the text of `version`; empty when the design was already the best. */
      readonly edits: readonly TextEdit[];
      /** What was gained, in one sentence. */
      readonly message: string;
      /** The improved backbone as text, to copy or compare when the file has moved on. */
      readonly backboneText: string;
      readonly score: number;
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };

/** client → server. Runs a search; cancelled by cancelling the request. Changes nothing itself: the client applies the edits. */
export const SEARCH_REQUEST = 'mae/search';

export interface RebaseParams {
  readonly uri: string;
  /** A found design, as SearchAnswer.backboneText has it. */
  readonly backboneText: string;
}

/** Null when the backbone is no longer in the file. */
export type RebaseAnswer = {
  readonly version: number;
  readonly edits: readonly TextEdit[];
  /** The whole text with the edits, to compare with. */
  readonly text: string;
} | null;

/** client → server. The text moved on while a search ran: what would its design change in the text as it is now? */
export const REBASE_REQUEST = 'mae/rebase';

/** server → client. At most five a second while a search runs, for the progress notification. */
export const SEARCH_PROGRESS = 'mae/searchProgress';

export interface StatusParams {
  readonly health: 'ok' | 'busy' | 'warning';
  readonly message: string;
}

/** server → client. What the status item shows: sent when it changes. */
export const STATUS = 'mae/status';

/** What a client tells about itself when the server starts. */
export interface InitializationOptions {
  /** The command that lenses run; other clients leave it out and get RUN_SEARCH_COMMAND, which the server executes. */
  readonly runSearchCommand?: string;
  /** Settings for clients without `workspace/configuration`. */
  readonly settings?: unknown;
}

/** Executed by the server, for every editor: runs a search and writes the design back by `workspace/applyEdit`. */
export const RUN_SEARCH_COMMAND = 'mae.runSearch';

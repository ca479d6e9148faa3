import type { Executor } from './executor.ts';

/** Time, as a search asks for it. */
export interface Clock {
  /** Milliseconds since any moment; they never go back. */
  now(): number;
  /** Calls so many milliseconds later; with 0 after all that the program has to do before. */
  later(run: () => void, ms: number): void;
}

/** Where checkpoints are: texts under names. */
export interface Files {
  /** Why nothing can be written there; undefined where it can. */
  refusal(name: string): string | undefined;
  /** Writes all of it or nothing; why it could not, or undefined. */
  write(name: string, text: string): string | undefined;
  read(name: string): { readonly text: string } | { readonly wrong: string };
}

/**
 * All that a search knows of the machine it runs on. `search/node/host.ts` is Node's; a browser's worker brings its own.
 * Beside it the search takes nothing but the language itself and `AbortSignal`, which are the same everywhere.
 */
export interface Host {
  readonly clock: Clock;
  readonly files: Files;
  /** Workers for one search, so many at most; undefined where it is to run in this thread. */
  hire(workers: number): Executor | undefined;
}

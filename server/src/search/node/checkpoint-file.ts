import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { type CheckpointReading, readCheckpoint, writeCheckpoint } from '../checkpoint.ts';
import type { SearchState } from '../run.ts';
import type { SearchTask } from '../task.ts';

/** Raised when a checkpoint cannot be written; the search then ends instead of running on unsaved. */
export class CheckpointError extends Error {
  readonly file: string;

  constructor(file: string, cause: unknown) {
    super(`The checkpoint ${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`);
    this.file = file;
  }
}

/** Writes the state of a search to a file, at most once in a while, and never half. */
export class CheckpointFile {
  private readonly file: string;
  private readonly task: SearchTask;
  private readonly every: number;
  private last: SearchState | undefined;
  private written: SearchState | undefined;
  private writtenAt = performance.now();

  /** @param every seconds between two writings */
  constructor(file: string, task: SearchTask, every: number) {
    this.file = file;
    this.task = task;
    this.every = every;
  }

  offer(state: SearchState): void {
    this.last = state;
    if (performance.now() - this.writtenAt >= 1000 * this.every) this.flush();
  }

  /** Writes what was offered last, unless it was written already. */
  flush(): void {
    if (this.last === undefined || this.last === this.written) return;
    // A reader, or a kill, meets either the old file or the new one: rename replaces the name at once.
    const temporary = `${this.file}.${process.pid}.tmp`;
    try {
      const handle = openSync(temporary, 'w');
      try {
        writeSync(handle, writeCheckpoint(this.task, this.last));
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(temporary, this.file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw new CheckpointError(this.file, error);
    }
    this.written = this.last;
    this.writtenAt = performance.now();
  }
}

export function loadCheckpoint(file: string, task: SearchTask): CheckpointReading {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
  return readCheckpoint(text, task);
}

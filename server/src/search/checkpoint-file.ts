import { type CheckpointReading, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import type { Clock, Files, Host } from './host.ts';
import type { SearchState } from './run.ts';
import type { SearchProblem, SearchTask } from './task.ts';

/** Writes the state of a search to a file, at most once in a while, and never half. */
export class CheckpointFile {
  /** Why it could not be written, once it could not. */
  problem: SearchProblem | undefined;
  private readonly clock: Clock;
  private readonly files: Files;
  private readonly file: string;
  private readonly task: SearchTask;
  private readonly every: number;
  private last: SearchState | undefined;
  private written: SearchState | undefined;
  private writtenAt: number;

  /** @param every seconds between two writings */
  constructor({ clock, files }: Pick<Host, 'clock' | 'files'>, file: string, task: SearchTask, every: number) {
    this.clock = clock;
    this.files = files;
    this.file = file;
    this.task = task;
    this.every = every;
    this.writtenAt = clock.now();
    // Said before the search begins, not after hours of it.
    this.problem = unwritable(file, files.refusal(file));
  }

  offer(state: SearchState): void {
    this.last = state;
    if (this.clock.now() - this.writtenAt >= 1000 * this.every) this.flush();
  }

  /** Writes what was offered last, unless it was written already. */
  flush(): void {
    if (this.last === undefined || this.last === this.written || this.problem !== undefined) return;
    this.problem = unwritable(this.file, this.files.write(this.file, writeCheckpoint(this.task, this.last)));
    this.written = this.last;
    this.writtenAt = this.clock.now();
  }
}

const unwritable = (file: string, why: string | undefined): SearchProblem | undefined =>
  why === undefined
    ? undefined
    : {
        kind: 'problem',
        code: 'unwritable-checkpoint',
        file,
        message: `The checkpoint ${file} cannot be written: ${why}.`,
      };

export function loadCheckpoint({ read }: Files, file: string, task: SearchTask): CheckpointReading {
  const reading = read(file);
  return 'wrong' in reading ? reading : readCheckpoint(reading.text, task);
}

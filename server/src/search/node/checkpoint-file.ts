import { readBounded } from '../../files/read-bounded.ts';
import { type Writable, writable, writeWhole } from '../../files/write-whole.ts';
import { type CheckpointReading, readCheckpoint, writeCheckpoint } from '../checkpoint.ts';
import type { SearchState } from '../run.ts';
import type { SearchProblem, SearchTask } from '../task.ts';

/** More than the largest population and front come to. */
const MOST_BYTES = 256_000_000;

/** Writes the state of a search to a file, at most once in a while, and never half. */
export class CheckpointFile {
  /** Why it could not be written, once it could not. */
  problem: SearchProblem | undefined;
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
    // Said before the search begins, not after hours of it.
    this.problem = refused(file, writable(file));
  }

  offer(state: SearchState): void {
    this.last = state;
    if (performance.now() - this.writtenAt >= 1000 * this.every) this.flush();
  }

  /** Writes what was offered last, unless it was written already. */
  flush(): void {
    if (this.last === undefined || this.last === this.written || this.problem !== undefined) return;
    const writing = writeWhole(this.file, writeCheckpoint(this.task, this.last));
    if (!writing.ok) this.problem = unwritable(this.file, writing.why);
    this.written = this.last;
    this.writtenAt = performance.now();
  }
}

function refused(file: string, found: Writable): SearchProblem | undefined {
  if (found.kind === 'not') return unwritable(file, found.why);
  return found.kind === 'stream' ? unwritable(file, 'it is no regular file') : undefined;
}

const unwritable = (file: string, why: string): SearchProblem => ({
  kind: 'problem',
  code: 'unwritable-checkpoint',
  file,
  message: `The checkpoint ${file} cannot be written: ${why}.`,
});

export function loadCheckpoint(file: string, task: SearchTask): CheckpointReading {
  const reading = readBounded(file, MOST_BYTES);
  return 'wrong' in reading ? reading : readCheckpoint(reading.text, task);
}

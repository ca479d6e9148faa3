import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { errorCode } from './file-system.ts';
import { targetOf } from './paths.ts';
import { isAlive } from './write-whole.ts';

/** Writing takes milliseconds: who waits longer waits for something else. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 10;

/**
 * Does some short work while no other process does it for the same file: a file beside it holds the number of the process
 * whose turn it is. What a killed process left is taken away. Undefined when another one does not end, or when no file can
 * be made there.
 */
export function locked<T>(path: string, work: () => T): T | undefined {
  const target = targetOf(path);
  const lock = join(dirname(target), `.${basename(target)}.lock`);
  if (!take(lock, Date.now() + PATIENCE_MS)) return undefined;
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string, deadline: number): boolean {
  while (Date.now() < deadline) {
    try {
      const file = openSync(lock, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      return true;
    } catch (error) {
      // On Windows a file that is just being removed may not be opened.
      if (errorCode(error) !== 'EEXIST' && errorCode(error) !== 'EPERM') return false;
    }
    if (isLeft(lock)) rmSync(lock, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
  return false;
}

/** Whether the process that holds a lock is gone. One that has not yet written its number holds it. */
function isLeft(lock: string): boolean {
  try {
    const pid = Number.parseInt(readFileSync(lock, 'utf8'), 10);
    return pid > 0 && !isAlive(pid);
  } catch {
    return false;
  }
}

import { type ChildProcess, execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

/** How long processes may take to end by themselves, and how often they are looked for (ms). */
const GRACE = 2000;
const INTERVAL = 20;

/** Options with which a child can be ended together with everything that it starts. */
export const TREE = { detached: process.platform !== 'win32' } as const;

/**
 * Ends a child and everything that it started, and resolves when they are gone: npm runs install scripts in processes of
 * their own, which would go on downloading. The child was started with `TREE`.
 */
export async function endTree({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    await new Promise((resolve) => execFile('taskkill', ['/pid', String(pid), '/T', '/F'], resolve));
    return;
  }
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!signalGroup(pid, signal)) return;
    for (let waited = 0; waited < GRACE; waited += INTERVAL) {
      await setTimeout(INTERVAL);
      if (!signalGroup(pid, 0)) return;
    }
  }
}

/** A detached child leads a group of processes that has its number. False when none of them is left. */
function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, signal);
  } catch {
    return false;
  }
}

import { type SpawnOptions, spawn } from 'node:child_process';

/** Runs a program to its end with its output on our own; rejects when it cannot start or does not exit with 0. */
export function run(program: string, args: readonly string[], options: SpawnOptions = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${[program, ...args].join(' ')} failed (${signal ?? `exit code ${code}`}).`));
    });
  });
}

/** Whether a program can be run and exits with 0; its output is dropped. */
export const succeeds = (program: string, args: readonly string[]): Promise<boolean> =>
  run(program, args, { stdio: 'ignore' }).then(
    () => true,
    () => false,
  );

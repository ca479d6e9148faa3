import { existsSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { EXIT, type ExitCode, fail } from '../answers/exit.ts';
import { STDIN } from '../answers/source.ts';
import { designFiles } from './design-files.ts';
import { interruptibly } from './interruptible.ts';
import { forgetTold, printErrorJson, report, say } from './output.ts';
import { CLEAR_SCREEN, isPageTurned } from './terminal.ts';

/** Files are looked at so often, in milliseconds: as soon as a person looks up, and on every file system there is. */
const LOOK = 200;
/** A file is read when it has not changed for so long: whoever saves it may be in the middle of it. */
const SETTLED = 40;

/**
 * Runs a command, and again whenever one of the files that its arguments mean has changed, appeared or gone, until Ctrl-C, or until
 * nobody reads any more. With `json` each time gives a line. A mistake of usage ends it at once.
 *
 * @return 130, which is how it ends
 */
export async function watched(args: readonly string[], json: boolean, run: () => Promise<ExitCode>): Promise<ExitCode> {
  if (args.includes(STDIN)) return report(fail(EXIT.usage, 'error: option --watch: standard input does not change'));
  const unread = new AbortController();
  process.stdout.once('error', () => unread.abort());
  return interruptibly(async (interrupted) => {
    const signal = AbortSignal.any([interrupted, unread.signal]);
    for (;;) {
      const seen = await stampOf(args);
      const exit = await run();
      if (json) printErrorJson(exit);
      if (exit === EXIT.usage) return exit;
      if (!(await changed(args, seen, signal))) return EXIT.interrupted;
      forgetTold();
      if (isPageTurned()) process.stdout.write(CLEAR_SCREEN);
      else say('changed:');
    }
  });
}

/** Waits until the files are others than they were, and stay so for a moment; false where the waiting was ended. */
async function changed(args: readonly string[], before: string, signal: AbortSignal): Promise<boolean> {
  try {
    for (let last = before; ; ) {
      const now = await stampOf(args);
      if (now !== before && now === last) return true;
      const isSettling = now !== last;
      last = now;
      await delay(isSettling ? SETTLED : LOOK, undefined, { signal });
    }
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

/** What tells one state of the files from another. */
async function stampOf(args: readonly string[]): Promise<string> {
  const files = await designFiles(args.map(fileOf));
  return files
    .map((file) => {
      const there = statSync(file, { throwIfNoEntry: false });
      return `${file} ${there === undefined ? '' : `${there.ino} ${there.size} ${there.mtimeMs}`}`;
    })
    .join('\n');
}

/** The file of FILE#NAME. */
const fileOf = (arg: string): string => (existsSync(arg) ? arg : arg.replace(/#[^#]*$/, ''));

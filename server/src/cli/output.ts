import { EXIT, type ExitCode, type Failure } from '../answers/exit.ts';

/** Results go to standard output, everything that is said about them to standard error. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);
export const say = (text: string): void => void process.stderr.write(`${text}\n`);

export const printJson = (value: unknown): void => print(JSON.stringify(value));

/** Says why a command ends and gives the code it ends with. */
export function report({ exit, message }: Failure): ExitCode {
  say(message);
  return exit;
}

/** What the system says of a reader that is gone: a closed pipe, a terminal that was closed, and what follows either. */
const GONE: readonly (string | undefined)[] = [
  'EPIPE',
  'EOF',
  'EIO',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
];

/**
 * A reader that has seen enough, such as `head`, is no error: nothing more is said to it, the work is done, and the command
 * ends with the code that it would have ended with. Called once, before anything is written.
 */
export function goOnWithoutReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (!GONE.includes(code)) process.exit(EXIT.environment);
    });
  }
}

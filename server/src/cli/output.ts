import { EXIT, type ExitCode, type Failure } from '../answers/exit.ts';
import { type ErrorJson, errorJson, unplacedError } from './error-json.ts';

/** What was told so far: a program that reads JSON gets what went wrong as an object where it gets no result. */
const told: { hasResult: boolean; readonly errors: string[]; last: string } = {
  hasResult: false,
  errors: [],
  last: '',
};

/** What is told from now on is about another run. */
export function forgetTold(): void {
  Object.assign(told, { hasResult: false, last: '' });
  told.errors.length = 0;
}

/** Results go to standard output, everything that is said about them to standard error. */
export function print(text: string): void {
  told.hasResult = true;
  process.stdout.write(`${text}\n`);
}

export function say(text: string): void {
  const lines = text.split('\n');
  told.errors.push(...lines.filter((line) => errorJson(line, EXIT.done) !== undefined));
  told.last = lines.at(-1) ?? '';
  process.stderr.write(`${text}\n`);
}

export const printJson = (value: unknown): void => print(JSON.stringify(value));

/** A line of what comes before the result. */
export const printProgressJson = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

/** What was said to be wrong, as objects. */
export const saidErrors = (exit: ExitCode): ErrorJson[] =>
  told.errors.flatMap((line) => {
    const error = errorJson(line, exit);
    return error === undefined ? [] : [error];
  });

/** What `--json` ends with where there is no result: one object, with what was said first. */
export function printErrorJson(exit: ExitCode): void {
  if (exit === EXIT.done || told.hasResult) return;
  const [error] = saidErrors(exit);
  // What is interrupted is no error, and says so all the same.
  printJson({ type: 'error', version: 1, error: error ?? unplacedError(told.last, exit) });
}

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

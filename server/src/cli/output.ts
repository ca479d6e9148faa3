import type { ExitCode, Failure } from './exit.ts';

/** Results go to standard output, everything that is said about them to standard error. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);
export const say = (text: string): void => void process.stderr.write(`${text}\n`);

export const printJson = (value: unknown): void => print(JSON.stringify(value));

/** Says why a command ends and gives the code it ends with. */
export function report({ exit, message }: Failure): ExitCode {
  say(message);
  return exit;
}

/** A reader that has seen enough, such as `head`, is no error. Called once, before anything is written. */
export function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      process.exit(error.code === 'EPIPE' ? 0 : 3);
    });
  }
}

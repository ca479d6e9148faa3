import { EXIT, type ExitCode } from '../answers/exit.ts';
import { problemLine, readFile } from '../answers/problems.ts';
import { readSource, STDIN } from '../answers/source.ts';
import { writeBack } from '../answers/write.ts';
import { designFiles } from './design-files.ts';
import { mend } from './mend.ts';
import { print, say } from './output.ts';

export interface FixOptions {
  readonly check?: boolean;
}

/**
 * `mae fix FILE...`: makes the fixes that leave no choice, of standard input to standard output. Ends with 1 where errors are
 * left, and with --check, which writes nothing, where there was anything to mend.
 */
export async function fix(args: readonly string[], options: FixOptions): Promise<ExitCode> {
  let worst: ExitCode = EXIT.done;
  for (const path of await designFiles(args)) {
    const exit = await fixFile(path, options.check === true);
    if (exit > worst) worst = exit;
  }
  return worst;
}

async function fixFile(path: string, checkOnly: boolean): Promise<ExitCode> {
  const source = await readSource(path);
  if (!source.ok) {
    say(source.message);
    return source.exit;
  }
  const before = readFile(source.value);
  const read = (text: string) => readFile({ ...source.value, text }).snapshot;
  const { text, made, after } = mend(before.snapshot, read);
  const left = readFile({ ...source.value, text });
  const tell = path === STDIN ? say : print;
  for (const title of made) tell(`${path}: ${checkOnly ? 'would fix' : 'fixed'}: ${title}`);
  if (path === STDIN && !checkOnly) process.stdout.write(text);
  else if (made.length > 0 && !checkOnly) {
    const written = await writeBack(source.value, text);
    if (!written.ok) {
      say(written.message);
      return written.exit;
    }
  }
  const errors = left.problems.filter(({ severity }) => severity === 'error');
  for (const problem of errors) say(problemLine({ ...left, snapshot: after }, problem));
  return errors.length > 0 || (checkOnly && made.length > 0) ? EXIT.input : EXIT.done;
}

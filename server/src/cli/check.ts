import { EXIT, type ExitCode } from './exit.ts';
import { print, say } from './output.ts';
import { problemLine, type ReadFile, readFile } from './problems.ts';
import { readSource } from './source.ts';

/** `mae check FILE...`: every diagnostic as a line of standard output; 1 on errors, budgets included. */
export async function check(paths: readonly string[]): Promise<ExitCode> {
  let exit: ExitCode = EXIT.done;
  const files: ReadFile[] = [];
  for (const path of paths) {
    const source = await readSource(path);
    if (source.ok) files.push(readFile(source.value));
    else {
      print(source.message);
      // What the environment denies weighs more than what is wrong with a text.
      if (exit !== EXIT.environment) exit = source.exit;
    }
  }
  for (const file of files) for (const problem of file.problems) print(problemLine(file, problem));
  const problems = files.flatMap((file) => file.problems);
  const count = (severity: string): number => problems.filter((p) => p.severity === severity).length;
  const errors = count('error');
  say(
    `${plural(paths.length, 'file')}: ${plural(errors + paths.length - files.length, 'error')}, ${plural(count('warning'), 'warning')}`,
  );
  return exit === EXIT.done && errors > 0 ? EXIT.input : exit;
}

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

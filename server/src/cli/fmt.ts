import { EXIT, type ExitCode } from '../answers/exit.ts';
import { problemLine, readFile, textErrorsOf } from '../answers/problems.ts';
import { readSource, STDIN } from '../answers/source.ts';
import { writeBack } from '../answers/write.ts';
import { format } from '../language/format.ts';
import { designFiles } from './design-files.ts';
import { print, say } from './output.ts';

export interface FmtOptions {
  readonly check?: boolean;
}

/** `mae fmt FILE...`: writes the canonical layout, of standard input to standard output; with --check only names the files that would change, and ends with 1. */
export async function fmt(paths: readonly string[], options: FmtOptions): Promise<ExitCode> {
  let worst: ExitCode = EXIT.done;
  for (const path of await designFiles(paths)) {
    const exit = await fmtFile(path, options.check === true);
    if (exit > worst) worst = exit;
  }
  return worst;
}

async function fmtFile(path: string, checkOnly: boolean): Promise<ExitCode> {
  const source = await readSource(path);
  if (!source.ok) {
    say(source.message);
    return source.exit;
  }
  const file = readFile(source.value);
  if (file.snapshot.design.parsed.problems.length > 0) {
    // What `mae check` says of the text: the parser alone knows less of what was meant.
    for (const problem of textErrorsOf(file)) say(problemLine(file, problem));
    return EXIT.input;
  }
  const text = format(source.value.text);
  if (path === STDIN && !checkOnly) {
    process.stdout.write(text);
    return EXIT.done;
  }
  if (text === source.value.text) return EXIT.done;
  if (checkOnly) {
    print(`${path}:1:1: error[format]: This file is not in the canonical layout: run mae fmt ${path}.`);
    return EXIT.input;
  }
  const written = await writeBack(source.value, text);
  if (!written.ok) {
    say(written.message);
    return written.exit;
  }
  print(`${path}: formatted`);
  return EXIT.done;
}

import { EXIT, type ExitCode, type Failure } from '../answers/exit.ts';
import { choiceOption, numberOption } from '../answers/options.ts';
import { type ReadFile, readFile } from '../answers/problems.ts';
import { readSource } from '../answers/source.ts';
import { type CheckedFile, countOf, type Finding } from './check-formats/checked.ts';
import { CHECK_FORMATS } from './check-formats.ts';
import { designFiles } from './design-files.ts';
import { print, report, say } from './output.ts';
import { watched } from './watched.ts';

export interface CheckOptions {
  readonly format?: string;
  /** The same as the format `json`. */
  readonly json?: boolean;
  readonly max?: string;
  readonly watch?: boolean;
}

/** Findings of one file that a person reads before the first of them are mended. */
const MOST = 100;

/** `mae check FILE...`: every diagnostic on standard output; 1 on errors, budgets included. */
export const check = (args: readonly string[], options: CheckOptions): Promise<ExitCode> =>
  options.watch === true ? watched(args, false, () => checkOnce(args, options)) : checkOnce(args, options);

async function checkOnce(args: readonly string[], options: CheckOptions): Promise<ExitCode> {
  const names = CHECK_FORMATS.map(({ name }) => name);
  const name = choiceOption('--format', options.format ?? (options.json === true ? 'json' : 'text'), names);
  if (!name.ok) return report(name);
  const most = numberOption('--max', options.max ?? String(MOST), { what: 'max', min: 1, max: 1e6, whole: true });
  if (!most.ok) return report(most);
  let exit: ExitCode = EXIT.done;
  const files: CheckedFile[] = [];
  for (const path of await designFiles(args)) {
    const source = await readSource(path);
    if (source.ok) files.push(checked(readFile(source.value)));
    else {
      files.push({ file: path, findings: [ofFile(source)] });
      // What the environment denies weighs more than what is wrong with a text.
      if (exit !== EXIT.environment) exit = source.exit;
    }
  }
  const format = CHECK_FORMATS.find((one) => one.name === name.value);
  const text = format?.write(files, most.value) ?? '';
  if (text !== '') print(text);
  const [errors, warnings] = [countOf(files, 'error'), countOf(files, 'warning')];
  say(`${plural(files.length, 'file')}: ${plural(errors, 'error')}, ${plural(warnings, 'warning')}`);
  return exit === EXIT.done && errors > 0 ? EXIT.input : exit;
}

const checked = ({ source, snapshot, problems }: ReadFile): CheckedFile => {
  const placeAt = (offset: number) => {
    const { line, character } = snapshot.document.positionAt(offset);
    return { line: line + 1, column: character + 1 };
  };
  const findings = problems.map(({ code, severity, message, span }): Finding => {
    return { code, severity, message, start: placeAt(span.start), end: placeAt(span.end) };
  });
  return { file: source.path, findings };
};

/** What is wrong with a file as a whole. */
function ofFile({ fault }: Failure): Finding {
  const { message, line, column } = fault ?? { message: 'This file cannot be read.', line: 1, column: 1 };
  const place = { line, column };
  return { code: 'file', severity: 'error', message, start: place, end: place };
}

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

import { EXIT, type ExitCode } from '../answers/exit.ts';

/** What went wrong, for programs: the same as the line on standard error says. Lines and columns are counted from 1. */
export interface ErrorJson {
  readonly code: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** The code of what has none of its own. */
const CODES: Readonly<Record<ExitCode, string>> = {
  [EXIT.done]: 'done',
  [EXIT.input]: 'input',
  [EXIT.usage]: 'usage',
  [EXIT.environment]: 'environment',
  [EXIT.interrupted]: 'interrupted',
};

/** `file:line:column: error[CODE]: message`, the one form in which the command line says what is wrong with a text. */
const PLACED = /^(?<file>.+?)(?::(?<line>\d+):(?<column>\d+))?: error\[(?<code>[\w-]+)\]: (?<message>.*)$/;
const PLAIN = /^error: (?<message>.*)$/;

/** What has neither a place nor a code of its own. */
export const unplacedError = (message: string, exit: ExitCode): ErrorJson => ({ code: CODES[exit], message });

/** What a line of standard error says as an object; undefined where it tells of no error. */
export function errorJson(text: string, exit: ExitCode): ErrorJson | undefined {
  const placed = PLACED.exec(text)?.groups;
  if (placed !== undefined) {
    const { file = '', line, column, code = '', message = '' } = placed;
    const place = line === undefined ? {} : { line: Number(line), column: Number(column) };
    return { code, message, file, ...place };
  }
  const message = PLAIN.exec(text)?.groups?.['message'];
  return message === undefined ? undefined : unplacedError(message, exit);
}

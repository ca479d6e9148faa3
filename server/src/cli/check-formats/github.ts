import type { Severity } from '../../language/problem.ts';
import type { CheckFormat } from './checked.ts';

/** What GitHub calls a severity in its workflow commands. */
const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

export const GITHUB: CheckFormat = {
  name: 'github',
  doc: 'workflow commands that GitHub Actions shows at the line',
  write: (files) =>
    files
      .flatMap(({ file, findings }) =>
        findings.map(({ code, severity, message, start, end }) => {
          const properties = {
            file,
            line: start.line,
            endLine: end.line,
            // GitHub shows columns only where one line is marked.
            ...(start.line === end.line ? { col: start.column, endColumn: end.column } : {}),
            title: code,
          };
          const written = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
          return `::${COMMANDS[severity]} ${written.join(',')}::${data(message)}`;
        }),
      )
      .join('\n'),
};

/** The escapes of the workflow commands' own toolkit. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

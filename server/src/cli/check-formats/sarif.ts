import manifest from '../../../../package.json' with { type: 'json' };
import type { Severity } from '../../language/problem.ts';
import type { CheckFormat, Finding } from './checked.ts';

/** What the standard calls a severity. */
const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** Static Analysis Results Interchange Format 2.1.0 (OASIS), which code hosts and editors show. */
export const SARIF: CheckFormat = {
  name: 'sarif',
  doc: 'SARIF 2.1.0, for code hosts',
  write: (files) => {
    const codes = [...new Set(files.flatMap(({ findings }) => findings.map(({ code }) => code)))].sort();
    const results = files.flatMap(({ file, findings }) => findings.map((finding) => result(file, finding, codes)));
    return JSON.stringify({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: { name: 'mae', version: manifest.version, rules: codes.map((id) => ({ id })) },
          },
          columnKind: 'utf16CodeUnits',
          results,
        },
      ],
    });
  },
};

const result = (file: string, { code, severity, message, start, end }: Finding, codes: readonly string[]) => ({
  ruleId: code,
  ruleIndex: codes.indexOf(code),
  level: LEVELS[severity],
  message: { text: message },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: uriOf(file) },
        region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
      },
    },
  ],
});

/** A path as an address, relative where the path is. */
const uriOf = (file: string): string => file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');

import type { CheckFormat } from './checked.ts';

export const TEXT: CheckFormat = {
  name: 'text',
  doc: 'file:line:column: severity[code]: message',
  write: (files, most) =>
    files
      .flatMap(({ file, findings }) => {
        const lines = findings
          .slice(0, most)
          .map(
            ({ start, severity, code, message }) =>
              `${file}:${start.line}:${start.column}: ${severity}[${code}]: ${message}`,
          );
        const more = findings.length - lines.length;
        return more > 0 ? [...lines, `${file}: and ${more} more; --max N shows N of a file`] : lines;
      })
      .join('\n'),
};

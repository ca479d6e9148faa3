/**
 * A markdown table. The first column is text; the others are numbers but for those named in `words`. A number stays with
 * its unit on one line.
 */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  words: readonly number[] = [],
): string {
  const isText = (index: number): boolean => index === 0 || words.includes(index);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, index) => (isText(index) ? ':--' : '--:'));
  const together = (cell: string, index: number): string => (isText(index) ? cell : cell.replaceAll(' ', '\u00a0'));
  return [line(header), line(rule), ...rows.map((cells) => line(cells.map(together)))].join('\n');
}

/** Parts of a hover, one paragraph each. */
export const paragraphs = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n');

export const code = (text: string): string => `\`${text}\``;

/** An example of the language as a code block. */
export const example = (text: string): string => `\`\`\`mae\n${text}\n\`\`\``;

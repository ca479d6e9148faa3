/** A markdown table. The first column is text; the others are numbers but for those named in `words`. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  words: readonly number[] = [],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, index) => (index === 0 || words.includes(index) ? ':--' : '--:'));
  return [line(header), line(rule), ...rows.map(line)].join('\n');
}

/** Parts of a hover, one paragraph each. */
export const paragraphs = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n');

export const code = (text: string): string => `\`${text}\``;

/** An example of the language as a code block. */
export const example = (text: string): string => `\`\`\`mae\n${text}\n\`\`\``;

/** How wide a text may be: as the terminal is. What goes into a pipe or a file is never cut. */
export const outputWidth = (): number =>
  process.stdout.isTTY && process.stdout.columns > 0 ? process.stdout.columns : Number.POSITIVE_INFINITY;

/** Whether a line of progress may be written over: only on a terminal that can, and never in a log. */
export const isDrawnOver = (): boolean => process.stderr.isTTY === true && process.env['TERM'] !== 'dumb';

/** Takes such a line away. */
export const CLEAR_LINE = '\r\x1b[K';

/** Whether what is printed again takes the place of what was printed before. */
export const isPageTurned = (): boolean => process.stdout.isTTY === true && process.env['TERM'] !== 'dumb';

export const CLEAR_SCREEN = '\x1b[2J\x1b[3J\x1b[H';

/** A terminal narrower than this is not read in: lines are not broken into single words. */
const NARROWEST = 24;

/** Lines no longer than a width: what is longer goes on in the next line, under the text behind its label. */
export const wrapped = (text: string, width: number): string =>
  text
    .split('\n')
    .flatMap((line) => wrappedLine(line, Math.max(NARROWEST, width)))
    .join('\n');

function wrappedLine(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const label = /^\s*\S+ {2,}/.exec(line)?.[0].length;
  const margin = /^\s*/.exec(line)?.[0].length ?? 0;
  const indent = ' '.repeat(Math.min(label ?? (margin === 0 ? 0 : margin + 2), width / 2));
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    // A number stays with its unit where a comma is near.
    const comma = Math.max(rest.lastIndexOf(', ', width - 1), rest.lastIndexOf('; ', width - 1)) + 1;
    const space = comma > (indent.length + width) / 2 ? comma : rest.lastIndexOf(' ', width);
    // One word that is too long by itself stays whole.
    const end = space > indent.length ? space : rest.indexOf(' ', width);
    if (end < 0) break;
    lines.push(rest.slice(0, end).trimEnd());
    rest = indent + rest.slice(end + 1).trimStart();
  }
  return [...lines, rest];
}

import type { HintCell, LineHint } from '../../../server/src/server/protocol.ts';

/** A hint as it is drawn behind the end of its line. */
export interface PlacedHint {
  readonly line: number;
  /** With the spaces that bring it into its columns. */
  readonly text: string;
}

/** Columns of text between the end of a line and its hint. */
const GAP = 2;
/**
 * Columns that a window of 1280 pixels shows between side bar and minimap, with VS Code's own widest font. No extension
 * hears how wide an editor is, so hints are kept within this.
 */
const ROOM = 87;
/** The column moves in steps, so that typing in the longest line does not move it with every key. */
const STEP = 4;
/** Neither collapses nor breaks. */
const SPACE = '\u00a0';

/** How parts are written: each with its unit, or short below a line that says the units. */
interface Form {
  readonly cell: (cell: HintCell) => string;
  readonly separator: string;
}
const FULL: Form = { cell: ({ value, unit }) => `${value} ${unit}`.trim(), separator: ' · ' };
const SHORT: Form = { cell: ({ value }) => value.replaceAll(' ', ''), separator: ' ' };
const UNITS: Form = { cell: ({ unit }) => unit, separator: ' · ' };

/** @param widthOf columns that the text of a line takes */
export function placeHints(hints: readonly LineHint[], widthOf: (line: number) => number): PlacedHint[] {
  const backbones = Map.groupBy(hints, (hint) => hint.columns);
  return [...backbones].flatMap(([columns, members]) =>
    columns === undefined ? members.map((hint) => behind(hint, FULL)) : inColumns(members, widthOf),
  );
}

/**
 * One column behind the longest line, with units where most lines leave room for them. A line that leaves none has its
 * hint right behind it, short: one long comment must not push all the others out of the window.
 */
function inColumns(hints: readonly LineHint[], widthOf: (line: number) => number): PlacedHint[] {
  const rows = hints.filter(({ isTitle }) => isTitle !== true).map((hint) => ({ hint, end: widthOf(hint.line) }));
  const cells = rows.map(({ hint }) => hint.cells);
  const upTo = (limit: number) => rows.filter(({ end }) => end <= limit).length;
  // Where most lines are too long for any hint, a wider window is the only help.
  const room = upTo(ROOM - 1 - rowWidth(cells, SHORT)) * 2 >= rows.length ? ROOM : Number.POSITIVE_INFINITY;
  const withUnits = ROOM - GAP - rowWidth(cells, FULL);
  const short = room - 1 - rowWidth(cells, SHORT);
  const [form, limit] = upTo(withUnits) * 2 > upTo(short) ? [FULL, withUnits] : [SHORT, short];
  const longest = rows.reduce((most, { end }) => (end <= limit ? Math.max(most, end) : most), 0);
  const width = rowWidth(cells, form);
  const column = Math.min(Math.ceil((longest + GAP) / STEP) * STEP, room - width);
  const widths = partWidths(cells, form);
  return [
    ...rows.map(({ hint, end }): PlacedHint => {
      if (end > limit) return behind(hint, SHORT);
      return { line: hint.line, text: spaces(column - end) + row(hint.cells, form, widths) };
    }),
    ...hints.flatMap((hint) => (hint.isTitle === true && form === SHORT ? title(hint, column + width, widthOf) : [])),
  ];
}

/** The units over the columns of numbers, where their line has room for them. */
function title({ line, cells }: LineHint, right: number, widthOf: (line: number) => number): PlacedHint[] {
  const text = row(cells, UNITS);
  const before = right - text.length - widthOf(line);
  return before < GAP ? [] : [{ line, text: spaces(before) + text }];
}

const behind = ({ line, cells }: LineHint, form: Form): PlacedHint => ({ line, text: spaces(GAP) + row(cells, form) });

const spaces = (count: number): string => SPACE.repeat(count);

function partWidths(rows: readonly (readonly HintCell[])[], { cell }: Form): number[] {
  const parts = rows[0] ?? [];
  return parts.map((_, part) =>
    Math.max(...rows.map((cells) => (cells[part] === undefined ? 0 : cell(cells[part]).length))),
  );
}

function rowWidth(rows: readonly (readonly HintCell[])[], form: Form): number {
  const shown = partWidths(rows, form).filter((width) => width > 0);
  return shown.reduce((sum, width) => sum + width, 0) + Math.max(0, shown.length - 1) * form.separator.length;
}

/** Parts on the right of their columns; where one has nothing to say its column stays empty. */
function row(
  cells: readonly HintCell[],
  { cell, separator }: Form,
  widths: readonly number[] = cells.map((c) => cell(c).length),
): string {
  let text = '';
  for (const [part, content] of cells.entries()) {
    const width = widths[part] ?? 0;
    const written = cell(content);
    if (width === 0) continue;
    if (text !== '') text += written === '' || text.trim() === '' ? ' '.repeat(separator.length) : separator;
    text += written.padStart(width);
  }
  return text.trimEnd().replaceAll(' ', SPACE);
}

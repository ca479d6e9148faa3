/** One group line of a backbone, still in words: what stands before the block, the block, its arguments and its depth. */
export interface GroupRow {
  /** `stem`, `stage C2`, `node a`, or `+` for a further group of the same stage. */
  readonly head: string;
  readonly block: string;
  /** In writing order, such as `out: 64`. Columns are told apart by the name before the colon. */
  readonly arguments: readonly string[];
  /** Which of them, counted from 0, begin another line. */
  readonly breaks?: ReadonlySet<number>;
  /** Absent where the line has no `x depth`. */
  readonly depth?: string;
  /** What a node reads, such as `at /8 from a, b`. */
  readonly tail?: string;
}

/** Between the groups and what they read. */
const GAP = 2;

/**
 * The canonical layout of the group lines of one backbone, without indentation. Blocks begin in one column; the
 * arguments of neighbouring lines with the same block share columns, the padding standing after the comma as in a
 * hand-written table. Lines of another block in between end a table, so that a stem is not stretched by a last stage.
 * Arguments on further lines of a group stand under its first. What nodes read begins in one column behind all of them.
 */
export function layoutGroups(rows: readonly GroupRow[]): string[] {
  const lines = linesOf(rows);
  const widthOf = (line: string): number => line.length - (line.lastIndexOf('\n') + 1);
  const width = lines.reduce(
    (most, line, index) => (rows[index]?.tail === undefined ? most : Math.max(most, widthOf(line))),
    0,
  );
  return lines.map((line, index) => {
    const tail = rows[index]?.tail;
    return tail === undefined ? line : `${line}${' '.repeat(width + GAP - widthOf(line))}${tail}`;
  });
}

function linesOf(rows: readonly GroupRow[]): string[] {
  const heads = rows.reduce((width, row) => Math.max(width, row.head.length), 0);
  return tablesOf(rows).flatMap((table) => {
    const widths = columnWidths(table);
    return table.map((row) => {
      const head = row.head === '+' ? row.head.padStart(heads) : row.head.padEnd(heads);
      const before = `${head} ${row.block}(`;
      const depth = row.depth === undefined ? '' : ` x ${row.depth}`;
      return `${before}${cellsOf(row, widths, `\n${' '.repeat(before.length)}`)})${depth}`;
    });
  });
}

function cellsOf({ arguments: texts, breaks }: GroupRow, widths: ReadonlyMap<string, number>, newLine: string): string {
  return texts.reduce((line, text, index) => {
    const isBroken = breaks?.has(index + 1) === true;
    if (index === texts.length - 1) return line + text;
    if (isBroken) return `${line}${text},${newLine}`;
    return `${line}${`${text},`.padEnd((widths.get(columnOf(text)) ?? 0) + 1)} `;
  }, '');
}

const columnOf = (argument: string): string => argument.split(':', 1)[0] ?? argument;

/** Runs of neighbouring rows with the same block. */
function tablesOf(rows: readonly GroupRow[]): GroupRow[][] {
  const tables: GroupRow[][] = [];
  for (const row of rows) {
    const table = tables[tables.length - 1];
    if (table?.[0]?.block === row.block) table.push(row);
    else tables.push([row]);
  }
  return tables;
}

function columnWidths(rows: readonly GroupRow[]): Map<string, number> {
  const widths = new Map<string, number>();
  for (const text of rows.flatMap((row) => row.arguments)) {
    const column = columnOf(text);
    widths.set(column, Math.max(widths.get(column) ?? 0, text.length));
  }
  return widths;
}

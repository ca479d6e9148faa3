export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** What goes first where there is no room for all: the highest. A column without it always stays. */
  readonly spare?: number;
}

/** Lines of a table of plain text, the titles first, two spaces between columns. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const widths = widthsOf(columns, rows);
  return [columns.map((c) => c.title), ...rows].map((row) =>
    columns
      .map(({ align }, i) =>
        align === 'left' ? (row[i] ?? '').padEnd(widths[i] ?? 0) : (row[i] ?? '').padStart(widths[i] ?? 0),
      )
      .join(GAP)
      .trimEnd(),
  );
}

/** A table without the columns that the width has no room for, and the titles of those. */
export interface FittedTable {
  readonly lines: readonly string[];
  readonly left: readonly string[];
}

/** The same for a width in characters: columns that can be spared are left out until it fits, or none is left. */
export function fittedTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): FittedTable {
  const widths = widthsOf(columns, rows);
  const kept = new Set(columns.keys());
  const taken = (): number => [...kept].reduce((sum, i) => sum + (widths[i] ?? 0), GAP.length * (kept.size - 1));
  const spares = [...columns.entries()]
    .flatMap(([index, { spare }]) => (spare === undefined ? [] : [{ index, spare }]))
    .toSorted((a, b) => b.spare - a.spare);
  const left: string[] = [];
  for (const { index } of spares) {
    if (taken() <= width) break;
    kept.delete(index);
    left.push(columns[index]?.title ?? '');
  }
  const stays = <T>(cells: readonly T[]): T[] => cells.filter((_, i) => kept.has(i));
  return { lines: table(stays(columns), rows.map(stays)), left };
}

const GAP = '  ';

const widthsOf = (columns: readonly Column[], rows: readonly (readonly string[])[]): number[] =>
  columns.map(({ title }, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));

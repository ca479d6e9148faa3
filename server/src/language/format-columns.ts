import { groupNodes, type Piece, type Row } from './format-rows.ts';
import * as ast from './generated/ast.ts';
import { type GroupRow, layoutGroups } from './layout.ts';
import type { ParsedFile } from './parse.ts';
import { propertySpan, spanOf } from './span.ts';

/** Sets the spaces that make columns: the groups of a backbone, the costs of a budget, the words of a space. */
export function alignColumns(rows: readonly Row[], { file }: ParsedFile): void {
  const byStart = new Map<number, Place>();
  rows.forEach((row, index) => {
    row.pieces.forEach((piece, at) => {
      byStart.set(piece.leaf.start, { row, index, at });
    });
  });
  for (const declaration of file.declarations) {
    if (ast.isBackbone(declaration)) alignGroups(groupNodes(declaration), rows, byStart);
    if (ast.isDetector(declaration)) alignParts(declaration, rows, byStart);
    if (ast.isBudget(declaration)) alignLimits(declaration, byStart);
    if (ast.isSpace(declaration)) alignLines(declaration.lines, byStart);
  }
}

/** Where a leaf stands: the row, its index, and the piece in it. */
interface Place {
  readonly row: Row;
  readonly index: number;
  readonly at: number;
}

interface GroupPlace extends Place {
  readonly cells: GroupRow;
}

const INDENT = 2;

function alignGroups(groups: readonly ast.Group[], rows: readonly Row[], byStart: ReadonlyMap<number, Place>): void {
  const places = groups.flatMap((node): GroupPlace[] => {
    const place = byStart.get(spanOf(node).start);
    const cells = place === undefined ? undefined : cellsOf(node, place, rows);
    return place === undefined || cells === undefined ? [] : [{ ...place, cells }];
  });
  const lines = layoutGroups(places.map((place) => place.cells));
  places.forEach((place, index) => {
    for (const [below, line] of (lines[index] ?? '').split('\n').entries()) {
      spread(rows[place.index + below]?.pieces ?? [], `${' '.repeat(INDENT)}${line}`);
    }
    // Comments over a further group stand where it stands.
    const indent = place.row.pieces[0].spaces;
    for (let above = place.index - 1; place.cells.head === '+' && above >= 0; above--) {
      const row = rows[above];
      if (row === undefined || row.pieces.some((piece) => piece.leaf.comment === undefined)) break;
      row.pieces[0].spaces = indent;
    }
  });
}

/** Arguments of a part that somebody put on further lines stand under its first. */
function alignParts({ lines }: ast.Detector, rows: readonly Row[], byStart: ReadonlyMap<number, Place>): void {
  for (const line of lines) {
    if (!ast.isPartLine(line)) continue;
    const place = byStart.get(propertySpan(line, 'kind').start);
    if (place?.row.pieces[0].leaf.start !== spanOf(line).start) continue;
    const cells = cellsOf(line, place, rows);
    for (const [below, text] of (cells === undefined ? [] : layoutGroups([cells])).join('\n').split('\n').entries())
      spread(rows[place.index + below]?.pieces ?? [], `${' '.repeat(INDENT)}${text}`);
  }
}

/**
 * The words of a group whose statement begins its line. Where comments stand between block, parentheses and depth, or
 * break the line, the arguments stay out of the table. Undefined where the head itself is broken.
 */
function cellsOf(
  node: ast.Group | ast.PartLine,
  { row, at, index }: Place,
  rows: readonly Row[],
): GroupRow | undefined {
  const head = row.pieces.slice(0, at);
  const begins = ['stem', 'stage', 'node', 'neck', 'head', '+'].includes(head[0]?.leaf.text ?? '');
  if (!begins || head.some((piece) => severalLines(piece))) return undefined;
  const block = row.pieces[at]?.leaf.text ?? '';
  const lines = [row.pieces.slice(at + 1)];
  for (let below = index + 1; lines.at(-1)?.at(-1)?.leaf.text === ','; below++) lines.push(rows[below]?.pieces ?? []);
  return { head: textOf(head), block, ...(argumentsOf(node, lines) ?? { arguments: [] }) };
}

function argumentsOf(
  node: ast.Group | ast.PartLine,
  lines: readonly (readonly Piece[])[],
): Omit<GroupRow, 'head' | 'block'> | undefined {
  const { end } = spanOf(node);
  const pieces = lines.flat();
  const last = pieces.findIndex((piece) => piece.leaf.end === end);
  const close = pieces.findIndex((piece) => piece.leaf.text === ')');
  const tail = pieces.slice(close + 1, last + 1);
  const whole = last >= 0 && pieces[0]?.leaf.text === '(' && tail.every((piece) => piece.leaf.comment === undefined);
  if (!whole || pieces.slice(0, last).some(severalLines)) return undefined;
  const cells: Piece[][] = [[]];
  for (const piece of pieces.slice(1, close)) {
    if (piece.leaf.text === ',') cells.push([]);
    else cells[cells.length - 1]?.push(piece);
  }
  const written = cells.filter(([first]) => first !== undefined);
  const begin = new Set(lines.slice(1).map(([first]) => first));
  const breaks = new Set(written.flatMap(([first], index) => (begin.has(first) ? [index] : [])));
  const depth = tail[1]?.leaf.text;
  const reads = textOf(readsOf(pieces.slice(last + 1)));
  return {
    arguments: written.map(textOf),
    breaks,
    ...(depth === undefined ? {} : { depth }),
    ...(reads === '' ? {} : { tail: reads }),
  };
}

/** What a node reads, up to the comment behind it. */
function readsOf(pieces: readonly Piece[]): readonly Piece[] {
  const end = pieces.findIndex(({ leaf }) => leaf.comment !== undefined || leaf.text === '+');
  return end < 0 ? pieces : pieces.slice(0, end);
}

const severalLines = ({ leaf }: Piece): boolean => leaf.comment === 'block' && /[\r\n]/.test(leaf.text);

const textOf = (pieces: readonly Piece[]): string =>
  pieces.map(({ leaf, spaces }, index) => ' '.repeat(index === 0 ? 0 : spaces) + leaf.text).join('');

/** Takes the spaces before each piece from a line with the same words. */
function spread(pieces: readonly Piece[], line: string): void {
  let at = 0;
  for (const piece of pieces) {
    const start = line.indexOf(piece.leaf.text, at);
    if (start < 0) return;
    piece.spaces = start - at;
    at = start + piece.leaf.text.length;
  }
}

function alignLimits(budget: ast.Budget, byStart: ReadonlyMap<number, Place>): void {
  const places = budget.limits.flatMap((limit) => byStart.get(spanOf(limit).start) ?? []);
  const first = places.filter(({ row, at }) => at === 0 && row.pieces[1]?.leaf.text === '<=');
  const width = Math.max(...first.map(({ row }) => row.pieces[0].leaf.text.length));
  for (const { row } of first) {
    const [cost, sign] = row.pieces;
    if (sign !== undefined) sign.spaces = width + 1 - cost.leaf.text.length;
  }
}

/** What stands behind the words of neighbouring lines of a space begins in one column. */
function alignLines(lines: readonly ast.SpaceLine[], byStart: ReadonlyMap<number, Place>): void {
  const places = lines.flatMap((line) => byStart.get(spanOf(line).start) ?? []).filter(({ at }) => at === 0);
  const width = Math.max(...places.map(({ row }) => row.pieces[0].leaf.text.length));
  for (const { row } of places) {
    const [word, value] = row.pieces;
    if (value !== undefined && value.leaf.comment === undefined) value.spaces = width + 1 - word.leaf.text.length;
  }
  for (const line of lines) alignLines(line.lines, byStart);
}

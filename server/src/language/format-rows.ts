import { type AstNode, AstUtils, GrammarUtils } from 'langium';
import * as ast from './generated/ast.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import type { ParsedFile } from './parse.ts';
import { spanOf } from './span.ts';

/** A leaf and the spaces before it; those of the first piece of a row are its indentation. */
export interface Piece {
  readonly leaf: Leaf;
  spaces: number;
}

/** One line of the formatted text. */
export interface Row {
  readonly pieces: [Piece, ...Piece[]];
  /** Whether an empty line stands before it. */
  readonly blank: boolean;
  /** 0 before the first declaration, then counted: trailing comments line up within one declaration. */
  readonly declaration: number;
}

const INDENT = 2;
const CONTINUED = 4;

/** Offsets of the tokens that begin a line: declarations, their statements, limits and settings. */
function lineStarts({ file, text }: ParsedFile): Set<number> {
  const starts = new Set<number>();
  for (const node of AstUtils.streamAst(file)) {
    if (isDetectorLine(node) && isOneLine(node.$container)) continue;
    const own =
      ast.isDeclaration(node) || ast.isBackboneStatement(node) || ast.isSearchSetting(node) || isDetectorLine(node);
    const line = (ast.isLimit(node) && !sharesLine(node, text)) || (ast.isSpaceLine(node) && !isInline(node));
    if (own || line) starts.add(spanOf(node).start);
  }
  return starts;
}

/** A line of a detector; `input` and `within` are lines of backbones and searches too. */
const isDetectorLine = (node: AstNode): node is ast.DetectorLine & { readonly $container: ast.Detector } =>
  ast.isDetectorLine(node) && ast.isDetector(node.$container);

/** Whether a detector is one that a person left on one line: `detector d { neck fpn()  head gfl() }`. */
const isOneLine = ({ $cstNode }: ast.Detector): boolean => !/[\r\n]/.test($cstNode?.text ?? '');

/** Offsets of the arguments that may begin a line if a person broke it there: the groups of wide blocks are long. */
function argumentStarts({ file }: ParsedFile): Set<number> {
  const groups = file.declarations.filter(ast.isBackbone).flatMap(groupNodes);
  const parts = file.declarations.filter(ast.isDetector).flatMap(({ lines }) => lines.filter(ast.isPartLine));
  return new Set([...groups, ...parts].flatMap((of) => of.arguments.map((argument) => spanOf(argument).start)));
}

export const groupNodes = (backbone: ast.Backbone): ast.Group[] =>
  backbone.statements.flatMap((s) => (ast.isStem(s) || ast.isStage(s) || ast.isGraphNode(s) ? s.groups : []));

/** `macs <= 1G, params <= 3M` may stay on one line. */
function sharesLine(node: ast.Limit, text: string): boolean {
  const before = node.$container.limits[(node.$containerIndex ?? 0) - 1];
  if (before === undefined) return false;
  const { end } = spanOf(before);
  return text[end - 1] === ',' && !/[\r\n]/.test(text.slice(end, spanOf(node).start));
}

/** Whether a line of a space stands between braces that a person left on one line: `C5 { out ..512  depth 2..4 }`. */
const isInline = ({ $container }: ast.SpaceLine): boolean =>
  ast.isSpaceLine($container) && !/[\r\n]/.test($container.$cstNode?.text ?? '');

/** What stands closer or farther than one space in lines of spaces and detectors, by offset: the spaces before it. */
function innerGaps({ file }: ParsedFile): Map<number, number> {
  const gaps = new Map<number, number>();
  for (const node of AstUtils.streamAst(file)) {
    if (ast.isSpaceLine(node) && isInline(node)) {
      gaps.set(spanOf(node).start, node.$containerIndex === 0 ? 1 : 2);
      gaps.set(spanOf(node.$container).end - 1, 1);
    }
    if (isDetectorLine(node) && isOneLine(node.$container)) {
      gaps.set(spanOf(node).start, node.$containerIndex === 0 ? 1 : 2);
      gaps.set(spanOf(node.$container).end - 1, 1);
    }
    if (ast.isArgument(node) && node.range && (node.value !== undefined || node.sign === undefined)) {
      const dots = GrammarUtils.findNodeForProperty(node.$cstNode, 'range');
      if (dots !== undefined) gaps.set(dots.offset, 0);
    }
    if (ast.isSpaceValue(node) && node.range && node.lower !== undefined) {
      const dots = GrammarUtils.findNodeForProperty(node.$cstNode, 'range');
      if (dots !== undefined) gaps.set(dots.offset, 0);
    }
  }
  return gaps;
}

/** Cuts the leaves into the lines of the canonical layout, with single spaces; columns are another step. */
export function rowsOf(parsed: ParsedFile): Row[] {
  const starts = lineStarts(parsed);
  const argumentsAt = argumentStarts(parsed);
  const alone = oneLineDetectors(parsed);
  const gaps = innerGaps(parsed);
  const leaves = leavesOf(parsed);
  const tokens = nextTokens(leaves);
  const rows: Row[] = [];
  let depth = 0;
  let declaration = 0;
  leaves.forEach((leaf, index) => {
    const row = rows[rows.length - 1];
    const before = leaves[index - 1];
    if (leaf.text === '}') depth -= 1;
    if (row === undefined || before === undefined || begins(leaf, before, starts, argumentsAt, gaps)) {
      const position = positionOf(tokens[index], starts);
      if (depth === 0 && position === 'line' && row !== undefined && lastToken(row)?.text === '}') declaration += 1;
      // A comment before the closing brace belongs to what stands inside.
      const spaces = depth * INDENT + (position === 'inside' ? CONTINUED : 0);
      rows.push({ pieces: [{ leaf, spaces }], blank: isBlank(leaf, row, position, depth, alone), declaration });
    } else row.pieces.push({ leaf, spaces: spacesBetween(before, leaf, gaps) });
    if (leaf.text === '{') depth += 1;
  });
  return rows;
}

/** For each leaf itself, or the token that a comment stands before. */
function nextTokens(leaves: readonly Leaf[]): (Leaf | undefined)[] {
  let next: Leaf | undefined;
  return leaves
    .toReversed()
    .map((leaf) => {
      if (leaf.comment === undefined) next = leaf;
      return next;
    })
    .reverse();
}

type Position = 'line' | 'close' | 'more' | 'inside';

/** How the token that a row begins with, or leads to, stands in the tree. */
function positionOf(token: Leaf | undefined, starts: ReadonlySet<number>): Position {
  if (token === undefined || starts.has(token.start)) return 'line';
  if (token.text === '}') return 'close';
  return token.text === '+' ? 'more' : 'inside';
}

/** Comments stay on the line they are on; nothing can follow a line comment. */
function begins(
  leaf: Leaf,
  before: Leaf,
  starts: ReadonlySet<number>,
  argumentsAt: ReadonlySet<number>,
  gaps: ReadonlyMap<number, number>,
): boolean {
  if (before.comment === 'line') return true;
  if (leaf.comment !== undefined) return leaf.breaks > 0;
  if (before.text === ',' && leaf.breaks > 0 && argumentsAt.has(leaf.start)) return true;
  if (leaf.text === '}') return before.text !== '{' && !gaps.has(leaf.start);
  return leaf.text === '+' || starts.has(leaf.start);
}

const lastToken = (row: Row): Leaf | undefined => row.pieces.findLast((p) => p.leaf.comment === undefined)?.leaf;

/** Where detectors of one line begin that follow such a one: they may stand as close as lines do. */
function oneLineDetectors({ file }: ParsedFile): Set<number> {
  const isAlone = (node: ast.Declaration | undefined): boolean => ast.isDetector(node) && isOneLine(node);
  const { declarations } = file;
  const close = declarations.filter((node, index) => isAlone(node) && isAlone(declarations[index - 1]));
  return new Set(close.map((node) => spanOf(node).start));
}

function isBlank(
  leaf: Leaf,
  above: Row | undefined,
  position: Position,
  depth: number,
  alone: ReadonlySet<number>,
): boolean {
  if (above === undefined || position === 'more' || position === 'inside') return false;
  const opened = lastToken(above);
  if (opened?.text === '{') return false;
  if (depth === 0 && opened?.text === '}' && position !== 'close' && !alone.has(leaf.start)) return true;
  return (leaf.comment !== undefined || position !== 'close') && leaf.breaks > 1;
}

function spacesBetween(before: Leaf, leaf: Leaf, gaps: ReadonlyMap<number, number>): number {
  if (leaf.comment === undefined) {
    const gap = before.comment === undefined ? gaps.get(leaf.start) : undefined;
    if (gap !== undefined) return gap;
    if (leaf.text === ',' || leaf.text === ')' || leaf.text === ':' || leaf.text === '}') return 0;
    if (leaf.text === '(' && before.comment === undefined) return 0;
    if (leaf.text === '..' && leaf.after === leaf.start) return 0;
  }
  if (leaf.text === '.' || before.text === '.') return 0;
  if (before.text === '..') return leaf.text === 'step' ? 1 : 0;
  return before.text === '(' ? 0 : 1;
}

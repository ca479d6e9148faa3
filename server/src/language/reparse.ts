import {
  type AstNode,
  AstUtils,
  type CompositeCstNode,
  type CstNode,
  type GenericAstNode,
  GrammarAST,
  isCompositeCstNode,
  type LangiumCoreServices,
  type Mutable,
  type ParseResult,
} from 'langium';
import { maxSyntaxErrors } from './bounded-parser.ts';
import { adopt, type CopyTarget, copyTree } from './copy-tree.ts';
import type { MaeFile } from './generated/ast.ts';
import type { MaeLexer } from './lexer.ts';
import { LineTable } from './line-table.ts';
import type { Span } from './problem.ts';
import { contentOf, type Gap, inOrder, type ListPlan, planList, visible, withNeighbours } from './reparse-plan.ts';
import { replacement } from './replacement.ts';

/** A text that was parsed, and where its lexer and parser stumbled. */
export interface Parsed {
  readonly text: string;
  readonly file: MaeFile;
  readonly errors: readonly Span[];
}

type Services = LangiumCoreServices & { readonly parser: { readonly Lexer: MaeLexer } };

/**
 * Parses a text of which an earlier version is known. Elements of lists that neither changed nor stand beside a change
 * or an error are left out of what the parser reads, and copies of them are put in their places afterwards. That gives
 * the tree of a fresh parse, because the grammar is LL(1): between two elements of a list the parser is in one state,
 * whatever the elements are. Each gap has an unchanged neighbour on both sides; only if the parser finds both where
 * they must be, beside each other and without an error, is the gap filled. Otherwise the answer is undefined, and the
 * text must be parsed as a whole. A property test holds both ways equal.
 */
export function reparse(before: Parsed, text: string, services: Services): ParseResult<MaeFile> | undefined {
  const root = before.file.$cstNode;
  if (root === undefined || !isCompositeCstNode(root)) return undefined;
  const change = changeOf(before.text, text);
  // Where nearly everything is broken nothing can be left out, and behind too many errors nothing was read.
  if (before.errors.length > maxSyntaxErrors(before.text)) return undefined;
  const dirty = [change, ...before.errors].map((span) => withNeighbours(root, span));
  const plan = planList(root, inOrder(dirty));
  const left = spansOf(plan).map(({ start, end }) => ({ start: change.moved(start), end: change.moved(end) }));
  if (left.length === 0) return undefined;
  let result: ParseResult<MaeFile> | undefined;
  const apart = services.parser.Lexer.leavingOut(left, () => {
    result = services.parser.LangiumParser.parse<MaeFile>(text);
  });
  if (!apart || result === undefined || result.parserErrors.length > maxSyntaxErrors(text)) return undefined;
  const places = placesOf(plan, result.value.$cstNode, change.moved, errorSpans(result, text));
  if (places === undefined) return undefined;
  const lines = new LineTable(text);
  const linker = services.references.Linker;
  for (const place of places)
    fill(place, (part) => ({ shift: change.moved(part.offset) - part.offset, lines, linker }));
  return result;
}

/** The token that stands for the end of the file has no place of its own. */
export const isAtEnd = ({ tokenType, startOffset }: ParseResult['parserErrors'][number]['token']): boolean =>
  tokenType.name === 'EOF' || !Number.isFinite(startOffset);

/** Where the lexer and the parser stumbled. */
export function errorSpans({ lexerErrors, parserErrors }: ParseResult, text: string): Span[] {
  return [
    ...lexerErrors.map(({ offset, length }) => ({ start: offset, end: offset + length })),
    ...parserErrors.map(({ token }) =>
      isAtEnd(token)
        ? { start: text.length, end: text.length }
        : { start: token.startOffset, end: (token.endOffset ?? token.startOffset) + 1 },
    ),
  ];
}

/** What differs between two texts: its span in the old one, and where old offsets are now. */
function changeOf(before: string, after: string): Span & { readonly moved: (offset: number) => number } {
  const { start, end } = replacement(before, after).span;
  const shift = after.length - before.length;
  return { start, end, moved: (offset) => (offset < start ? offset : offset + shift) };
}

const spansOf = ({ gaps, inner }: ListPlan): Span[] =>
  [...gaps, ...inner.flatMap(spansOf)].sort((a, b) => a.start - b.start);

/** A gap with the list of the new tree that it belongs to. */
interface Place {
  readonly gap: Gap;
  readonly list: CompositeCstNode;
  readonly at: number;
}

/** Where the gaps of a list are in the new tree; undefined when its neighbours are not where they must be. */
function placesOf(
  plan: ListPlan,
  target: CstNode | undefined,
  moved: (offset: number) => number,
  errors: readonly Span[],
): Place[] | undefined {
  if (target === undefined || !isCompositeCstNode(target)) return undefined;
  const places: Place[] = [];
  const children = visible(target);
  const same = (old: CstNode | undefined, found: CstNode | undefined): boolean =>
    old === undefined || found === undefined
      ? old === found
      : moved(old.offset) === found.offset && moved(old.end) === found.end && old.grammarSource === found.grammarSource;
  // What the words of a block are is told by how it begins, and where that is broken nothing of it is taken over.
  if (plan.list.content.some((part) => !isCompositeCstNode(part) && part.text === '{')) {
    const first = children.find((child) => isCompositeCstNode(child) && child.astNode !== target.astNode);
    const header = first?.offset ?? target.end;
    if (errors.some((e) => e.start <= header && target.offset <= e.end)) return undefined;
  }
  for (const gap of plan.gaps) {
    const at = moved(gap.start);
    const next = children.findIndex((child) => child.offset >= at);
    const right = next < 0 ? undefined : children[next];
    const left = children[(next < 0 ? children.length : next) - 1];
    const [start, end] = [left?.offset ?? 0, right?.end ?? Number.POSITIVE_INFINITY];
    if (!same(gap.left, left) || !same(gap.right, right)) return undefined;
    if (errors.some((e) => e.start <= end && start <= e.end)) return undefined;
    places.push({ gap, list: target, at });
  }
  for (const inner of plan.inner) {
    const at = moved(inner.list.offset);
    const child = children.find((c) => c.offset === at);
    if (child === undefined || !isCompositeCstNode(child) || child.astNode.$type !== inner.list.astNode.$type)
      return undefined;
    const found = placesOf(inner, contentOf(child), moved, errors);
    if (found === undefined) return undefined;
    places.push(...found);
  }
  return places;
}

/** Puts copies of the gap's parts in their place: into the concrete tree, and their nodes into the list of the owner. */
function fill({ gap, list, at }: Place, targetOf: (part: CstNode) => CopyTarget): void {
  const copies = gap.parts.map((part) => copyTree(part, targetOf(part)));
  for (const copy of copies) adopt(copy, list);
  const index = list.content.findIndex((part) => part.offset >= at);
  (list.content as CstNode[]).splice(index < 0 ? list.content.length : index, 0, ...copies);
  const nodes = copies.filter((copy) => isCompositeCstNode(copy)).map((copy) => copy.astNode);
  const property = AstUtils.getContainerOfType(
    gap.parts.find((part) => isCompositeCstNode(part))?.grammarSource,
    GrammarAST.isAssignment,
  )?.feature;
  const owner: GenericAstNode = list.astNode as GenericAstNode;
  if (property === undefined) return;
  const siblings = owner[property] as AstNode[];
  const before = siblings.findIndex((node) => (node.$cstNode?.offset ?? 0) >= at);
  siblings.splice(before < 0 ? siblings.length : before, 0, ...nodes);
  for (const [position, node] of siblings.entries()) {
    const own: Mutable<AstNode> = node;
    own.$container = owner;
    own.$containerProperty = property;
    own.$containerIndex = position;
  }
}

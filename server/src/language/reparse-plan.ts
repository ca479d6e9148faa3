import { type CompositeCstNode, type CstNode, isCompositeCstNode, isLeafCstNode } from 'langium';
import type { Span } from './problem.ts';

/** Neighbouring elements of a list that the parser need not read again, with the comments between them. */
export interface Gap {
  readonly parts: readonly CstNode[];
  readonly start: number;
  readonly end: number;
  /** What stands before and after it in the list; absent at the ends of the file. */
  readonly left: CstNode | undefined;
  readonly right: CstNode | undefined;
}

/** A list of the old tree with its gaps, and the lists inside the elements that are read again. */
export interface ListPlan {
  readonly list: CompositeCstNode;
  readonly gaps: readonly Gap[];
  readonly inner: readonly ListPlan[];
}

/** The lists of the grammar: elements one after the other, or groups with a `+` before each but the first. */
const LISTS: Readonly<Record<string, 'plain' | 'separated'>> = {
  MaeFile: 'plain',
  Backbone: 'plain',
  Detector: 'plain',
  Budget: 'plain',
  Search: 'plain',
  Space: 'plain',
  Stem: 'separated',
  Stage: 'separated',
};

/** Spans in the order of the text, those that touch made one. */
export function inOrder(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged[merged.length - 1];
    if (last === undefined || span.start > last.end) merged.push(span);
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return merged;
}

/** What can be left out of a list, given the places that changed or are broken, in order and apart. */
export function planList(list: CompositeCstNode, dirty: readonly Span[]): ListPlan {
  const kind = LISTS[list.astNode.$type];
  if (kind === undefined) return { list, gaps: [], inner: [] };
  const children = visible(list);
  const clean = children.map(
    ({ offset, end }) => (dirty[countWhile(dirty, (d) => d.end < offset)]?.start ?? Infinity) > end,
  );
  const known = children.map((_, i) => clean[i] === true && clean[i - 1] !== false && clean[i + 1] !== false);
  const gaps: Gap[] = [];
  const inner: ListPlan[] = [];
  for (let i = 0; i < children.length; i++) {
    let end = i;
    while (known[end] === true && isElement(children, end, i, kind)) end += 1;
    // A separator goes with the element after it; the last element stays, so that the list ends where it did.
    if (kind === 'separated') end -= (end - i) % 2;
    if (kind === 'separated' && end === children.length) end -= 2;
    const [first, last] = [children[i], children[end - 1]];
    if (end > i && first !== undefined && last !== undefined) {
      gaps.push({ ...slice(list, first, last), left: children[i - 1], right: children[end] });
      i = end - 1;
    } else if (first !== undefined && isCompositeCstNode(first)) {
      const plan = planList(contentOf(first), dirty);
      if (plan.gaps.length + plan.inner.length > 0) inner.push(plan);
    }
  }
  return { list, gaps, inner };
}

/** Whether the child at `index` continues a run of elements that began at `start`. */
function isElement(children: readonly CstNode[], index: number, start: number, kind: 'plain' | 'separated'): boolean {
  const child = children[index];
  if (child === undefined) return false;
  // The name of a declaration is a part with tokens of its own, but no element.
  if (kind === 'plain') return isCompositeCstNode(child) && child.astNode !== child.container?.astNode;
  const separator = (index - start) % 2 === 0;
  return separator ? isLeafCstNode(child) && child.text === '+' : isCompositeCstNode(child);
}

function slice(list: CompositeCstNode, first: CstNode, last: CstNode): Pick<Gap, 'parts' | 'start' | 'end'> {
  const parts = list.content.slice(list.content.indexOf(first), list.content.indexOf(last) + 1);
  return { parts, start: first.offset, end: last.end };
}

export const visible = (list: CompositeCstNode): CstNode[] => list.content.filter((part) => !part.hidden);

/** The part that holds a rule's own tokens: rules that only choose another rule wrap it. */
export function contentOf(part: CompositeCstNode): CompositeCstNode {
  const [only, ...others] = part.content;
  const wraps = only !== undefined && others.length === 0 && isCompositeCstNode(only) && only.astNode === part.astNode;
  return wraps ? contentOf(only) : part;
}

/** A span with the tokens on both sides of it: an error may be found at the next token, and mend itself by the last. */
export function withNeighbours(root: CompositeCstNode, { start, end }: Span): Span {
  return {
    start: Math.min(start, leafBefore(root, start)?.offset ?? start),
    end: Math.max(end, leafAfter(root, end)?.end ?? end),
  };
}

function leafBefore(part: CstNode, offset: number): CstNode | undefined {
  if (!isCompositeCstNode(part)) return part;
  const { content } = part;
  for (let i = countWhile(content, (c) => c.offset < offset) - 1; i >= 0; i--) {
    const child = content[i];
    if (child?.hidden === false) return leafBefore(child, offset);
  }
  return undefined;
}

function leafAfter(part: CstNode, offset: number): CstNode | undefined {
  if (!isCompositeCstNode(part)) return part;
  const { content } = part;
  for (let i = countWhile(content, (c) => c.end <= offset); i < content.length; i++) {
    const child = content[i];
    if (child?.hidden === false) return leafAfter(child, offset);
  }
  return undefined;
}

/** How many elements of a list hold a condition that no element holds after the first that does not. */
function countWhile<T>(list: readonly T[], holds: (element: T) => boolean): number {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const element = list[middle];
    if (element !== undefined && holds(element)) from = middle + 1;
    else to = middle;
  }
  return from;
}

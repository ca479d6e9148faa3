import { AstUtils } from 'langium';
import type { Position, SelectionRange } from 'vscode-languageserver-types';
import { leavesOf } from '../language/leaves.ts';
import type { Span } from '../language/problem.ts';
import { contains, spanOf } from '../language/span.ts';
import { offsetAt, rangeOf, type Snapshot } from './snapshot.ts';

/** What «expand selection» walks through: word, argument, arguments, group, stage, body, declaration, document. */
export function selectionRanges(snapshot: Snapshot, positions: readonly Position[]): SelectionRange[] {
  const { parsed } = snapshot.design;
  const leaves = leavesOf(parsed);
  const spans: Span[] = [{ start: 0, end: parsed.text.length }, ...brackets(leaves), ...leaves];
  for (const node of AstUtils.streamAst(parsed.file)) if (node.$cstNode !== undefined) spans.push(spanOf(node));
  return positions.map((position) => {
    const offset = offsetAt(snapshot, position);
    const around = spans.filter((span) => contains(span, offset) && span.end > span.start);
    around.sort((a, b) => b.end - b.start - (a.end - a.start));
    let selection: SelectionRange = { range: rangeOf(snapshot, { start: 0, end: parsed.text.length }) };
    let outer: Span = { start: 0, end: parsed.text.length };
    for (const span of around) {
      const same = span.start === outer.start && span.end === outer.end;
      // Between two words the cursor touches both: the later one does not contain the earlier.
      if (same || span.start < outer.start || span.end > outer.end) continue;
      selection = { range: rangeOf(snapshot, span), parent: selection };
      outer = span;
    }
    return selection;
  });
}

/** What stands between each pair of parentheses or braces, with and without them. */
function brackets(leaves: readonly { readonly text: string; readonly start: number; readonly end: number }[]): Span[] {
  const open: Span[] = [];
  return leaves.flatMap((leaf) => {
    if (leaf.text === '(' || leaf.text === '{') open.push(leaf);
    if (leaf.text !== ')' && leaf.text !== '}') return [];
    const start = open.pop();
    if (start === undefined) return [];
    return [
      { start: start.start, end: leaf.end },
      { start: start.end, end: leaf.start },
    ];
  });
}

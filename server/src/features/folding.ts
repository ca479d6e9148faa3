import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver-types';
import * as ast from '../language/generated/ast.ts';
import { type Leaf, leavesOf } from '../language/leaves.ts';
import type { Span } from '../language/problem.ts';
import { spanOf } from '../language/span.ts';
import type { Snapshot } from './snapshot.ts';

/** What can be folded: declarations, stages of several lines, comments of several lines, and marked regions. */
export function foldingRanges(snapshot: Snapshot): FoldingRange[] {
  const { parsed } = snapshot.design;
  const leaves = leavesOf(parsed);
  const declarations = parsed.file.declarations.flatMap((node) => {
    const stages = ast.isBackbone(node) ? node.statements.filter((s) => ast.isStage(s) || ast.isStem(s)) : [];
    return [...lines(snapshot, spanOf(node), true), ...stages.flatMap((s) => lines(snapshot, spanOf(s)))];
  });
  return [...declarations, ...comments(snapshot, leaves), ...regions(snapshot, leaves)];
}

/** A fold of several lines; a closing brace stays in sight. */
function lines(snapshot: Snapshot, span: Span, braces = false, kind?: FoldingRangeKind): FoldingRange[] {
  const text = snapshot.document.getText();
  const startLine = snapshot.document.positionAt(span.start).line;
  const lastLine = snapshot.document.positionAt(span.end).line;
  const endLine = braces && text[span.end - 1] === '}' ? lastLine - 1 : lastLine;
  return endLine > startLine ? [{ startLine, endLine, ...(kind === undefined ? {} : { kind }) }] : [];
}

/** Block comments, and line comments on lines of their own that follow each other. */
function comments(snapshot: Snapshot, leaves: readonly Leaf[]): FoldingRange[] {
  const runs: Span[] = [];
  let open = false;
  for (const leaf of leaves) {
    const last = runs[runs.length - 1];
    const line = leaf.comment === 'line' && !REGION.test(leaf.text);
    const own = leaf.breaks > 0 || leaf.after === 0;
    if (line && open && last !== undefined && leaf.breaks === 1) {
      runs[runs.length - 1] = { start: last.start, end: leaf.end };
    } else {
      open = line && own;
      if (leaf.comment !== undefined) runs.push(leaf);
    }
  }
  return runs.flatMap((run) => lines(snapshot, run, false, FoldingRangeKind.Comment));
}

const REGION = /^\/\/\s*#?(end)?region\b/;

/** `// #region` … `// #endregion`, which may be nested. One that is never closed folds nothing. */
function regions(snapshot: Snapshot, leaves: readonly Leaf[]): FoldingRange[] {
  const open: Leaf[] = [];
  return leaves.flatMap((leaf) => {
    const mark = leaf.comment === 'line' ? REGION.exec(leaf.text) : null;
    if (mark === null) return [];
    if (mark[1] === undefined) {
      open.push(leaf);
      return [];
    }
    const start = open.pop();
    return start === undefined
      ? []
      : lines(snapshot, { start: start.start, end: leaf.end }, false, FoldingRangeKind.Region);
  });
}

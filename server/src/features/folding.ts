import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver-types';
import * as ast from '../language/generated/ast.ts';
import { commentsOf, type Leaf } from '../language/leaves.ts';
import type { Span } from '../language/problem.ts';
import { spanOf } from '../language/span.ts';
import type { Snapshot } from './snapshot.ts';

/** What can be folded: declarations, stages, nodes, parts and limits of several lines, comments of several lines, and marked regions. */
export function foldingRanges(snapshot: Snapshot): FoldingRange[] {
  const { parsed } = snapshot.design;
  const written = commentsOf(parsed);
  const declarations = parsed.file.declarations.flatMap((node) => {
    const stages = ast.isBackbone(node)
      ? node.statements.filter((s) => ast.isStage(s) || ast.isStem(s) || ast.isGraphNode(s))
      : ast.isSpace(node)
        ? node.lines.filter((line) => line.braces)
        : ast.isDetector(node)
          ? node.lines.filter(ast.isPartLine)
          : [];
    return [
      ...lines(snapshot, spanOf(node), true),
      ...stages.flatMap((s) => lines(snapshot, spanOf(s), ast.isSpaceLine(s))),
    ];
  });
  return [...declarations, ...comments(snapshot, written), ...regions(snapshot, written)];
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
function comments(snapshot: Snapshot, written: readonly Leaf[]): FoldingRange[] {
  const runs: Span[] = [];
  let open = false;
  for (const comment of written) {
    const last = runs[runs.length - 1];
    const line = comment.comment === 'line' && !REGION.test(comment.text);
    const own = comment.breaks > 0 || comment.after === 0;
    const follows = last?.end === comment.after && comment.breaks === 1;
    if (line && open && follows) runs[runs.length - 1] = { start: last.start, end: comment.end };
    else {
      open = line && own;
      runs.push(comment);
    }
  }
  return runs.flatMap((run) => lines(snapshot, run, false, FoldingRangeKind.Comment));
}

const REGION = /^\/\/\s*#?(end)?region\b/;

/** `// #region` … `// #endregion`, which may be nested. One that is never closed folds nothing. */
function regions(snapshot: Snapshot, written: readonly Leaf[]): FoldingRange[] {
  const open: Leaf[] = [];
  return written.flatMap((comment) => {
    const mark = comment.comment === 'line' ? REGION.exec(comment.text) : null;
    if (mark === null) return [];
    if (mark[1] === undefined) {
      open.push(comment);
      return [];
    }
    const start = open.pop();
    return start === undefined
      ? []
      : lines(snapshot, { start: start.start, end: comment.end }, false, FoldingRangeKind.Region);
  });
}

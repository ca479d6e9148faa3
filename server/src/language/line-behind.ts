import type { AstNode } from 'langium';
import type { Detector } from './generated/ast.ts';
import { lineEndOf } from './leaves.ts';
import type { Edit } from './problem.ts';
import { spanOf } from './span.ts';

/** A line of its own behind a node and its comment, indented as that is. */
export function lineBehind(node: AstNode, line: string): Edit {
  const text = node.$cstNode?.root.fullText ?? '';
  const { start, end } = spanOf(node);
  const indent = /[^\S\r\n]*$/.exec(text.slice(Math.max(0, start - 100), start))?.[0] ?? '';
  const rest = /^[^\r\n]*/.exec(text.slice(end))?.[0] ?? '';
  const alone = /^\s*(\/\/.*)?$/.test(rest);
  const at = alone ? end + rest.length : end;
  const lineEnd = lineEndOf(text);
  return { span: { start: at, end: at }, text: `${lineEnd}${indent}${line}${alone ? '' : lineEnd}` };
}

/** A further line of a detector behind its last one; one that is on one line stays there. */
export function detectorLine(node: Detector, line: string): Edit {
  const text = node.$cstNode?.text ?? '';
  const last = node.lines.at(-1);
  const inside = spanOf(node).start + text.indexOf('{') + 1;
  if (last !== undefined && /[\r\n]/.test(text)) return lineBehind(last, line);
  const at = last === undefined ? inside : spanOf(last).end;
  return { span: { start: at, end: at }, text: last === undefined ? ` ${line} ` : `  ${line}` };
}

import * as ast from './generated/ast.ts';
import type { GraphLines } from './graph-source.ts';
import { lineEndOf } from './leaves.ts';
import type { Edit } from './problem.ts';
import type { Report } from './report.ts';
import { propertySpan, recovered, spanOf } from './span.ts';

/** A graph says what it hands on: its last nodes, by the names that are weighed. */
export function reportOutputless(backbone: ast.Backbone, { nodes }: GraphLines, report: Report): void {
  if (backbone.statements.some(ast.isOutputStatement)) return;
  const named = nodes.filter(({ name }) => name !== '');
  const last = named.at(-1);
  const weights = backbone.statements.filter(ast.isEntropyStatement).flatMap((s) => s.weights);
  const wanted = [...new Set(weights.flatMap((w) => recovered(w).stage ?? []))];
  const names = wanted.length > 0 ? wanted : ['C5'];
  const outputs = names.map((name, index) => `${name}: ${named.at(index - names.length)?.name ?? last?.name ?? 'a'}`);
  const line = `output ${outputs.join(', ')}`;
  const message = `A graph says which nodes it hands on, such as: ${line}.`;
  const problem = { code: 'missing-output', severity: 'error', message, span: propertySpan(backbone, 'name') } as const;
  if (last === undefined) report(problem);
  else {
    const edits = [lineBehind(last.node, line)];
    report({ ...problem, data: { kind: 'edits', title: `Add ${line}`, edits } });
  }
}

/** A line of its own behind a node and its comment, indented as that is. */
function lineBehind(node: ast.GraphNode, line: string): Edit {
  const text = node.$cstNode?.root.fullText ?? '';
  const { start, end } = spanOf(node);
  const indent = /[^\S\r\n]*$/.exec(text.slice(Math.max(0, start - 100), start))?.[0] ?? '';
  const rest = /^[^\r\n]*/.exec(text.slice(end))?.[0] ?? '';
  const alone = /^\s*(\/\/.*)?$/.test(rest);
  const at = alone ? end + rest.length : end;
  const lineEnd = lineEndOf(text);
  return { span: { start: at, end: at }, text: `${lineEnd}${indent}${line}${alone ? '' : lineEnd}` };
}

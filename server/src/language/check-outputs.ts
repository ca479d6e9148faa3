import * as ast from './generated/ast.ts';
import type { GraphLines } from './graph-source.ts';
import { lineBehind } from './line-behind.ts';
import type { Report } from './report.ts';
import { propertySpan, recovered } from './span.ts';

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

import * as ast from './generated/ast.ts';
import { STEM } from './graph-source.ts';
import type { Edit } from './problem.ts';
import type { Report } from './report.ts';
import { firstWord, propertySpan, recovered, spanOf } from './span.ts';

/** Whether a backbone is a graph: the first line behind its stem is a node. */
export const isGraph = (backbone: ast.Backbone): boolean =>
  backbone.statements.find((s) => ast.isStage(s) || ast.isGraphNode(s))?.$type === 'GraphNode';

/** Stages in a graph, and nodes and outputs in a chain: a backbone is one of the two. True when there are some. */
export function reportMixed(backbone: ast.Backbone, report: Report): boolean {
  const graph = isGraph(backbone);
  let mixed = false;
  let above = STEM;
  for (const statement of backbone.statements) {
    if (ast.isGraphNode(statement) && graph) above = recovered(statement).name ?? above;
    const wrong = graph ? ast.isStage(statement) : ast.isGraphNode(statement) || ast.isOutputStatement(statement);
    if (!wrong) continue;
    mixed = true;
    const span = firstWord(statement);
    const fix = ast.isStage(statement) ? asNode(statement, above, backbone) : undefined;
    const message = graph
      ? 'This backbone is a graph, which has nodes and no stages: write a node that says what it reads.'
      : `This backbone is a chain of stages, in which each line reads the one before it: a graph has ${ast.isGraphNode(statement) ? 'nodes' : 'outputs'}, and no stages.`;
    report({ code: 'mixed-lines', severity: 'error', message, span, ...(fix === undefined ? {} : { data: fix }) });
  }
  return mixed;
}

/** `stage C3 …` as a node that reads the one above; undefined where it has several groups, or its name is taken. */
function asNode(stage: ast.Stage, above: string, { statements }: ast.Backbone) {
  const { name } = recovered(stage);
  const taken = statements.some((s) => ast.isGraphNode(s) && recovered(s).name === name);
  if (name === undefined || taken || stage.groups.length !== 1) return undefined;
  const { end } = spanOf(stage);
  const head = { start: firstWord(stage).start, end: propertySpan(stage, 'name').end };
  const edits: Edit[] = [
    { span: head, text: `node ${name}` },
    { span: { start: end, end }, text: ` from ${above}` },
  ];
  return { kind: 'edits', title: `Make it node ${name}`, edits } as const;
}

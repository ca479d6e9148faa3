import type { InputSize } from '../backbone/backbone.ts';
import { sideAfter } from '../graph/shapes.ts';
import { argumentSpan } from './argument-span.ts';
import { fits, type GraphShapes, type NodeShapes, type Shape } from './graph-shapes.ts';
import type { GraphLines, NodeSource, ReadUse } from './graph-source.ts';
import type { Edit, Problem } from './problem.ts';
import type { GroupSource } from './read-group.ts';
import type { Report } from './report.ts';
import { spanOf } from './span.ts';
import { keepsChannels } from './vocabulary.ts';

/** Everything that checks of shapes look at. */
export interface ShapedGraph {
  readonly graph: GraphLines;
  readonly shapes: GraphShapes;
  readonly groups: readonly GroupSource[];
  readonly input: InputSize | undefined;
}

/** «256×32×32», or «256 channels at /8» while the input is not known. */
function shapeText({ channels, halvings }: Shape, input: InputSize | undefined): string {
  if (input === undefined) return `${channels} channels at /${2 ** halvings}`;
  return `${channels}×${sideAfter(input.height, halvings)}×${sideAfter(input.width, halvings)}`;
}

/** Whether what each node brings together fits together. */
export function checkMerges(shaped: ShapedGraph, report: Report): void {
  for (const [index, node] of shaped.graph.nodes.entries()) {
    const shapes = shaped.shapes.nodes[index];
    if (shapes === undefined) continue;
    if (node.at === undefined) checkPlain(shaped, node, shapes, report);
    else checkResampled(shaped, node, shapes, report);
  }
}

/** Without `at` nothing is resampled: a sum needs one shape, a concatenation one resolution. */
function checkPlain(shaped: ShapedGraph, node: NodeSource, { reads }: NodeShapes, report: Report): void {
  const as = node.reads.find(({ asIs }) => asIs);
  if (as !== undefined) {
    const message = `Without 'at' everything is read as it is: write ${as.name} without as, or the resolution to be read at.`;
    report({
      code: 'needless-as',
      severity: 'warning',
      message,
      span: as.part,
      data: { kind: 'edits', title: 'Remove as', edits: [withoutAs(as)] },
    });
  }
  const first = reads.findIndex((shape) => shape !== undefined);
  const [shape, use] = [reads[first], node.reads[first]];
  const other = reads.findIndex((s) => shape !== undefined && s !== undefined && !fits(shape, s, node.join));
  const [otherShape, otherUse] = [reads[other], node.reads[other]];
  if (shape === undefined || use === undefined || otherShape === undefined || otherUse === undefined) return;
  const [a, b] = [shapeText(shape, shaped.input), shapeText(otherShape, shaped.input)];
  const needs = node.join === 'sum' ? 'What is added has one shape' : 'What is concatenated has one resolution';
  const told = `${needs}: ${use.name} gives ${a}, and ${otherUse.name} gives ${b}.`;
  if (node.join === 'concat') {
    report(mergeError(`${told} Resample in a node before this one, with at.`, otherUse.part));
    return;
  }
  const { title, edits } = mergeFix(shaped, node, shape, reads, otherUse);
  report({ ...mergeError(`${told} ${title}.`, otherUse.part), data: { kind: 'edits', title, edits } });
}

/** Where only the width differs it is set; otherwise all is resampled to the coarsest of the resolutions. */
function mergeFix(
  { groups }: ShapedGraph,
  node: NodeSource,
  shape: Shape,
  reads: readonly (Shape | undefined)[],
  other: ReadUse,
): { readonly title: string; readonly edits: readonly Edit[] } {
  const source = groups[other.group ?? -1];
  const halvings = reads.map((s) => s?.halvings ?? 0);
  if (halvings.every((h) => h === shape.halvings) && source?.fields.out !== undefined && !keepsChannels(source.block)) {
    const edits = [{ span: argumentSpan(source, 'out'), text: String(shape.channels) }];
    return { title: `Give ${other.name} out: ${shape.channels}`, edits };
  }
  const at = `at /${2 ** Math.max(...halvings)}`;
  const from = node.node.clauses.find((clause) => clause.$type === 'FromClause');
  const { start } = spanOf(from ?? node.node);
  return {
    title: `Resample them: write '${at}' before from`,
    edits: [{ span: { start, end: start }, text: `${at} ` }],
  };
}

const withoutAs = ({ part, span }: ReadUse): Edit => ({ span: { start: part.start, end: span.start }, text: '' });

/** With `at` everything is resampled to the node's own width, but what is read `as` it is. */
function checkResampled({ groups, input }: ShapedGraph, node: NodeSource, shapes: NodeShapes, report: Report): void {
  const member = groups[node.group ?? -1];
  if (node.join === 'concat') {
    const message = `What is resampled is added: write 'from ${node.reads.map(({ name }) => name).join(', ')}', or resample in nodes before this one.`;
    report(mergeError(message, node.at?.span ?? node.span));
    return;
  }
  if (keepsChannels(member?.block)) {
    const message = `${member?.block} has no width of its own that its parents could be resampled to: resample them in a node before it.`;
    report(mergeError(message, node.at?.span ?? node.span));
    return;
  }
  const wanted = shapes.input;
  for (const [index, use] of node.reads.entries()) {
    const shape = shapes.reads[index];
    if (!use.asIs || wanted === undefined || shape === undefined || fits(wanted, shape, 'sum')) continue;
    const [has, needs] = [shapeText(shape, input), shapeText(wanted, input)];
    const message = `${use.name} gives ${has}, and ${node.name} adds what is ${needs}: without as it is resampled too.`;
    const data = { kind: 'edits', title: 'Remove as', edits: [withoutAs(use)] } as const;
    report({ ...mergeError(message, use.part), data });
  }
}

const mergeError = (message: string, span: Problem['span']): Problem => ({
  code: 'merge-shape',
  severity: 'error',
  message,
  span,
});

import type { InputSize, Wiring } from '../backbone/backbone.ts';
import { sideAfter } from '../graph/shapes.ts';
import { checkGraphNames, reportCycles, reportUnread } from './check-graph-names.ts';
import { cutMessage } from './check-inputs.ts';
import { reportKernel } from './check-kernels.ts';
import { checkMerges, type ShapedGraph } from './check-merges.ts';
import { reportOutputless } from './check-outputs.ts';
import { reportWidths } from './check-widths.ts';
import type * as ast from './generated/ast.ts';
import { orderGraph } from './graph-order.ts';
import { graphShapes } from './graph-shapes.ts';
import { type GraphLines, type GraphSource, STEM } from './graph-source.ts';
import { readGraph } from './read-graph.ts';
import type { GroupSource } from './read-group.ts';
import type { Report } from './report.ts';
import { spanOf } from './span.ts';

/** The groups and the input of a graph, as far as they can be read. */
export interface GraphParts {
  readonly groups: readonly GroupSource[];
  readonly input: InputSize | undefined;
  readonly channels: number | undefined;
}

/** Reads what makes a graph of the groups of a backbone, and checks it: its wiring is there when nothing is wrong with it. */
export function readWiring(node: ast.Backbone, { groups, input, channels }: GraphParts, report: Report): GraphSource {
  let faultless = true;
  const told: Report = (problem) => {
    if (problem.severity === 'error') faultless = false;
    report(problem);
  };
  const graph = readGraph(node, groups, told);
  checkGraphNames(graph, told);
  const order = orderGraph(graph);
  reportCycles(graph, order, told);
  reportUnread(graph, told);
  reportOutputless(node, graph, told);
  const fields = groups.map((g) => g.fields);
  const shapes = graphShapes(graph, order.order, fields, channels);
  const shaped = { graph, shapes, groups, input };
  checkMerges(shaped, told);
  checkKernels(shaped, told);
  checkWidths(shaped, told);
  reportCut(node, shaped, told);
  return { ...graph, shapes, wiring: faultless ? wiringOf(graph, groups.length, shapes.nodes) : undefined };
}

/** A graph without an error as the model has it; undefined while a number or a group is missing. */
function wiringOf(graph: GraphLines, groups: number, shapes: ShapedGraph['shapes']['nodes']): Wiring | undefined {
  const { stem, nodes, outputs } = graph;
  if (stem === undefined || groups !== stem.group + 1 + nodes.length) return undefined;
  const row = Array.from({ length: stem.group + 1 }, (_, index) => ({
    name: index === stem.group ? STEM : '',
    reads: [{ group: index - 1, asIs: false }],
    join: 'sum' as const,
  }));
  const wires = nodes.flatMap(({ name, reads, join, at }, index) => {
    const sources = reads.flatMap(({ group, asIs }) =>
      group === undefined ? [] : [{ group, asIs: at !== undefined && asIs }],
    );
    const halvings = shapes[index]?.at;
    const whole =
      sources.length === reads.length && reads.length > 0 && (at === undefined) === (halvings === undefined);
    return whole ? [{ name, reads: sources, join, ...(halvings === undefined ? {} : { at: halvings }) }] : [];
  });
  const named = outputs.flatMap(({ name, use }) => (use?.group === undefined ? [] : [{ name, group: use.group }]));
  if (wires.length < nodes.length || named.length < outputs.length) return undefined;
  return { nodes: [...row, ...wires], outputs: named };
}

function checkKernels({ graph, shapes, groups, input }: ShapedGraph, report: Report): void {
  if (input === undefined) return;
  const side = Math.min(input.height, input.width);
  for (const [index, member] of groups.slice(0, (graph.stem?.group ?? -1) + 1).entries()) {
    const halvings = index === 0 ? 0 : shapes.groups[index - 1]?.halvings;
    if (halvings !== undefined) reportKernel(member, sideAfter(side, halvings), report);
  }
  for (const [index, { group }] of graph.nodes.entries()) {
    const halvings = shapes.nodes[index]?.input?.halvings;
    const member = groups[group ?? -1];
    if (member !== undefined && halvings !== undefined) reportKernel(member, sideAfter(side, halvings), report);
  }
}

/** What the blocks of nodes say of the channels that they read. */
function checkWidths({ graph, shapes, groups }: ShapedGraph, report: Report): void {
  for (const [index, { group }] of graph.nodes.entries()) {
    const channels = shapes.nodes[index]?.input?.channels;
    const member = groups[group ?? -1];
    if (member !== undefined && channels !== undefined) reportWidths(member, channels, report);
  }
}

/** One warning for all of a graph. */
function reportCut(backbone: ast.Backbone, { graph, shapes, input }: ShapedGraph, report: Report): void {
  const statement = backbone.statements.find((s) => s.$type === 'InputStatement');
  const message = input === undefined ? undefined : cutMessage(graph, shapes, input);
  if (message === undefined || statement === undefined) return;
  report({ code: 'cut-input', severity: 'warning', message, span: spanOf(statement) });
}

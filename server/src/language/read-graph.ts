import { GrammarUtils } from 'langium';
import * as ast from './generated/ast.ts';
import {
  type AtSource,
  type GraphLines,
  type NodeSource,
  type NodeUse,
  type OutputSource,
  STEM,
} from './graph-source.ts';
import type { Edit, Problem, Span } from './problem.ts';
import type { GroupSource } from './read-group.ts';
import { readShare } from './read-share.ts';
import { type Report, unfinished } from './report.ts';
import { firstWord, propertyNode, propertySpan, recovered, spanOf } from './span.ts';

/** What the node and output lines of a backbone say, with the mistakes that are in one line. */
export function readGraph(backbone: ast.Backbone, groups: readonly GroupSource[], report: Report): GraphLines {
  const lines = backbone.statements.filter(ast.isGraphNode);
  const firsts = new Map<unknown, number>();
  for (const [index, { statement }] of groups.entries()) if (!firsts.has(statement)) firsts.set(statement, index);
  const last = groups.findLastIndex(({ statement }) => ast.isStem(statement));
  const stem = groups[last] === undefined ? undefined : { group: last, span: firstWord(groups[last].statement) };
  const named = new Map<string, number | undefined>([[STEM, stem?.group]]);
  for (const line of lines) {
    const { name } = recovered(line);
    if (name !== undefined && !named.has(name)) named.set(name, firsts.get(line));
  }
  const useOf = (name: string | undefined, span: Span): NodeUse | undefined =>
    name === undefined ? undefined : { name, span, group: named.get(name) };
  const nodes = lines.map((line, index) => {
    const above = lines.slice(0, index).findLast((l) => recovered(l).name !== undefined)?.name ?? STEM;
    return readNode(line, firsts.get(line), above, useOf, report);
  });
  return { stem, nodes, outputs: readOutputs(backbone, useOf, report) };
}

type UseOf = (name: string | undefined, span: Span) => NodeUse | undefined;

/** @param above the name of the node before it */
function readNode(
  line: ast.GraphNode,
  group: number | undefined,
  above: string,
  useOf: UseOf,
  report: Report,
): NodeSource {
  reportGroups(line, report);
  const at = line.clauses.filter(ast.isAtClause);
  const from = line.clauses.filter(ast.isFromClause);
  for (const [first, ...others] of [at, from] as readonly (readonly ast.NodeClause[])[])
    for (const other of first === undefined ? [] : others) report(twice(other));
  const [firstAt] = at;
  const [firstFrom] = from;
  if (firstAt !== undefined && firstFrom !== undefined) reportOrder(firstAt, firstFrom, report);
  if (firstFrom === undefined && line.groups.length > 0) report(sourceless(line, above));
  const sources = firstFrom === undefined ? [] : readSources(firstFrom, above, report);
  const concat = sources.find(ast.isConcat);
  const parents = concat === undefined ? sources.filter(ast.isParent) : concat.parts;
  const reads = parents.flatMap((parent) => {
    const use = useOf(recovered(parent).node, propertySpan(parent, 'node'));
    return use === undefined ? [] : [{ ...use, asIs: parent.asIs === true, part: spanOf(parent) }];
  });
  return {
    node: line,
    name: recovered(line).name ?? '',
    span: propertySpan(line, 'name'),
    group,
    reads,
    join: concat === undefined ? 'sum' : 'concat',
    at: firstAt === undefined ? undefined : readAt(firstAt, useOf, report),
  };
}

/** A node is one group: what stands behind a `+` belongs on a line of its own. */
function reportGroups(line: ast.GraphNode, report: Report): void {
  const { name } = recovered(line);
  const [first, second] = line.groups;
  const signs = GrammarUtils.findNodesForKeyword(line.$cstNode, '+');
  const [sign] = signs.slice(-1);
  if (first === undefined) {
    const span = propertySpan(line, 'name');
    report(unfinished(span, 'a block', `node ${name ?? 'a'} bottleneck(out: 256, btn: 64, k: 3, s: 1) x 2 from stem`));
  } else if (sign !== undefined && signs.length >= line.groups.length) {
    const span = { start: sign.offset, end: sign.end };
    report(unfinished(span, 'a block', '+ bottleneck(out: 256, btn: 64, k: 3, s: 1) x 2'));
  } else if (second !== undefined) {
    const message = `A node is one group of blocks: put the others on lines of their own, such as 'node ${name}_2 … from ${name}'.`;
    report({ code: 'node-groups', severity: 'error', message, span: spanOf(second) });
  }
}

const twice = (clause: ast.NodeClause): Problem => ({
  code: 'duplicate-argument',
  severity: 'error',
  message: `${ast.isAtClause(clause) ? 'at' : 'from'} is given twice: keep one of them.`,
  span: firstWord(clause),
  data: { kind: 'remove', span: spanOf(clause) },
});

/** `from` before `at`: the two change places. */
function reportOrder(at: ast.AtClause, from: ast.FromClause, report: Report): void {
  const [first, second] = [spanOf(from), spanOf(at)];
  if (first.start > second.start) return;
  const text = at.$cstNode?.text ?? '';
  const edits: Edit[] = [
    { span: { start: first.start, end: first.start }, text: `${text} ` },
    { span: { start: first.end, end: second.end }, text: '' },
  ];
  const message = `The resolution stands before what is read: write '${text} ${from.$cstNode?.text ?? ''}'.`;
  report({
    code: 'syntax',
    severity: 'error',
    message,
    span: second,
    data: { kind: 'edits', title: `Put ${text} before from`, edits },
  });
}

function sourceless(line: ast.GraphNode, above: string): Problem {
  const { name } = recovered(line);
  const { end } = spanOf(line);
  const edits = [{ span: { start: end, end }, text: ` from ${above}` }];
  const message = `This does not say what ${name ?? 'the node'} reads: write 'from ${above}', or the name of another node.`;
  const data = { kind: 'edits', title: `Add from ${above}`, edits } as const;
  return { code: 'missing-source', severity: 'error', message, span: propertySpan(line, 'name'), data };
}

/** What is read, with what is wrong in the way it is written. */
function readSources(clause: ast.FromClause, above: string, report: Report): readonly ast.Source[] {
  const { sources } = clause;
  const text = clause.$cstNode?.text ?? '';
  if (sources.length === 0 || text.endsWith(',')) {
    const { end } = spanOf(clause);
    const span = sources.length === 0 ? firstWord(clause) : { start: end - 1, end };
    report(unfinished(span, 'the name of a node', `from ${above}`));
  }
  const concat = sources.find(ast.isConcat);
  if (concat === undefined) return sources;
  if (sources.length > 1) {
    const message =
      'What a node reads is either added or concatenated: concat(…) holds all of it, or a node of its own concatenates.';
    report({ code: 'bad-value', severity: 'error', message, span: spanOf(concat) });
  } else if (concat.parts.length === 0)
    report(unfinished(firstWord(concat), 'what is concatenated', `concat(${above}, stem)`));
  else if (concat.parts.length === 1) {
    const part = concat.parts[0]?.$cstNode?.text ?? '';
    const message = `There is nothing to concatenate ${part} with: write 'from ${part}', or name another node beside it.`;
    const data = {
      kind: 'edits',
      title: `Change it to ${part}`,
      edits: [{ span: spanOf(concat), text: part }],
    } as const;
    report({ code: 'lone-concat', severity: 'warning', message, span: spanOf(concat), data });
  }
  return sources;
}

function readAt(clause: ast.AtClause, useOf: UseOf, report: Report): AtSource {
  const { whole, part, node } = recovered(clause);
  const span = spanOf(clause);
  const like = useOf(node, propertySpan(clause, 'node'));
  if (like !== undefined) return { span, halvings: undefined, like };
  if (whole === undefined && part === undefined) {
    report(unfinished(firstWord(clause), 'a resolution', 'at /8'));
    return { span, halvings: undefined, like };
  }
  const start = propertySpan(clause, whole === undefined ? 'part' : 'whole').start;
  return { span, halvings: readShare(whole, part, { start, end: span.end }, report), like };
}

function readOutputs(backbone: ast.Backbone, useOf: UseOf, report: Report): OutputSource[] {
  const [first, ...others] = backbone.statements.filter(ast.isOutputStatement);
  for (const other of others) {
    const message = 'A backbone has one output line: put all names on one, with commas between them.';
    report({ code: 'duplicate-statement', severity: 'error', message, span: firstWord(other) });
  }
  if (first === undefined) return [];
  const text = first.$cstNode?.text ?? '';
  if (first.outputs.length === 0 || text.endsWith(',')) {
    const { end } = spanOf(first);
    const span = first.outputs.length === 0 ? firstWord(first) : { start: end - 1, end };
    report(unfinished(span, 'an output', 'output C4: c, C5: d'));
  }
  return first.outputs.map((output): OutputSource => {
    const { name = '', sign, node } = recovered(output);
    if (node === undefined)
      report(unfinished(spanOf(output), `the node that ${name} is the output of`, `${name}: ${STEM}`));
    if (sign === '=') {
      const edits = [
        { span: { start: propertySpan(output, 'name').end, end: propertySpan(output, 'sign').end }, text: ':' },
      ];
      const data = { kind: 'edits', title: 'Change = to :', edits } as const;
      const span = propertySpan(output, 'sign');
      report({ code: 'syntax', severity: 'error', message: "Outputs take a colon, such as 'C4: c'.", span, data });
    }
    const use = propertyNode(output, 'node') === undefined ? undefined : useOf(node, propertySpan(output, 'node'));
    return { node: output, name, span: propertySpan(output, 'name'), use };
  });
}

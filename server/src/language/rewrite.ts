import { argumentText } from '../backbone/argument-values.ts';
import type { Backbone, Group } from '../backbone/backbone.ts';
import type { Argument, Group as GroupNode } from './generated/ast.ts';
import type { Edit } from './problem.ts';
import type { BackboneSource } from './read-backbone.ts';
import { argumentRemoval } from './remove-argument.ts';
import { propertySpan, spanOf } from './span.ts';
import { argumentsOf, takes } from './vocabulary.ts';

export type { Edit } from './problem.ts';

/**
 * The fewest edits that make the text of a backbone say another design with the same number of groups. Only numbers and
 * words that differ are touched: comments, spacing and everything else stay as they are.
 */
export function rewriteBackbone(source: BackboneSource, to: Backbone): Edit[] {
  return source.groups.flatMap(({ node, group: from }, index) => {
    const target = to.groups[index];
    // Most groups are the very ones that the text says: nothing of them is compared.
    return from === undefined || target === undefined || from === target ? [] : rewriteGroup(node, from, target);
  });
}

/** The edits that make one group line say another group. */
export function rewriteGroup(node: GroupNode, from: Group, to: Group): Edit[] {
  const edits: Edit[] = [];
  if (from.block !== to.block) edits.push({ span: propertySpan(node, 'block'), text: to.block });
  for (const argument of argumentsOf(undefined)) {
    const { name } = argument;
    const allowed = takes(to.block, name);
    const wanted = allowed ? argumentText(to, argument) : undefined;
    const written = node.arguments.find((a) => a.name === name);
    if (wanted === argumentText(from, argument) && (allowed || written === undefined)) continue;
    if (written === undefined) {
      if (wanted !== undefined) edits.push(insertion(node, `${name}: ${wanted}`));
    } else if (wanted !== undefined) edits.push(replaceValue(written, name, wanted));
    else edits.push(...argumentRemoval(node, written));
  }
  if (from.depth !== to.depth) edits.push(depthEdit(node, to.depth));
  return edits;
}

/** A bare `se` has no value to replace. */
function replaceValue(written: Argument, name: string, value: string): Edit {
  if (written.value === undefined) return { span: spanOf(written), text: `${name}: ${value}` };
  return { span: propertySpan(written, 'value'), text: value };
}

function insertion(node: GroupNode, text: string): Edit {
  const last = node.arguments[node.arguments.length - 1];
  const end = last === undefined ? propertySpan(node, 'block').end + 1 : spanOf(last).end;
  return { span: { start: end, end }, text: last === undefined ? text : `, ${text}` };
}

function depthEdit(node: GroupNode, depth: number): Edit {
  if (node.depth !== undefined) return { span: propertySpan(node, 'depth'), text: String(depth) };
  const { end } = spanOf(node);
  return { span: { start: end, end }, text: ` x ${depth}` };
}

/** Applies edits to a text. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end)
    .reduce((result, edit) => result.slice(0, edit.span.start) + edit.text + result.slice(edit.span.end), text);
}

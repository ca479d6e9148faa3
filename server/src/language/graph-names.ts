import * as ast from './generated/ast.ts';
import { nodeUses, STEM } from './graph-source.ts';
import type { Name } from './names.ts';
import type { BackboneSource } from './read-backbone.ts';
import { contains, propertySpan, recovered } from './span.ts';

/** The node, output or stem of a graph whose declaration or use stands at an offset; the first of a name counts. */
export function graphNameAt({ node, graph }: BackboneSource, offset: number): Name | undefined {
  if (graph === undefined) return undefined;
  const used = nodeUses(graph);
  const at = ({ span }: { readonly span: Name['declaration'] }): boolean => contains(span, offset);
  const name = graph.nodes.find(at)?.name ?? used.find(at)?.name;
  const stem = graph.stem !== undefined && (at(graph.stem) || name === STEM) ? graph.stem : undefined;
  const declared = stem ?? graph.nodes.find((n) => n.name === name);
  if (declared !== undefined) {
    const own = stem === undefined ? (name ?? '') : STEM;
    const uses = used.filter((use) => use.name === own).map(({ span }) => span);
    return { kind: stem === undefined ? 'node' : 'stem', name: own, declaration: declared.span, uses };
  }
  const weights = node.statements.filter(ast.isEntropyStatement).flatMap((s) => s.weights);
  const placed = weights.map((w) => ({ name: recovered(w).stage, span: propertySpan(w, 'stage') }));
  const output = graph.outputs.find(at)?.name ?? placed.find(at)?.name;
  const first = graph.outputs.find((o) => o.name === output);
  if (first === undefined) return undefined;
  const uses = placed.filter((w) => w.name === output).map(({ span }) => span);
  return { kind: 'output', name: first.name, declaration: first.span, uses };
}

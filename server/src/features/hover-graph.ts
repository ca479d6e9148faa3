import type { AstNode } from 'langium';
import * as ast from '../language/generated/ast.ts';
import { STEM } from '../language/graph-source.ts';
import { contains, spanOf } from '../language/span.ts';
import { GRAPH_WORDS } from '../language/word-docs.ts';
import type { Snapshot } from './snapshot.ts';

type GraphPart = ast.GraphNode | ast.NodeClause | ast.Source | ast.OutputStatement | ast.Output;

export const isGraphPart = (node: AstNode): node is GraphPart =>
  ast.isGraphNode(node) ||
  ast.isNodeClause(node) ||
  ast.isSource(node) ||
  ast.isOutputStatement(node) ||
  ast.isOutput(node);

/** What a word of a graph is about: the group of the node that it names, a word of the language, or both. */
export interface GraphMeaning {
  readonly group?: ast.Group | undefined;
  readonly word?: keyof typeof GRAPH_WORDS;
}

export function graphMeaning({ backbones }: Snapshot, node: GraphPart, text: string): GraphMeaning {
  if (ast.isGraphNode(node)) return text === '+' ? {} : { group: node.groups[0], word: 'node' };
  const isName = (ast.isParent(node) || ast.isAtClause(node) || ast.isOutput(node)) && node.node === text;
  if (!isName && Object.hasOwn(GRAPH_WORDS, text)) return { word: text as keyof typeof GRAPH_WORDS };
  const name = ast.isOutput(node) ? node.node : isName ? text : undefined;
  const source = backbones.find((b) => contains(spanOf(b.source.node), spanOf(node).start))?.source;
  const group =
    name === STEM ? source?.graph?.stem?.group : source?.graph?.nodes.find((other) => other.name === name)?.group;
  return group === undefined ? {} : { group: source?.groups[group]?.node };
}

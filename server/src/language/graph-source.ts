import type { Wire, Wiring } from '../backbone/backbone.ts';
import type { GraphNode, Output } from './generated/ast.ts';
import type { GraphShapes } from './graph-shapes.ts';
import type { NameUse } from './name-use.ts';
import type { Span } from './problem.ts';

/** A place that names a node, and the group that it means. */
export interface NodeUse extends NameUse {
  /** Index among the groups of the backbone; undefined where there is no such node, or it has no group. */
  readonly group: number | undefined;
}

/** What a node reads. */
export interface ReadUse extends NodeUse {
  readonly asIs: boolean;
  /** With its `as`. */
  readonly part: Span;
}

/** The resolution that a node asks for: halvings of the input, or those of another node. */
export interface AtSource {
  readonly span: Span;
  readonly halvings: number | undefined;
  readonly like: NodeUse | undefined;
}

/** One node line and what it says. */
export interface NodeSource {
  readonly node: GraphNode;
  readonly name: string;
  /** Of its name. */
  readonly span: Span;
  readonly group: number | undefined;
  readonly reads: readonly ReadUse[];
  readonly join: Wire['join'];
  readonly at: AtSource | undefined;
}

export interface OutputSource {
  readonly node: Output;
  readonly name: string;
  readonly span: Span;
  readonly use: NodeUse | undefined;
}

/** What the lines of a graph say beside their groups. */
export interface GraphLines {
  /** Index of the last group of the stem, and where the stem begins. */
  readonly stem: { readonly group: number; readonly span: Span } | undefined;
  readonly nodes: readonly NodeSource[];
  readonly outputs: readonly OutputSource[];
}

/** A graph of the text, and its model when nothing is wrong with it. */
export interface GraphSource extends GraphLines {
  readonly shapes: GraphShapes;
  readonly wiring: Wiring | undefined;
}

export const STEM = 'stem';

/** Every place of a graph that names a node, but for the lines that declare them. */
export const nodeUses = ({ nodes, outputs }: GraphLines): NodeUse[] => [
  ...nodes.flatMap(({ reads, at }) => [...reads, ...(at?.like === undefined ? [] : [at.like])]),
  ...outputs.flatMap(({ use }) => use ?? []),
];

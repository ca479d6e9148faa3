import type { Group } from '../backbone/backbone.ts';
import type { GraphLines, NodeSource } from './graph-source.ts';
import { keepsChannels } from './vocabulary.ts';

/** Channels of a tensor, and how often its resolution was halved; sizes are always rounded up. */
export interface Shape {
  readonly channels: number;
  readonly halvings: number;
}

/** What goes into a node and comes out of it, as far as the text says it. */
export interface NodeShapes {
  /** Of each read. */
  readonly reads: readonly (Shape | undefined)[];
  /** What its blocks read. */
  readonly input: Shape | undefined;
  readonly at: number | undefined;
}

export interface GraphShapes {
  /** What comes out of each group. */
  readonly groups: readonly (Shape | undefined)[];
  readonly nodes: readonly (NodeShapes | undefined)[];
}

/** What a shape depends on. */
export type ShapeFields = Partial<Pick<Group, 'block' | 'out' | 'stride'>>;

/** Shapes of all groups of a graph: its stem in a row, then the nodes, each behind what it reads. */
export function graphShapes(
  graph: GraphLines,
  order: readonly number[],
  groups: readonly ShapeFields[],
  channels: number | undefined,
): GraphShapes {
  const outputs: (Shape | undefined)[] = new Array<undefined>(groups.length).fill(undefined);
  let before: Shape | undefined = channels === undefined ? undefined : { channels, halvings: 0 };
  let halvings: number | undefined = 0;
  for (const [index, fields] of groups.slice(0, (graph.stem?.group ?? -1) + 1).entries()) {
    halvings = halvings === undefined ? undefined : halved(halvings, fields);
    const out: number | undefined = keepsChannels(fields.block) ? before?.channels : fields.out;
    before = out === undefined || halvings === undefined ? undefined : { channels: out, halvings };
    outputs[index] = before;
  }
  const nodes: (NodeShapes | undefined)[] = new Array<undefined>(graph.nodes.length).fill(undefined);
  for (const index of order) {
    const node = graph.nodes[index];
    const fields = groups[node?.group ?? -1];
    if (node?.group === undefined || fields === undefined) continue;
    const shapes = nodeShapes(node, fields, outputs);
    nodes[index] = shapes;
    outputs[node.group] = shapes.input === undefined ? undefined : outputOf(shapes.input, fields);
  }
  return { groups: outputs, nodes };
}

function nodeShapes(node: NodeSource, fields: ShapeFields, outputs: readonly (Shape | undefined)[]): NodeShapes {
  const reads = node.reads.map(({ group }) => (group === undefined ? undefined : outputs[group]));
  const like = node.at?.like?.group;
  const at = node.at?.halvings ?? (like === undefined ? undefined : outputs[like]?.halvings);
  if (node.at !== undefined) {
    // What is resampled has the node's own width.
    const known = at !== undefined && fields.out !== undefined && !keepsChannels(fields.block);
    return { reads, at, input: known ? { channels: fields.out, halvings: at } : undefined };
  }
  const known = reads.filter((shape) => shape !== undefined);
  const [first] = known;
  if (first === undefined || known.length < reads.length || !known.every((shape) => fits(first, shape, node.join)))
    return { reads, at, input: undefined };
  const channels = node.join === 'sum' ? first.channels : known.reduce((sum, shape) => sum + shape.channels, 0);
  return { reads, at, input: { channels, halvings: first.halvings } };
}

const halved = (halvings: number, { stride }: ShapeFields): number | undefined =>
  stride === undefined ? undefined : stride === 2 ? halvings + 1 : halvings;

function outputOf(input: Shape, fields: ShapeFields): Shape | undefined {
  const halvings = halved(input.halvings, fields);
  const channels = keepsChannels(fields.block) ? input.channels : fields.out;
  return channels === undefined || halvings === undefined ? undefined : { channels, halvings };
}

/** Whether tensors of these shapes can be added, or concatenated, as they are. */
export const fits = (a: Shape, b: Shape, join: NodeSource['join']): boolean =>
  a.halvings === b.halvings && (join === 'concat' || a.channels === b.channels);

import { sideAfter } from '../graph/shapes.ts';
import { orderGraph } from '../language/graph-order.ts';
import { graphShapes } from '../language/graph-shapes.ts';
import type { GraphSource } from '../language/graph-source.ts';
import type { BackboneSource } from '../language/read-backbone.ts';
import type { Surroundings } from './group-numbers.ts';

/** What comes into a group of a graph: what its node reads, or what the line above gives while it reads nothing. */
export function graphSurroundings(
  { groups, input }: BackboneSource,
  graph: GraphSource,
  index: number,
): Omit<Surroundings, 'block'> {
  const fields = groups.map((g) => g.fields);
  const shapes = graphShapes(graph, orderGraph(graph).order, fields, input?.channels);
  const node = graph.nodes.findIndex(({ group }) => group === index);
  const shape = shapes.nodes[node]?.input ?? shapes.groups[index - 1];
  const side = input === undefined ? undefined : Math.min(input.height, input.width);
  return {
    channels: shape?.channels,
    side: side === undefined || shape === undefined ? undefined : sideAfter(side, shape.halvings),
  };
}

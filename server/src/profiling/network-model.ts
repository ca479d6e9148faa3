import type { Cell } from '../graph/cell.ts';
import { flatten, type Graph } from '../graph/graph.ts';
import { shapeOf } from '../graph/shapes.ts';
import { type TimedModel, timedModel } from './timed-model.ts';

/** A whole network whose outputs are each pooled to one position, so that what is timed is the network and not a copy of its maps. */
export function networkModel(network: Graph): TimedModel | undefined {
  const { cell, ends } = flatten(network);
  const nodes: Cell['nodes'][number][] = [...cell.nodes];
  const outputs = network.outputs.map(({ section }) => {
    const end = ends[section] ?? cell.output;
    const shape = cell.nodes[end]?.shape;
    if (shape === undefined) return end;
    return nodes.push({ operator: POOL, reads: [end], role: 'behind', shape: shapeOf(POOL, [shape]) }) - 1;
  });
  return timedModel({ ...cell, nodes }, outputs.length > 0 ? outputs : [cell.output]);
}

const POOL = { op: 'globalpool' } as const;

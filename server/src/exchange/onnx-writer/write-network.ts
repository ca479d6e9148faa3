import { type Cell, type GraphNode, type Ref, shapeAt } from '../../graph/cell.ts';
import { type Graph, repeatsOf, type Section } from '../../graph/graph.ts';
import type { Shape } from '../../graph/shapes.ts';
import type { OnnxBuilder } from './builder.ts';
import { writeOperator } from './operators.ts';
import { SharedWeights } from './shared-weights.ts';

/** A graph whose sections stand somewhere in a text. */
export type PlacedGraph = Graph<Section & { readonly place: string }>;

export const IMAGES = 'images';

export const dimsOf = ({ channels, height, width }: Shape): readonly number[] => [1, channels, height, width];

/**
 * Writes a network for one image. Names are those of the text: `C3/block2/conv1` is the first convolution of the second
 * block that stands in C3; `shortcut` and `se` come before what belongs to those.
 *
 * @returns the operator that ONNX has nothing for, if there is one
 */
export function writeNetwork(model: OnnxBuilder, network: PlacedGraph, seed: number): string | undefined {
  const { image, sections, order, outputs } = network;
  const taken = new Set(outputs.map(({ name }) => name));
  const images = model.input(taken.has(IMAGES) ? `${IMAGES}/input` : IMAGES, dimsOf(image));
  const ends: string[] = [];
  const blocks = new Map<string, number>();
  const owners = new SharedWeights();
  let count = 0;
  const write = (
    cell: Cell,
    inputs: readonly string[],
    place: string,
    block: string,
  ): string | { readonly op: string } => {
    const made: string[] = [];
    const at = (ref: Ref): string => (ref < 0 ? (inputs[-1 - ref] ?? images) : (made[ref] ?? images));
    const names = new CellNames(`${place}/${block}`);
    for (const [index, node] of cell.nodes.entries()) {
      const from = shapeAt(cell, node.reads[0] ?? -1);
      count += 1;
      const name = names.of(node);
      const reads = node.reads.map(at);
      const tensor = writeOperator(model, {
        operator: node.operator,
        reads,
        from,
        to: node.shape,
        name,
        weights: owners.of(node, place, index, name),
        key: [seed, count],
      });
      if (tensor === undefined) return { op: node.operator.op };
      made.push(tensor);
    }
    return at(cell.output);
  };
  for (const index of order) {
    const section = sections[index];
    if (section === undefined) continue;
    const { place, merge } = section;
    let inputs = section.reads.map((read) => ends[read] ?? images);
    for (const { cell, times } of repeatsOf(section)) {
      for (let i = 0; i < times; i++) {
        const block = (blocks.get(place) ?? 0) + (cell === merge ? 0 : 1);
        blocks.set(place, block);
        const end = write(cell, inputs, place, cell === merge ? 'merge' : `block${block}`);
        if (typeof end !== 'string') return end.op;
        inputs = [end];
      }
    }
    ends[index] = inputs[0] ?? images;
  }
  for (const { name, section } of outputs)
    model.output(name, dimsOf(sections[section]?.to ?? image), ends[section] ?? images);
  return undefined;
}

const ROLES: Readonly<Partial<Record<GraphNode['role'], string>>> = { shortcut: 'shortcut/', 'squeeze-excite': 'se/' };

/** What people call operators where the graph's word is another. */
const CALLED: Readonly<Partial<Record<GraphNode['operator']['op'], string>>> = {
  batchnorm: 'bn',
  activation: 'act',
  sum: 'add',
  product: 'scale',
};

/** Numbers the operators of a block from 1, each kind by itself, so that widening and deepening rename nothing. */
class CellNames {
  private readonly counts = new Map<string, number>();
  private readonly prefix: string;

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  of({ operator: { op }, role }: GraphNode): string {
    const name = `${this.prefix}/${ROLES[role] ?? ''}${CALLED[op] ?? op}`;
    const count = (this.counts.get(name) ?? 0) + 1;
    this.counts.set(name, count);
    return `${name}${count}`;
  }
}

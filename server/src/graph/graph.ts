import { type Cell, inputRef, type Ref } from './cell.ts';
import { type Shape, sameShape } from './shapes.ts';

/** Cells that run one after the other, all alike. */
export interface Repeat {
  readonly cell: Cell;
  readonly times: number;
}

/** A run of cells that stands for one place in the text: a group of blocks. */
export interface Section {
  /** Sections whose outputs it reads, in this order; −1 is the image. */
  readonly reads: readonly number[];
  /** What brings together what it reads, where that is not one tensor that is taken as it is. */
  readonly merge: Cell | undefined;
  readonly cells: readonly Repeat[];
  /** For each tensor that it reads whether a section that runs later reads it too. */
  readonly keeps: readonly boolean[];
  /** Elements of tensors that neither it nor its cells read, and that wait for a later section. */
  readonly heldElements: number;
  /** The tensor that the first cell reads, and the one that the last hands on. */
  readonly from: Shape;
  readonly to: Shape;
}

/** Which section hands on the tensor of a name. */
export interface Output {
  readonly name: string;
  readonly section: number;
}

/**
 * A network: sections that read one another, and named outputs. Costs, entropies, measurements, pictures and exports
 * read this and nothing else. Sections that say the same are the very same objects in two graphs of which one was made
 * from the other, so that what changes between two texts is found by comparing references.
 */
export interface Graph<S extends Section = Section> {
  readonly name: string;
  readonly image: Shape;
  readonly sections: readonly S[];
  /** The order in which sections run: each after what it reads. */
  readonly order: readonly number[];
  readonly outputs: readonly Output[];
}

/** Every cell of a section in the order in which they run, its merge first. */
export const repeatsOf = ({ merge, cells }: Section): readonly Repeat[] =>
  merge === undefined ? cells : [{ cell: merge, times: 1 }, ...cells];

/** A cell whose cells were written out into one: what exports and forward passes walk. */
export function flatten({ image, sections, order }: Graph): { readonly cell: Cell; readonly ends: readonly Ref[] } {
  const nodes: Cell['nodes'][number][] = [];
  const ends: Ref[] = sections.map(() => inputRef(0));
  const append = (cell: Cell, inputs: readonly Ref[]): Ref => {
    const first = nodes.length;
    const moved = (ref: Ref): Ref => (ref < 0 ? (inputs[-1 - ref] ?? inputRef(0)) : first + ref);
    for (const node of cell.nodes) nodes.push({ ...node, reads: node.reads.map(moved) });
    return moved(cell.output);
  };
  for (const index of order) {
    const section = sections[index];
    if (section === undefined) continue;
    const read = section.reads.map((s) => (s < 0 ? inputRef(0) : (ends[s] ?? inputRef(0))));
    let x = section.merge === undefined ? (read[0] ?? inputRef(0)) : append(section.merge, read);
    for (const { cell, times } of section.cells) for (let i = 0; i < times; i++) x = append(cell, [x]);
    ends[index] = x;
  }
  return { cell: { inputs: [image], nodes, output: ends[order.at(-1) ?? 0] ?? inputRef(0) }, ends };
}

export const sameShapes = (a: readonly Shape[], b: readonly Shape[]): boolean =>
  a.length === b.length && a.every((shape, i) => sameShape(shape, b[i] ?? shape));

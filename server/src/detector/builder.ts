import type { Cell, Ref } from '../graph/cell.ts';
import { CellBuilder } from '../graph/cell-builder.ts';
import type { Section } from '../graph/graph.ts';
import type { Shape } from '../graph/shapes.ts';

/** A tensor that parts hand to one another. */
export interface Level {
  /** `P3` by its resolution, or what the backbone calls its output. */
  readonly name: string;
  /** The section that makes it. */
  readonly section: number;
  readonly shape: Shape;
}

/** One piece of a neck or head: a cell that reads tensors of others. */
export interface PartSection extends Pick<Section, 'reads'> {
  readonly cell: Cell;
  /** What people call what it makes: `P4`, `P4 cls`. */
  readonly place: string;
  readonly to: Shape;
}

/** Writes necks and heads behind a backbone, section by section. */
export class DetectorBuilder {
  readonly sections: PartSection[] = [];
  private readonly first: number;

  /** @param first the index of the first section: how many the backbone has */
  constructor(first: number) {
    this.first = first;
  }

  /** A section that reads some tensors; `write` makes its nodes and hands back the last. */
  add(place: string, reads: readonly Level[], write: (cell: CellBuilder, ...inputs: Ref[]) => Ref): Level {
    const builder = new CellBuilder(...reads.map(({ shape }) => shape));
    const output = write(builder, ...reads.map((_, i) => builder.input(i)));
    const cell = builder.build(output);
    const to = builder.shape(output);
    this.sections.push({ reads: reads.map(({ section }) => section), cell, place, to });
    return { name: place, section: this.first + this.sections.length - 1, shape: to };
  }
}

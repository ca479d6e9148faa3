import type { Cell, Ref } from '../graph/cell.ts';
import type { Shape } from '../graph/shapes.ts';
import { PartCell } from './part-cell.ts';

/** A tensor that parts hand to one another. */
export interface Level {
  /** `P3` by its resolution. */
  readonly name: string;
  /** The section that makes it. */
  readonly section: number;
  readonly shape: Shape;
}

/** One piece of a neck or head: a cell that reads tensors of others. */
export interface PartSection {
  /** The sections that it reads, the backbone's among them. */
  readonly reads: readonly number[];
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
  add(place: string, reads: readonly Level[], write: (cell: PartCell, ...inputs: Ref[]) => Ref): Level {
    const cell = new PartCell(...reads.map(({ shape }) => shape));
    const output = write(cell, ...reads.map((_, i) => cell.input(i)));
    const to = cell.shape(output);
    this.sections.push({ reads: reads.map(({ section }) => section), cell: cell.build(output), place, to });
    return { name: place, section: this.first + this.sections.length - 1, shape: to };
  }
}

/** What a level is called: by how often the image was halved up to it. */
export const levelName = ({ halvings }: Pick<Shape, 'halvings'>): string => `P${halvings}`;

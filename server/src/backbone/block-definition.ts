import type { Ref } from '../graph/cell.ts';
import type { CellBuilder } from '../graph/cell-builder.ts';
import type { Argument } from './arguments.ts';
import type { Group } from './backbone.ts';

/** Where a block stands in its group: the first one may have a stride and other channels than the later ones. */
export interface BlockPlace {
  readonly first: boolean;
  readonly stride: number;
}

/** What a search may change in a block, beside its type. */
export interface BlockSearch {
  readonly out: boolean;
  /** The bottleneck by itself, as a multiple of the output, or not at all. */
  readonly btn: 'width' | 'ratio' | 'none';
  readonly kernel: boolean;
  readonly depth: boolean;
}

/** A mistake that only the channels that a group reads bring to light. */
export interface BlockFault {
  readonly argument: string;
  readonly message: string;
  /** What would be right there. */
  readonly right?: string;
}

/** Everything about one kind of block: the language, completion, hovers, costs, entropy and the search read it here. */
export interface BlockDefinition {
  readonly name: string;
  /** What it consists of, in one line without a full stop. */
  readonly doc: string;
  /** What other libraries call it, in lower case without `_` and `-`. */
  readonly synonyms: string;
  readonly required: readonly Argument[];
  readonly optional: readonly Argument[];
  readonly example: string;
  /** Whether a line holds a run of them, `x n`; a single layer is written without. */
  readonly repeats: boolean;
  /** Whether it hands on the channels that it reads, and so takes no `out`. */
  readonly keepsChannels: boolean;
  /** Whether its bottleneck is meant to be narrower than its output. */
  readonly narrows: boolean;
  /** What a resampling behind it takes for its width, where that is not its output (docs/method.md 9). */
  readonly baseWidth?: (g: Group) => number;
  /** The widths that its channel groups divide: what the grouped convolution reads and writes. */
  readonly grouped: readonly ('in' | 'out' | 'btn')[];
  readonly search: BlockSearch;
  /** The channels that it may read, where its own output says something about them. */
  readonly reads?: (g: Group) => { readonly least: number; readonly most: number };
  /** Bottleneck widths that are usual, as multiples of the output, the most usual first. */
  readonly usualBottlenecks: readonly number[];
  /** Writes one block of a group and returns the tensor that it hands on. */
  readonly lower: (cell: CellBuilder, g: Group, place: BlockPlace) => Ref;
  /** @param channels what the group reads */
  readonly faults?: (g: Group, channels: number) => readonly BlockFault[];
}

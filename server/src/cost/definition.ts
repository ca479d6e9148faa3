import type { Unit } from '../../../common/numbers.ts';
import type { NumberRule } from '../backbone/arguments.ts';
import type { Cell, GraphNode } from '../graph/cell.ts';
import type { Shape } from '../graph/shapes.ts';

/** One node with all that a count may need to know of where it stands. */
export interface CountedNode {
  readonly node: GraphNode;
  readonly cell: Cell;
  /** The image, whose size TinyNAS halves as a real number. */
  readonly image: Shape;
}

/** A stage as counts of the whole network see it: its scored layers and Σ log(in / groups · k²) up to its end. */
export interface CountedStage {
  readonly layers: number;
  readonly logFanIn: number;
}

/** A whole number of something. */
export const COUNT: NumberRule = { what: 'The limit', min: 1, max: 1e18, whole: true };

interface CostBase {
  readonly name: string;
  readonly doc: string;
  readonly formula: string;
  /** What other tools call it, in lower case. */
  readonly synonyms: string;
  readonly unit: Unit;
  /** One of the ways to count multiply–accumulates, of which a person chooses one to see. */
  readonly convention: boolean;
  /** The device on which it is a time; undefined for what a network costs everywhere. Of such a cost only sums are asked. */
  readonly device?: string;
  /** What a budget may limit it to; undefined where it may not. */
  readonly limit: NumberRule | undefined;
  /** A limit to begin with, as it is written. */
  readonly usual: string;
}

/** Everything about one cost: budgets, hints, tables, the search, JSON and docs read it here. */
export type CostDefinition = CostBase &
  (
    | {
        /** A sum over all nodes. For the search it has to be a polynomial of degree two in the widths. */
        readonly kind: 'sum';
        readonly of: (counted: CountedNode) => number;
      }
    /** The most elements alive at once, times the bytes of each. */
    | { readonly kind: 'peak'; readonly bytes: number }
    /** Follows from the layers and fan-ins up to the end of each stage; the greatest counts. */
    | { readonly kind: 'stages'; readonly of: (stage: CountedStage) => number }
  );

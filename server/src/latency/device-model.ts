import type { CountedNode } from '../cost/definition.ts';
import type { Cell, GraphNode } from '../graph/cell.ts';
import type { Shape } from '../graph/shapes.ts';
import { IMAGE_CHANNELS } from './layout.ts';
import { isProductSum, type Operation, operationOf, workOf } from './operation.ts';
import type { Profile } from './profile.ts';
import { RateGrid } from './rate-grid.ts';
import { operationsOf, PLAIN_SUFFIX } from './run-operations.ts';
import { alignedTo, alignedWidth, keyOf, parseKey, placeOf, timedPlaces } from './timed-places.ts';

/** A time that is predicted, and whether something in it lies beyond what the profile has. */
export interface Predicted {
  /** Milliseconds. */
  readonly ms: number;
  readonly outside: boolean;
}

/** An operator that a profile does not reach: one of its sizes lies beyond what was timed, or nothing like it was. */
export interface Beyond {
  readonly operation: Operation;
  /** Undefined where no operator of its kind was timed. */
  readonly size?: {
    readonly of: 'channels read' | 'channels written' | 'positions';
    readonly value: number;
    readonly least: number;
    readonly most: number;
  };
}

const AXES = ['channels read', 'channels written', 'positions'] as const;

/** An operator of the runtime, or a map that it brings from one layout into another, which is no operator to call. */
export interface Run {
  readonly operation: Operation;
  readonly isMove: boolean;
}

/** What any operator that nobody timed is taken for. */
const PLAIN = 'sum';

/**
 * How long a device takes for a node: factor · work / rate + overhead, and what it takes to bring maps from one layout into
 * another for it (layout.ts). The rate, work per millisecond, is interpolated between the shapes of the profile (rate-grid.ts);
 * widths are rounded up to the kernels' block of channels before, which counts for more than any finer grid.
 */
export class DeviceModel {
  readonly profile: Profile;
  private readonly grids = new Map<string, RateGrid>();
  private readonly cells = new WeakMap<Cell, ReadonlyMap<GraphNode, Predicted>>();

  constructor(profile: Profile) {
    this.profile = profile;
    for (const [kind, places] of timedPlaces(profile)) this.grids.set(kind, new RateGrid(places));
  }

  /** Milliseconds of a node; nothing for what the runtime does along with the convolution before it. */
  ofNode(counted: CountedNode): Predicted {
    const { cell, node } = counted;
    let known = this.cells.get(cell);
    if (known === undefined) {
      known = this.ofCell(counted);
      this.cells.set(cell, known);
    }
    return known.get(node) ?? this.of(operationOf(counted));
  }

  private ofCell({ cell, image }: CountedNode): ReadonlyMap<GraphNode, Predicted> {
    return new Map(
      operationsOf(cell, image, this.profile).map(({ node, operation, moves }) => {
        const parts = moves.map((move) => this.of(move));
        if (operation !== undefined) parts.push(this.ofOperator(operation));
        return [node, together(parts)];
      }),
    );
  }

  /** One operator of the runtime, with what it costs to call it and to bring its weights. */
  private ofOperator(operation: Operation): Predicted {
    const known = this.grids.has(keyOf(this.aligned(operation)));
    const { ms, outside } = this.of(known ? operation : { ...operation, op: operation.op.replace(PLAIN_SUFFIX, '') });
    const { overhead = 0, perMillionWeights = 0 } = this.profile;
    return { ms: ms + overhead + perMillionWeights * millionWeights(this.aligned(operation)), outside };
  }

  /** All that runs for a cell, one by one, as its widths make it: what a search tabulates. */
  runsOf(cell: Cell, image: Shape): Run[] {
    return operationsOf(cell, image, this.profile).flatMap(({ moves, operation }) => [
      ...moves.map((move) => ({ operation: move, isMove: true })),
      ...(operation === undefined ? [] : [{ operation, isMove: false }]),
    ]);
  }

  ofRun({ operation, isMove }: Run): Predicted {
    return isMove ? this.of(operation) : this.ofOperator(operation);
  }

  of(operation: Operation): Predicted {
    const aligned = this.aligned(operation);
    const { grid, own } = this.gridFor(aligned);
    const work = workOf(aligned);
    if (grid === undefined || work === 0) return { ms: 0, outside: work > 0 };
    const { log, outside } = grid.at(placeOf(aligned));
    // What has no product sum is a small share of any network, and its rate hardly changes beyond what was timed.
    return {
      ms: (this.profile.factor * work) / Math.exp(log),
      outside: !own || (outside && isProductSum(aligned)),
    };
  }

  /** What of a node lies beyond the profile, so that its time is extrapolated; undefined where nothing does. */
  beyond(counted: CountedNode): Beyond | undefined {
    if (!this.ofNode(counted).outside) return undefined;
    const operation = operationOf(counted);
    const aligned = this.aligned(operation);
    const place = placeOf(aligned);
    const { grid, own } = this.gridFor(aligned);
    const found = own ? grid?.beyond(place) : undefined;
    const of = AXES[found?.axis ?? -1];
    if (found === undefined || of === undefined) return { operation };
    const [value, least, most] = [place[found.axis] ?? 0, found.least, found.most].map((log) =>
      Math.round(Math.exp(log)),
    );
    return { operation, size: { of, value: value ?? 0, least: least ?? 0, most: most ?? 0 } };
  }

  /** Widths rounded up to the kernels' block, but for those of an image and of groups. */
  aligned(operation: Operation): Operation {
    return alignedTo(this.profile.channelBlock, operation);
  }

  /** The width that costs what this one does: the next multiple of the kernels' block. */
  alignedWidth(channels: number): number {
    return alignedWidth(this.profile.channelBlock, channels);
  }

  /** The grid of an operation, or of what is most like it. */
  private gridFor(operation: Operation): { readonly grid: RateGrid | undefined; readonly own: boolean } {
    const found = this.grids.get(keyOf(operation));
    if (found !== undefined) return { grid: found, own: true };
    return { grid: this.mostLike(operation), own: false };
  }

  private mostLike({ op, kernel, stride, grouping, in: read }: Operation): RateGrid | undefined {
    const name = isProductSum({ op }) ? 'conv' : PLAIN;
    const image = read <= IMAGE_CHANNELS;
    let [least, best] = [Infinity, undefined as RateGrid | undefined];
    for (const [key, grid] of this.grids) {
      const other = parseKey(key);
      if (other.op !== op && other.op !== name) continue;
      const far =
        (other.op === op ? 0 : 100) +
        (other.grouping === grouping ? 0 : 30) +
        (other.image === image ? 0 : 10) +
        Math.abs(Math.log(other.kernel / kernel)) +
        Math.abs(Math.log(other.stride / stride)) / 4;
      if (far >= least) continue;
      [least, best] = [far, grid];
    }
    return best;
  }
}

const together = (parts: readonly Predicted[]): Predicted => ({
  ms: parts.reduce((sum, { ms }) => sum + ms, 0),
  outside: parts.some(({ outside }) => outside),
});

/** Weights of a convolution, or of what is like one, in millions. */
export const millionWeights = (operation: Operation): number =>
  isProductSum({ op: operation.op.replace(PLAIN_SUFFIX, '') })
    ? ((operation.in / operation.groups) * operation.out * operation.kernel ** 2) / 1e6
    : 0;

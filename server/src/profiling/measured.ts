import type { Operation } from '../latency/operation.ts';
import type { OperatorTimes, Point } from '../latency/profile.ts';
import { kindKey, kindOf, type OperatorKind } from './kinds.ts';
import type { Kernels, Timed } from './timer.ts';

/** An operation with its time: the least of the times that were taken of it, because other programs only make them longer. */
export interface TimedOperation extends Timed {
  readonly operation: Operation;
  /** How often a time was taken of it. */
  readonly looks: number;
}

/** All that was timed so far; plain data in `state`, for a file. */
export interface MeasuredState {
  readonly kernels: Kernels | undefined;
  readonly operations: readonly TimedOperation[];
  /** Times of networks in ms by their names, each look by itself. */
  readonly networks: Readonly<Record<string, readonly number[]>>;
  /** Operators that the runtime has nothing for, by the keys of their kinds. */
  readonly absent: readonly string[];
}

export const NOTHING_MEASURED: MeasuredState = { kernels: undefined, operations: [], networks: {}, absent: [] };

export class Measured {
  kernels: Kernels | undefined;
  readonly networks = new Map<string, number[]>();
  private readonly operations = new Map<string, TimedOperation>();
  private readonly absent: Set<string>;

  constructor({ kernels, operations, networks, absent }: MeasuredState) {
    this.kernels = kernels;
    for (const one of operations) this.operations.set(operationKey(one.operation), one);
    for (const [name, looks] of Object.entries(networks)) this.networks.set(name, [...looks]);
    this.absent = new Set(absent);
  }

  get state(): MeasuredState {
    return {
      kernels: this.kernels,
      operations: [...this.operations.values()],
      networks: Object.fromEntries(this.networks),
      absent: [...this.absent],
    };
  }

  /** How often an operation was timed; of what the runtime has not it is always enough. */
  looksAt(operation: Operation): number {
    if (this.absent.has(kindKey(kindOf(operation)))) return Number.POSITIVE_INFINITY;
    return this.operations.get(operationKey(operation))?.looks ?? 0;
  }

  add(operation: Operation, timed: Timed | undefined): void {
    if (timed === undefined) {
      this.absent.add(kindKey(kindOf(operation)));
      return;
    }
    const key = operationKey(operation);
    const before = this.operations.get(key);
    const better = before === undefined || timed.ms < before.ms ? timed : before;
    this.operations.set(key, { ...better, operation, looks: (before?.looks ?? 0) + 1 });
  }

  addNetwork(name: string, ms: number): void {
    this.networks.set(name, [...(this.networks.get(name) ?? []), ms]);
  }

  networkTime(name: string): number | undefined {
    const looks = this.networks.get(name);
    return looks === undefined || looks.length === 0 ? undefined : Math.min(...looks);
  }

  /** The same network timed twice: the median share by which the two differ; 0 where none was. */
  get noise(): number {
    const differences = [...this.networks.values()].flatMap(([first, second]) =>
      first === undefined || second === undefined ? [] : [Math.abs(first / second - 1)],
    );
    return differences.toSorted((a, b) => a - b)[differences.length >> 1] ?? 0;
  }

  /** By kinds, each in the order of its shapes, so that two profiles can be compared line by line. */
  get operators(): OperatorTimes[] {
    const kinds = new Map<string, { readonly kind: OperatorKind; readonly points: Point[] }>();
    for (const { operation, ms, spread, runs } of this.operations.values()) {
      const { image: _, ...kind } = kindOf(operation);
      const key = kindKey({ ...kind, image: false });
      const known = kinds.get(key) ?? { kind: { ...kind, image: false }, points: [] };
      kinds.set(key, known);
      const { in: read, out, groups, height, width } = operation;
      known.points.push([read, out, groups, height, width, rounded(ms, 4), rounded(spread, 2), runs]);
    }
    return [...kinds.values()]
      .map(({ kind: { op, kernel, stride, grouping }, points }) => ({
        ...{ op, kernel, stride, grouping },
        points: points.toSorted(byShape),
      }))
      .toSorted(
        (a, b) =>
          compareText(a.op, b.op) || compareText(a.grouping, b.grouping) || a.kernel - b.kernel || a.stride - b.stride,
      );
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byShape = (a: Point, b: Point): number => {
  for (let i = 0; i < 5; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

const rounded = (value: number, digits: number): number => Number(value.toPrecision(digits));

export const operationKey = (operation: Operation): string => {
  const { in: read, out, groups, height, width } = operation;
  return `${kindKey(kindOf(operation))} ${read} ${out} ${groups} ${height} ${width}`;
};

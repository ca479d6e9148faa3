import { isProductSum, type Operation, workOf } from '../../latency/operation.ts';
import type { Grouping } from '../../latency/profile.ts';
import { POOL, poolBehind } from './kit.ts';

const WIDTHS = [16, 256];
/** Convolutions without a window are light enough to be timed as wide as usual backbones are. */
const PLAIN_WIDTHS = [16, 256, 1024];
const SIDES = [10, 40, 160];
/** Multiply–accumulates beyond which one run takes too long on a phone, and the weights are too large to carry. */
const MOST_WORK = 4e9;
const MOST_WEIGHTS = 1_200_000;
/** Too little to be more than what starting an operator takes. */
const LEAST_WORK = 20_000;

/** Where the block of channels shows that the kernels work in: widths with one and the same map. */
export const PROBED_WIDTHS = [24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 128] as const;
const PROBED_SIDE = 40;

type Shape = Pick<Operation, 'in' | 'out' | 'height' | 'width'>;

const operation = (op: string, kernel: number, stride: number, grouping: Grouping, shape: Shape): Operation => ({
  op,
  kernel,
  stride,
  grouping,
  groups: grouping === 'each' ? shape.out : 1,
  ...shape,
});

const square = (channels: number, out: number, side: number): Shape => ({
  in: channels,
  out,
  height: side,
  width: side,
});

/** A convolution of as many channels as it reads, by which the block is found. */
export const probe = (width: number): Operation => operation('conv', 3, 1, 'one', square(width, width, PROBED_SIDE));

/** What a kit times: a grid for each kind of operator, the probes, and the pooling behind each. */
export function kitOperations(): readonly Operation[] {
  const found: Operation[] = [...convolutions(), ...images(), ...depthwise(), ...others()];
  const operations = [...found.map(smaller).filter(isWorthIt), ...PROBED_WIDTHS.map(probe)];
  const pools = operations.filter(({ op }) => op !== POOL).map(poolBehind);
  return [...new Map([...operations, ...pools].map((one) => [JSON.stringify(one), one])).values()];
}

const WINDOWS = [
  [1, 1],
  [1, 2],
  [3, 1],
  [3, 2],
  [5, 1],
  [5, 2],
] as const;

const widthsOf = (kernel: number): readonly number[] => (kernel === 1 ? PLAIN_WIDTHS : WIDTHS);

const convolutions = (): Operation[] =>
  WINDOWS.flatMap(([kernel, stride]) =>
    widthsOf(kernel).flatMap((read) =>
      widthsOf(kernel).flatMap((out) =>
        SIDES.map((side) => operation('conv', kernel, stride, 'one', square(read, out, side))),
      ),
    ),
  );

const images = (): Operation[] =>
  [3, 7].flatMap((kernel) =>
    [16, 64].flatMap((out) => [160, 320, 640].map((side) => operation('conv', kernel, 2, 'one', square(3, out, side)))),
  );

const depthwise = (): Operation[] =>
  [3, 5].flatMap((kernel) =>
    [1, 2].flatMap((stride) =>
      WIDTHS.flatMap((width) =>
        SIDES.map((side) => operation('conv', kernel, stride, 'each', square(width, width, side))),
      ),
    ),
  );

const others = (): Operation[] =>
  [
    ['sum', 1, 1],
    ['silu', 1, 1],
    ['hardswish', 1, 1],
    ['maxpool', 3, 2],
    ['avgpool', 2, 2],
    [POOL, 1, 1],
  ].flatMap(([op, kernel, stride]) =>
    WIDTHS.flatMap((width) =>
      SIDES.map((side) => operation(String(op), Number(kernel), Number(stride), 'one', square(width, width, side))),
    ),
  );

/** On half the side, where a run would take too long. */
const smaller = (one: Operation): Operation =>
  workOf(one) > MOST_WORK ? { ...one, height: one.height / 2, width: one.width / 2 } : one;

function isWorthIt(one: Operation): boolean {
  const work = workOf(one);
  const weights = (one.in / one.groups) * one.out * one.kernel ** 2;
  return !isProductSum(one) || (work <= MOST_WORK && work >= LEAST_WORK && weights <= MOST_WEIGHTS);
}

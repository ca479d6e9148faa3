import {
  type Backbone,
  DEFAULT_WEIGHTS,
  type Group,
  group,
  type StageWeights,
} from '../../server/src/backbone/backbone.ts';

/** α of NAS-Bench-Macro, whose three stages are C2, C3 and C4: they weigh what C3, C4 and C5 do by default. */
export const MACRO_WEIGHTS: StageWeights = { C2: 1, C3: 1, C4: 6 };

const square = (size: number) => ({ channels: 3, height: size, width: size });

const digitsOf = (code: string): number[] => [...code].map(Number);

const conv = (out: number, kernel: number, stride: number): Group => group({ block: 'conv', out, kernel, stride });

/** Expansion and kernel of the operations 1 and 2 of NAS-Bench-Macro. */
const MACRO_BLOCKS = [undefined, { expansion: 3, kernel: 3 }, { expansion: 6, kernel: 5 }] as const;

/**
 * A network of NAS-Bench-Macro: eight digits in base 3, in stages of two, three and three. The first of a stage doubles the
 * channels with stride 2. 0 is the identity, which is no line at all in a design; where it has to change the shape it is a
 * 1×1 convolution with stride 2 and without activation, as in the source.
 */
export function macroDesign(code: string): Backbone {
  const groups = [conv(32, 3, 1)];
  let width = 32;
  digitsOf(code).forEach((digit, index) => {
    const stride = [0, 2, 5].includes(index) ? 2 : 1;
    const out = width * stride;
    const block = MACRO_BLOCKS[digit];
    if (block !== undefined)
      groups.push(group({ block: 'inverted', out, btn: width * block.expansion, kernel: block.kernel, stride }));
    else if (stride === 2) groups.push({ ...conv(out, 1, 2), act: 'none' });
    width = out;
  });
  return {
    name: `macro_${code}`,
    input: square(32),
    weights: MACRO_WEIGHTS,
    groups: [...groups, conv(1280, 1, 1)],
  };
}

/** Output channels and strides of the seven stages of Accel-NASBench. */
const ACCEL_STAGES = [
  [16, 1],
  [24, 2],
  [40, 2],
  [80, 2],
  [112, 1],
  [192, 2],
  [320, 1],
] as const;

/**
 * A network of Accel-NASBench: expansion, kernel, number of blocks and squeeze-and-excitation of seven stages of inverted
 * blocks. A block expands its own input, so that the first block of a stage is a line of its own; what its
 * squeeze-and-excitation is squeezed to is a quarter of its input.
 */
export function accelDesign(code: string): Backbone {
  const digits = digitsOf(code);
  const groups = [conv(32, 3, 2)];
  let width = 32;
  ACCEL_STAGES.forEach(([out, stride], index) => {
    const [expansion = 1, kernel = 3, depth = 1, se = 0] = digits.slice(4 * index);
    const block = (input: number, s: number, times: number): Group =>
      group({
        block: 'inverted',
        out,
        btn: expansion === 1 ? 0 : input * expansion,
        kernel,
        stride: s,
        depth: times,
        se: se === 1,
        squeeze: se === 1 ? Math.max(1, Math.floor(input / 4)) : 0,
      });
    groups.push(block(width, stride, 1));
    if (depth > 1) groups.push(block(out, 1, depth - 1));
    width = out;
  });
  return {
    name: `accel_${code}`,
    input: square(224),
    weights: DEFAULT_WEIGHTS,
    groups: [...groups, conv(1280, 1, 1)],
  };
}

/**
 * A network of TransNAS-Bench-101's macro space: each digit is two basic blocks that keep the shape (1), double the channels
 * (2), halve the resolution (3) or do both (4), the first block of the two.
 */
export function transnasDesign(code: string): Backbone {
  const groups = [conv(32, 3, 2), conv(64, 3, 2)];
  let width = 64;
  for (const digit of digitsOf(code)) {
    width *= digit === 2 || digit === 4 ? 2 : 1;
    const stride = digit >= 3 ? 2 : 1;
    groups.push(
      group({
        block: 'basic',
        out: width,
        btn: width,
        kernel: 3,
        stride,
        depth: 2,
        strided: 'first',
        shortcut: 'conv',
      }),
    );
  }
  return { name: `transnas_${code}`, input: square(256), weights: DEFAULT_WEIGHTS, groups };
}

/** The design with the weight of stages that it lacks carried over to its last one. */
export function carriedOver(design: Backbone, stages: readonly string[]): Backbone {
  const last = stages.at(-1) ?? '';
  const weights: Record<string, number> = {};
  for (const [name, weight] of Object.entries(design.weights)) {
    const to = stages.includes(name) ? name : last;
    weights[to] = (weights[to] ?? 0) + weight;
  }
  return { ...design, weights };
}

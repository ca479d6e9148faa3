import type { InputSize } from '../backbone/backbone.ts';
import type { Layer } from '../backbone/layer.ts';
import type { Network } from '../backbone/lower.ts';

/** φ between the convolutions: `linear` is TinyNAS's default, `relu` the paper's formula. */
export type MeasuredActivation = 'linear' | 'relu';

/** One step of the measured forward pass: a convolution on the main path, or a max-pool, which is run but not scored. */
export interface PlanLayer {
  readonly op: 'conv' | 'maxpool';
  readonly in: number;
  readonly out: number;
  readonly kernel: number;
  readonly stride: number;
  /** 1, or `in` for a depthwise convolution. */
  readonly groups: number;
  readonly height: number;
  readonly width: number;
}

export interface PlanStage {
  readonly name: string;
  /** Number of layers of the plan that have run when the stage ends. */
  readonly end: number;
  readonly channels: number;
}

/** What the measuring process needs to know of a network: no names, no shortcuts, plain data that can be hashed. */
export interface Plan {
  readonly input: InputSize;
  readonly layers: readonly PlanLayer[];
  readonly stages: readonly PlanStage[];
}

const onMainPath = (l: Layer): boolean => l.role === 'main' && l.op !== 'avgpool';

/** The measured pass of a lowered network: shortcuts, squeeze-and-excitation and BatchNorm removed (METHOD section 2). */
export function planOf(network: Network): Plan {
  const stages: PlanStage[] = [];
  let end = 0;
  for (const stage of network.stages) {
    end += stage.groups.reduce((count, g) => count + g.layers.filter(onMainPath).length, 0);
    stages.push({ name: stage.name, end, channels: stage.channels });
  }
  const layers = network.layers.filter(onMainPath).map(
    (l): PlanLayer => ({
      op: l.op === 'conv' ? 'conv' : 'maxpool',
      in: l.in,
      out: l.out,
      kernel: l.kernel,
      stride: l.stride,
      groups: l.op === 'conv' ? l.groups : 1,
      height: l.height,
      width: l.width,
    }),
  );
  return { input: network.input, layers, stages };
}

/** Multiply–accumulates of one draw with batch 1. */
export function planMacs(plan: Plan): number {
  return plan.layers.reduce(
    (sum, l) => sum + (l.op === 'conv' ? (l.in / l.groups) * l.kernel * l.kernel * l.out * l.height * l.width : 0),
    0,
  );
}

export const weightCount = (l: PlanLayer): number => (l.in / l.groups) * l.kernel * l.kernel * l.out;

/**
 * Bytes of float32 tensors alive at the worst moment of one draw: a layer's input, output and weights (drawn and
 * scaled), or its output with the square of it. An upper bound of what the pass keeps, without the backend's own
 * scratch space.
 */
export function planBytes(plan: Plan, batch: number): number {
  let before = plan.input.channels * plan.input.height * plan.input.width;
  let peak = 0;
  for (const l of plan.layers) {
    const after = l.out * l.height * l.width;
    const weights = l.op === 'conv' ? weightCount(l) : 0;
    peak = Math.max(peak, 4 * (batch * (before + after) + 2 * weights), 4 * batch * 2 * after);
    before = after;
  }
  return peak;
}

/** Bytes of the largest single tensor: what a device's buffer limit is compared with. */
export function largestTensorBytes(plan: Plan, batch: number): number {
  const input = plan.input.channels * plan.input.height * plan.input.width;
  return plan.layers.reduce(
    (largest, l) => Math.max(largest, 4 * batch * l.out * l.height * l.width, 4 * weightCount(l)),
    4 * batch * input,
  );
}

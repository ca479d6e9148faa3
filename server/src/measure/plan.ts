import { stepsOf } from '../analysis/flow.ts';
import type { InputSize } from '../backbone/backbone.ts';
import type { Network } from '../backbone/lower.ts';
import type { PlacedConv } from '../graph/cell.ts';

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

/**
 * Why the forward pass cannot follow a network: it runs one line of convolutions, dense or depthwise, and max-pools.
 * Undefined for one that it can.
 */
export function unmeasurable(network: Network): string | undefined {
  const steps = network.groups.map((section) => (section.merge === undefined ? stepsOf(section) : undefined));
  const line = network.outputs.length > 0 && network.groups.every(({ reads, index }) => reads[0] === index - 1);
  if (!line || steps.includes(undefined))
    return `${network.name} has nodes or blocks that branch, which this version does not measure: its closed forms are what is known.`;
  const strange = steps.some((own) => own?.some((step) => step.kind === 'conv' && !isOrdinary(step.conv)));
  return strange
    ? `${network.name} has channel groups or dilation, which this version does not measure: its closed forms are what is known.`
    : undefined;
}

const isOrdinary = ({ operator, from }: PlacedConv): boolean =>
  operator.dilation === 1 && (operator.groups === 1 || operator.groups === from.channels);

/** The measured pass of a lowered network: shortcuts, squeeze-and-excitation and BatchNorm removed (docs/method.md 2). */
export function planOf(network: Network): Plan {
  const layers: PlanLayer[] = [];
  const ends = network.groups.map((section) => {
    for (const step of stepsOf(section) ?? []) {
      if (step.kind === 'conv') {
        const { from, to, operator } = step.conv;
        const { kernel, stride, groups } = operator;
        const { height, width } = to;
        layers.push({ op: 'conv', in: from.channels, out: to.channels, kernel, stride, groups, height, width });
      } else if (step.kind === 'maxpool') {
        const { channels, height, width } = section.to;
        const { kernel, stride } = step;
        layers.push({ op: 'maxpool', in: channels, out: channels, kernel, stride, groups: 1, height, width });
      }
    }
    return layers.length;
  });
  const stages = network.stages.map(({ name, channels, last }) => ({ name, channels, end: ends[last] ?? 0 }));
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

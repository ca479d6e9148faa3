import type { Staged } from '../analysis/stage-log-stds.ts';
import type { InputSize } from '../backbone/backbone.ts';
import { isSilent, scoredReads, scoredTensors } from '../entropy/scored.ts';
import { convAt, type GraphNode, type Ref } from '../graph/cell.ts';
import { flatten } from '../graph/graph.ts';

/** φ at the activations of the network: `linear` is TinyNAS's default, `relu` the paper's formula. */
export type MeasuredActivation = 'linear' | 'relu';

/** A tensor of a plan: the index of the step that makes it, or −1 for the image. */
export type PlanRef = number;

interface StepBase {
  readonly reads: readonly PlanRef[];
  /** Of the tensor that it makes. */
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

export interface PlanConv extends StepBase {
  readonly op: 'conv';
  readonly in: number;
  readonly kernel: number;
  readonly stride: number;
  readonly groups: number;
  readonly dilation: number;
  /** Which stream its weights are drawn from: how many convolutions and pools stand before it. */
  readonly stream: number;
}

export interface PlanPool extends StepBase {
  readonly op: 'maxpool';
  readonly kernel: number;
  readonly stride: number;
}

export interface PlanSplit extends StepBase {
  readonly op: 'split';
  readonly from: number;
  readonly to: number;
}

export interface PlanShuffle extends StepBase {
  readonly op: 'shuffle';
  readonly parts: number;
}

/** Which channel comes to stand at a place: channel j·parts + p is channel j of part p. */
export const shuffledFrom = ({ channels, parts }: Pick<PlanShuffle, 'channels' | 'parts'>, c: number): number =>
  (c % parts) * (channels / parts) + Math.floor(c / parts);

/** Which of `size` positions an up-sampling to `length` takes for its i-th: the nearest. */
export const nearestFrom = (i: number, size: number, length: number): number =>
  Math.min(size - 1, Math.floor((i * size) / length));

/** An up-sampling goes to the nearest position of what it reads; an activation stands where the network has one. */
export interface PlanSimple extends StepBase {
  readonly op: 'activation' | 'upsample' | 'sum' | 'concat';
}

/** One step of the measured forward pass. Pools, up-samplings and what moves channels are run, convolutions are scored. */
export type PlanStep = PlanConv | PlanPool | PlanSplit | PlanShuffle | PlanSimple;

export interface PlanStage {
  readonly name: string;
  /** The tensor that it ends with. */
  readonly end: PlanRef;
  readonly channels: number;
}

/** What the measuring process needs to know of a network: no names, no shortcuts, plain data that can be hashed. */
export interface Plan {
  readonly input: InputSize;
  /** In the order in which they run. */
  readonly steps: readonly PlanStep[];
  readonly stages: readonly PlanStage[];
  /** Operators on the scored path that no measurement is known of; such a plan is not run. */
  readonly unknown: readonly string[];
}

/** The measured pass of a lowered network: shortcuts, squeeze-and-excitation and BatchNorm removed (docs/method.md 2). */
export function planOf(network: Staged): Plan {
  const { cell, ends } = flatten(network);
  const lasts = network.stages.map(({ last }) => ends[last] ?? -1);
  const scored = scoredTensors(cell, lasts);
  const steps: PlanStep[] = [];
  const unknown = new Set<string>();
  const made = new Map<Ref, PlanRef>();
  const at = (ref: Ref): PlanRef => made.get(ref) ?? -1;
  let streams = 0;
  for (const [n, node] of cell.nodes.entries()) {
    if (!scored.has(n)) continue;
    const reads = scoredReads(node).map(at);
    const step = stepOf(node, reads, streams, convAt(cell, node)?.from.channels ?? 0);
    if (step === undefined) {
      if (!isSilent(node)) unknown.add(node.operator.op);
      made.set(n, reads[0] ?? -1);
      continue;
    }
    if (step.op === 'conv' || step.op === 'maxpool') streams += 1;
    made.set(n, steps.push(step) - 1);
  }
  const stages = network.stages.map(({ name, channels }, i) => ({ name, channels, end: at(lasts[i] ?? -1) }));
  const { channels, height, width } = network.image;
  return { input: { channels, height, width }, steps, stages, unknown: [...unknown] };
}

/** Undefined for what hands on what it reads, and for what cannot be run. */
function stepOf(
  { operator, shape }: GraphNode,
  reads: readonly PlanRef[],
  stream: number,
  from: number,
): PlanStep | undefined {
  const { channels, height, width } = shape;
  const base = { reads, channels, height, width };
  switch (operator.op) {
    case 'conv': {
      const { kernel, stride, groups, dilation } = operator;
      return { op: 'conv', ...base, in: from, kernel, stride, groups, dilation, stream };
    }
    case 'maxpool':
      return { op: 'maxpool', ...base, kernel: operator.kernel, stride: operator.stride };
    case 'split':
      return { op: 'split', ...base, from: operator.from, to: operator.to };
    case 'shuffle':
      return { op: 'shuffle', ...base, parts: operator.parts };
    case 'sum':
      return operator.residual || reads.length < 2 ? undefined : { op: 'sum', ...base };
    case 'activation':
    case 'upsample':
    case 'concat':
      return { op: operator.op, ...base };
    default:
      return undefined;
  }
}

/** Steps after which a signal in one line is still one line, and that take all of it. */
const IN_LINE: ReadonlySet<string> = new Set(['conv', 'maxpool', 'upsample', 'activation'] satisfies PlanStep['op'][]);

/** Whether the signal passes in one line: each step reads the one before it, and only that. */
export const isLine = ({ steps }: Plan): boolean =>
  steps.every(({ op, reads }, index) => IN_LINE.has(op) && reads[0] === index - 1);

/** Multiply–accumulates of one draw with batch 1. */
export function planMacs(plan: Plan): number {
  return plan.steps.reduce(
    (sum, l) => sum + (l.op === 'conv' ? (l.in / l.groups) * l.kernel * l.kernel * l.channels * l.height * l.width : 0),
    0,
  );
}

export const weightCount = (l: PlanConv): number => (l.in / l.groups) * l.kernel * l.kernel * l.channels;

/** The last step that reads each tensor, the image first; −1 where none does. */
export function lastReads({ steps }: Plan): number[] {
  const last = new Array<number>(steps.length + 1).fill(-1);
  steps.forEach(({ reads }, index) => {
    for (const ref of reads) last[ref + 1] = index;
  });
  return last;
}

const numbersOf = ({ channels, height, width }: InputSize): number => channels * height * width;

/**
 * Bytes of float32 tensors alive at the worst moment of one draw: whatever a later step still reads, a step's output and
 * its weights (drawn and scaled), or its output with the square of it. An upper bound of what the pass keeps, without
 * the backend's own scratch space.
 */
export function planBytes(plan: Plan, batch: number): number {
  const { input, steps } = plan;
  const last = lastReads(plan);
  const sizes = [input, ...steps].map(numbersOf);
  /** Tensors that somebody still reads when a step begins. */
  let alive = sizes[0] ?? 0;
  let peak = 0;
  steps.forEach((step, index) => {
    const after = sizes[index + 1] ?? 0;
    const weights = step.op === 'conv' ? weightCount(step) : 0;
    const read = [...new Set(step.reads)];
    const freed = read.reduce((sum, ref) => sum + (last[ref + 1] === index ? (sizes[ref + 1] ?? 0) : 0), 0);
    const inside = scratch(
      step,
      read.reduce((sum, ref) => sum + (sizes[ref + 1] ?? 0), 0),
    );
    peak = Math.max(
      peak,
      4 * (batch * (alive + after + inside) + 2 * weights),
      4 * batch * (alive - freed + 2 * after),
    );
    alive += (last[index + 1] ?? -1) > index ? after - freed : -freed;
  });
  return peak;
}

/** Numbers that a step keeps of its own while it runs. */
function scratch(step: PlanStep, read: number): number {
  const after = numbersOf(step);
  // Parts on a common scale.
  if (step.op === 'sum' || step.op === 'concat') return read;
  // Rows first, then columns.
  if (step.op === 'upsample') return after;
  if (step.op !== 'conv') return 0;
  const parts = isSplitConv(step) ? read / step.groups + after : 0;
  return parts + (isThinned(step) ? after * step.stride ** 2 : 0);
}

/** tfjs knows ordinary and depthwise convolutions: what is between them runs group by group. */
export const isSplitConv = ({ groups, in: from }: PlanConv): boolean => groups > 1 && groups < from;

/** tfjs has no stride together with dilation: such a convolution runs at every position, and some are picked. */
export const isThinned = ({ stride, dilation, kernel }: PlanConv): boolean => stride > 1 && dilation > 1 && kernel > 1;

/** Bytes of the largest single tensor: what a device's buffer limit is compared with. */
export function largestTensorBytes(plan: Plan, batch: number): number {
  return plan.steps.reduce(
    (largest, l) =>
      Math.max(
        largest,
        4 * batch * numbersOf(l) * (l.op === 'conv' && isThinned(l) ? l.stride ** 2 : 1),
        l.op === 'conv' ? 4 * weightCount(l) : 0,
      ),
    4 * batch * numbersOf(plan.input),
  );
}

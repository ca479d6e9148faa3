import type { Plan } from './plan.ts';

/** Means of h and h² over the numbers that a step made, on the scale on which the pass ran. */
export interface StepSums {
  readonly mean: number;
  readonly square: number;
  /** Log of that scale; where it is not said, every convolution before was divided by its own γ. */
  readonly scale?: number;
}

/** Of one tensor, in nats. */
interface Level {
  /** Log of the scale on which the pass ran it, divided by its γ: as much as was taken out of it. */
  readonly taken: number;
  /**
   * ½ log of its mean square before its last activation, which is where σ is measured. A convolution's is its variance;
   * of a concatenation of activated tensors each part counts as it was before. It is `Moment.before` of the closed form.
   */
  readonly before: number;
}

/** Cumulative log σ at the end of each stage of one draw. */
export function stageLogs(plan: Plan, sums: readonly (StepSums | undefined)[]): number[] {
  const levels: Level[] = [];
  const at = (ref: number): Level => levels[ref] ?? { taken: 0, before: 0 };
  plan.steps.forEach((step, index) => {
    const read = step.reads.map(at);
    const [first = at(-1)] = read;
    const { mean, square, scale }: StepSums = sums[index] ?? { mean: Number.NaN, square: Number.NaN };
    if (step.op === 'conv') {
      const log = (scale ?? first.taken) + 0.5 * Math.log(square - mean ** 2);
      levels.push({ taken: log, before: log });
    } else if (step.op === 'sum') {
      const taken = scale ?? Math.max(...read.map((part) => part.taken));
      levels.push({ taken, before: taken + 0.5 * Math.log(square) });
    } else if (step.op === 'concat') {
      const most = Math.max(...read.map((part) => part.before));
      const channels = (i: number): number => plan.steps[step.reads[i] ?? -1]?.channels ?? plan.input.channels;
      const total = read.reduce((sum, part, i) => sum + channels(i) * Math.exp(2 * (part.before - most)), 0);
      const taken = Math.max(...read.map((part) => part.taken));
      levels.push({ taken, before: most + 0.5 * Math.log(total / step.channels) });
    } else levels.push(first);
  });
  return plan.stages.map(({ end }) => at(end).before);
}

import { type Staged, stageLogStds } from '../analysis/stage-log-stds.ts';
import { isSplitConv, type MeasuredActivation, type Plan, type PlanStep } from './plan.ts';
import type { Summary } from './summary.ts';

/** What one draw is expected to measure; the spread is undefined where the theory has no term for what stands there. */
export interface Expected {
  readonly mean: number;
  readonly sd: number | undefined;
}

/** What the spread of a linear network is made of: q as below, and the relative variance V so far. */
interface LinearSpread {
  readonly q: number;
  readonly variance: number;
}

/**
 * Standard deviation of the measured cumulative log σ of a *linear* network after each step of the plan, in nats: what
 * the draw of the weights alone makes.
 *
 * Over the weights, the mean square of layer l varies by 2·tr(Σ²)/(tr Σ)²/out relative to itself, Σ being the
 * covariance of the patch that it reads. Write q for tr(Σ²)/(tr Σ)² of the channels at one position (1 / effective
 * number of channels). Positions hardly correlate, so a k×k patch has q/k², and a convolution hands on q/k² + 1/out. A
 * depthwise one gives each channel its own filter: the diagonal 1/out spreads by 1 + 2/k², and what channels had in
 * common shrinks by k². The relative variances add up to V, and the logarithm has ½√V.
 *
 * On the golden measurements (14 linear networks, 16 seeds) it is 0.96 of the measured spread in the median. It has no
 * term for channel groups between these two, for merges and splits, and for repeated positions: undefined from there on.
 */
export function weightSpread(plan: Plan): (number | undefined)[] {
  const spreads: (LinearSpread | undefined)[] = [];
  const image: LinearSpread = { q: 1 / plan.input.channels, variance: 0 };
  for (const step of plan.steps) {
    const [ref = -1] = step.reads;
    spreads.push(passSpread(ref < 0 ? image : spreads[ref], step));
  }
  return spreads.map((spread) => (spread === undefined ? undefined : 0.5 * Math.sqrt(spread.variance)));
}

function passSpread(before: LinearSpread | undefined, step: PlanStep): LinearSpread | undefined {
  if (step.op === 'activation' || step.op === 'maxpool' || step.op === 'shuffle') return before;
  if (before === undefined || step.op !== 'conv' || isSplitConv(step)) return undefined;
  const { q, variance } = before;
  const window = step.kernel * step.kernel;
  const out = step.channels;
  if (step.groups === 1) return { q: q / window + 1 / out, variance: variance + (2 * q) / window / out };
  if (out !== step.in) return undefined;
  const own = 1 / out;
  return {
    q: own * (1 + 2 / window) + Math.max(0, q - own) / window,
    variance: variance + 2 / window / out,
  };
}

/**
 * What one draw is expected to measure at the end of each stage. For relu the finite-width form, whose spread leaves
 * out the energy of the weights and is 0 at the first layer: `weightSpread` is added to it. For linear the exact form,
 * less the sd² by which the mean of a logarithm is low. Where there is no term for the spread, there is none for the
 * bias either: the exact form as it is.
 */
export function predictions(network: Staged, plan: Plan, activation: MeasuredActivation): Expected[] {
  const spread = weightSpread(plan);
  const closed = stageLogStds(network);
  return plan.stages.map(({ end }, index) => {
    const at = closed[index];
    // A stage before any convolution: nothing is measured there.
    const measured = plan.steps.slice(0, end + 1).some(({ op }) => op === 'conv');
    if (at === undefined || !measured) return { mean: 0, sd: 0 };
    const own = spread[end];
    if (activation === 'linear') return { mean: at.exact.linear - (own ?? 0) ** 2, sd: own };
    if (at.finiteWidth === undefined || own === undefined) return { mean: at.exact.relu, sd: undefined };
    return { mean: at.finiteWidth.mean, sd: Math.hypot(at.finiteWidth.sd, own) };
  });
}

/** How many standard errors of the mean the measured value is from the prediction; undefined where that has no spread. */
export function zScore(measured: Summary, { mean, sd }: Expected, draws: number): number | undefined {
  if (sd === undefined) return undefined;
  const error = Math.max(sd, measured.sd) / Math.sqrt(draws);
  return error === 0 ? 0 : (measured.mean - mean) / error;
}

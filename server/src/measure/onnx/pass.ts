import type * as runtime from 'onnxruntime-node';
import { GaussianStream } from '../../random/gaussian.ts';
import type { EntropyPass } from '../backends/backend.ts';
import { Cancelled } from '../forward.ts';
import { type StepSums, stageLogs } from '../stage-logs.ts';
import { STREAM } from '../streams.ts';
import { NOISE, passModel } from './pass-model.ts';

/** What is used of onnxruntime-node, which may not be there. */
export type OnnxRuntime = Pick<typeof runtime, 'InferenceSession' | 'Tensor'>;

/**
 * One draw by ONNX Runtime: the same weights and noise as on any other backend, with another engine's arithmetic. The
 * runtime's threads share each layer; the answer does not depend on how many there are.
 */
export const onnxPass =
  ({ InferenceSession, Tensor }: OnnxRuntime): EntropyPass =>
  async (plan, options, goOn) => {
    const check = async (): Promise<void> => {
      if (!(await goOn())) throw new Cancelled();
    };
    await check();
    const { model, outputs } = passModel(plan, options);
    const session = await InferenceSession.create(model.whole(), { graphOptimizationLevel: 'all' });
    try {
      await check();
      const { channels, height, width } = plan.input;
      const { batch, seed, draw } = options;
      const drawn = new GaussianStream(seed, draw, STREAM.noise).fill(
        new Float32Array(batch * channels * height * width),
      );
      const noise = new Tensor('float32', channelsFirst(drawn, channels, height * width), [
        batch,
        channels,
        height,
        width,
      ]);
      const made = await session.run({ [NOISE]: noise });
      const sums = new Array<StepSums | undefined>(plan.steps.length).fill(undefined);
      for (const { step, name, shift } of outputs) sums[step] = { ...moments(made[name]), scale: shift * Math.LN2 };
      return stageLogs(plan, sums);
    } finally {
      await session.release();
    }
  };

/** Image, position, channel becomes image, channel, position. */
function channelsFirst(numbers: Float32Array, channels: number, positions: number): Float32Array {
  const turned = new Float32Array(numbers.length);
  const images = numbers.length / (channels * positions);
  for (let n = 0, from = 0; n < images; n++) {
    for (let at = 0; at < positions; at++) {
      for (let c = 0; c < channels; c++, from++) turned[(n * channels + c) * positions + at] = numbers[from] ?? 0;
    }
  }
  return turned;
}

/** Means of h and h² in double precision. */
function moments(tensor: runtime.Tensor | undefined): Pick<StepSums, 'mean' | 'square'> {
  const numbers = tensor?.data;
  if (!(numbers instanceof Float32Array)) throw new Error('ONNX Runtime gave no float32 numbers');
  let [sum, squares] = [0, 0];
  for (const h of numbers) {
    sum += h;
    squares += h * h;
  }
  return { mean: sum / numbers.length, square: squares / numbers.length };
}

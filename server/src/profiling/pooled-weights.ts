import { type Numbers, OnnxBuilder } from '../exchange/onnx-writer/builder.ts';
import { GaussianStream } from '../random/gaussian.ts';

const POOL = 1 << 16;
let pool: Float32Array | undefined;

/** The same Gaussian numbers again and again, scaled: a kernel's time does not depend on them, and they are made at once. */
const repeated = (dims: readonly number[]): Numbers => {
  const length = dims.reduce((all, size) => all * size, 1);
  const std = Math.sqrt((2 * (dims[0] ?? 1)) / length);
  return () => {
    pool ??= new GaussianStream(1).fill(new Float32Array(POOL));
    const scaled = pool.map((value) => value * std);
    const values = new Float32Array(length);
    for (let at = 0; at < length; at += POOL) values.set(scaled.subarray(0, Math.min(POOL, length - at)), at);
    return values;
  };
};

/** Writes models whose weights are for timing only: those of convolutions are drawn once for all. */
export class TimedModelBuilder extends OnnxBuilder {
  override weight(name: string, dims: readonly number[], numbers: Numbers): string {
    return super.weight(name, dims, dims.length > 1 ? repeated(dims) : numbers);
  }
}

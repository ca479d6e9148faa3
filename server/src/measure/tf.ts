/**
 * The part of tfjs-core that measuring uses. Deep imports, so that the bundle holds these operations and not the whole
 * library; the backends register only the kernels behind them.
 */
export { engine, registerBackend, registerKernel, removeBackend, setBackend } from '@tensorflow/tfjs-core/dist/base.js';
export { abs } from '@tensorflow/tfjs-core/dist/ops/abs.js';
export { add } from '@tensorflow/tfjs-core/dist/ops/add.js';
export { concat } from '@tensorflow/tfjs-core/dist/ops/concat.js';
export { conv2d } from '@tensorflow/tfjs-core/dist/ops/conv2d.js';
export { depthwiseConv2d } from '@tensorflow/tfjs-core/dist/ops/depthwise_conv2d.js';
export { exp } from '@tensorflow/tfjs-core/dist/ops/exp.js';
export { gather } from '@tensorflow/tfjs-core/dist/ops/gather.js';
export { log } from '@tensorflow/tfjs-core/dist/ops/log.js';
export { matMul } from '@tensorflow/tfjs-core/dist/ops/mat_mul.js';
export { maxPool } from '@tensorflow/tfjs-core/dist/ops/max_pool.js';
export { maximum } from '@tensorflow/tfjs-core/dist/ops/maximum.js';
export { mul } from '@tensorflow/tfjs-core/dist/ops/mul.js';
export { ones } from '@tensorflow/tfjs-core/dist/ops/ones.js';
export { pad } from '@tensorflow/tfjs-core/dist/ops/pad.js';
export { relu } from '@tensorflow/tfjs-core/dist/ops/relu.js';
export { reshape } from '@tensorflow/tfjs-core/dist/ops/reshape.js';
export { rsqrt } from '@tensorflow/tfjs-core/dist/ops/rsqrt.js';
export { slice } from '@tensorflow/tfjs-core/dist/ops/slice.js';
export { square } from '@tensorflow/tfjs-core/dist/ops/square.js';
export { sub } from '@tensorflow/tfjs-core/dist/ops/sub.js';
export { sum } from '@tensorflow/tfjs-core/dist/ops/sum.js';
export { tensor } from '@tensorflow/tfjs-core/dist/ops/tensor.js';
export { zeros } from '@tensorflow/tfjs-core/dist/ops/zeros.js';
export type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core/dist/tensor.js';
export { version } from '@tensorflow/tfjs-core/dist/version.js';

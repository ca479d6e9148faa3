import { createRequire } from 'node:module';
import { locatePackage } from '../../../files/locate-package.ts';
import { GaussianStream } from '../../../random/gaussian.ts';
import type { BackendSettings, EntropyPass, OpenedBackend } from '../../backends/backend.ts';
import { TEST, testConvolution } from '../../backends/prove.ts';
import { done, failed, type Outcome, thrownText } from '../../failure.ts';
import { type OnnxRuntime, onnxPass } from '../../onnx/pass.ts';
import { type Plan, type PlanConv, planMacs } from '../../plan.ts';
import { STREAM } from '../../streams.ts';
import { cpuName } from './wasm.ts';

export const ONNX_PACKAGE = 'onnxruntime-node';

const INSTALL =
  'Run npm install onnxruntime-node in a folder that MAE_CUDA_FOLDER names, with ONNXRUNTIME_NODE_INSTALL=skip where there ' +
  'is no GPU to download for; or use the wasm backend, which needs nothing.';

/** A message of protobuf is no longer than 2 GiB, and weights are in it. */
const MAX_TENSOR_BYTES = 2 ** 31 - 2 ** 20;
const MAX_TOTAL_BYTES = 8 * 1024 ** 3;

/** Loads ONNX Runtime, which is never bundled: the same draws by the arithmetic of another engine. */
export async function openOnnx(settings: BackendSettings): Promise<Outcome<OpenedBackend>> {
  const found = locatePackage(ONNX_PACKAGE, settings.cudaFolders);
  if (found === undefined) return failed('backend-absent', `${ONNX_PACKAGE} is not installed.`, INSTALL);
  const require = createRequire(import.meta.url);
  try {
    const runtime: OnnxRuntime = require(found.entry);
    const manifest: { version?: unknown } = require(found.manifest);
    const pass = onnxPass(runtime);
    return done({
      name: 'onnx',
      device: cpuName(),
      kind: 'cpu',
      versions: { [ONNX_PACKAGE]: String(manifest.version), node: process.versions.node },
      maxTensorBytes: MAX_TENSOR_BYTES,
      maxTotalBytes: MAX_TOTAL_BYTES,
      own: { pass, prove: () => prove(pass) },
    });
  } catch (thrown) {
    return failed('backend-broken', `${ONNX_PACKAGE} did not load: ${thrownText(thrown)}`, INSTALL);
  }
}

const TOLERANCE = 1e-4;
const OPTIONS = { activation: 'linear', batch: 1, seed: 1, draw: 0 } as const;

/** Compares a pass through the test convolution, and times one through larger ones. */
async function prove(pass: EntropyPass): Promise<Outcome<number>> {
  const broken = (how: string): Outcome<never> =>
    failed('backend-broken', `${ONNX_PACKAGE} ${how}`, 'Install another version of it, or use the wasm backend.');
  try {
    const [got = Number.NaN] = await pass(inRow(TEST.side, TEST.in, 2, 1), OPTIONS, () => true);
    const expected = expectedLog();
    if (!(Math.abs(got - expected) < TOLERANCE))
      return broken(`gave a wrong answer to a test convolution (log σ ${got} for ${expected}).`);
    const large = inRow(64, 128, 1, 8);
    const start = performance.now();
    await pass(large, OPTIONS, () => true);
    return done(planMacs(large) / (performance.now() - start) / 1e6);
  } catch (thrown) {
    return broken(`failed in a test convolution: ${thrownText(thrown)}`);
  }
}

/** log σ of the test convolution by plain loops. */
function expectedLog(): number {
  const { seed, draw } = OPTIONS;
  const noise = new GaussianStream(seed, draw, STREAM.noise).fill(new Float32Array(TEST.side ** 2 * TEST.in));
  const weights = new GaussianStream(seed, draw, STREAM.weights, 0);
  const h = testConvolution(noise, weights.fill(new Float32Array(TEST.kernel ** 2 * TEST.in * TEST.out)));
  const mean = h.reduce((sum, value) => sum + value, 0) / h.length;
  return 0.5 * Math.log(h.reduce((sum, value) => sum + (value - mean) ** 2, 0) / h.length);
}

/** 3×3 convolutions one behind the other. */
function inRow(side: number, channels: number, stride: 1 | 2, count: number): Plan {
  const size = Math.ceil(side / stride);
  const conv = (index: number): PlanConv => ({
    op: 'conv',
    reads: [index - 1],
    channels,
    height: size,
    width: size,
    in: channels,
    kernel: 3,
    stride,
    groups: 1,
    dilation: 1,
    stream: index,
  });
  return {
    input: { channels, height: side, width: side },
    steps: Array.from({ length: count }, (_, index) => conv(index)),
    stages: [{ name: 'C1', end: count - 1, channels }],
    unknown: [],
  };
}

import type { OpenBackends } from '../backends/choose.ts';
import { openCuda } from './backends/cuda.ts';
import { openOnnx } from './backends/onnx.ts';
import { openWasm } from './backends/wasm.ts';
import { openWebgpu } from './backends/webgpu.ts';

export const NODE_BACKENDS: OpenBackends = { cuda: openCuda, webgpu: openWebgpu, wasm: openWasm, onnx: openOnnx };

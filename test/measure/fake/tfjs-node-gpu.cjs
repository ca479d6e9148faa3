/**
 * What stands in for @tensorflow/tfjs-node-gpu: it registers a `tensorflow` backend on the global engine of tfjs, asks
 * its binding for the device, needs the utilities that Node 23 removed, and computes convolutions by plain loops.
 */
const util = require('node:util');
const binding = require('./tfjs_binding.node');

const globals = global._tfGlobals;
const engine = global._tfengine;

class FakeBackend {
  constructor() {
    this.isGPUPackage = true;
    this.isUsingGpuDevice = binding.isUsingGpuDevice();
    this.data = new Map();
  }
  write(values, shape, dtype) {
    const dataId = {};
    this.data.set(dataId, { values, shape, dtype });
    return dataId;
  }
  move(dataId, values, shape, dtype) {
    this.data.set(dataId, { values, shape, dtype });
  }
  async read(dataId) {
    // As in tfjs-node 4.22: throws a TypeError on Node 23 and newer unless the shim ran.
    if (util.isNullOrUndefined(dataId) || util.isArray(dataId)) throw new Error('no data');
    if (binding.growth !== 'true') throw new Error('memory growth is off');
    return this.data.get(dataId).values;
  }
  readSync(dataId) {
    return this.data.get(dataId).values;
  }
  disposeData(dataId) {
    return this.data.delete(dataId);
  }
  incRef() {}
  refCount() {
    return 1;
  }
  numDataIds() {
    return this.data.size;
  }
  floatPrecision() {
    return 32;
  }
  dispose() {}
}

function conv2d({ inputs: { x, filter }, backend, attrs: { strides } }) {
  const [, height, width, channels] = x.shape;
  const [kernel, , , out] = filter.shape;
  const stride = Array.isArray(strides) ? strides[0] : strides;
  const pad = (kernel - 1) / 2;
  const rows = Math.ceil(height / stride);
  const columns = Math.ceil(width / stride);
  const a = backend.data.get(x.dataId).values;
  const w = backend.data.get(filter.dataId).values;
  const values = new Float32Array(rows * columns * out);
  for (let i = 0; i < values.length; i++) {
    const [row, column, o] = [Math.floor(i / out / columns), Math.floor(i / out) % columns, i % out];
    let sum = 0;
    for (let r = 0; r < kernel; r++) {
      for (let q = 0; q < kernel; q++) {
        const [y, z] = [row * stride + r - pad, column * stride + q - pad];
        if (y < 0 || z < 0 || y >= height || z >= width) continue;
        for (let c = 0; c < channels; c++) {
          sum += a[(y * width + z) * channels + c] * w[((r * kernel + q) * channels + c) * out + o];
        }
      }
    }
    values[i] = sum * binding.factor;
  }
  const shape = [1, rows, columns, out];
  return { dataId: backend.write(values, shape, 'float32'), shape, dtype: 'float32' };
}

globals
  .get('kernelRegistry')
  .set('tensorflow_Conv2D', { kernelName: 'Conv2D', backendName: 'tensorflow', kernelFunc: conv2d });
engine.registerBackend('tensorflow', () => new FakeBackend(), 3);

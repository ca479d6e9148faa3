/**
 * What stands in for @tensorflow/tfjs-node-gpu where whole networks are measured: tfjs's plain CPU backend under the
 * name `tensorflow`, which says that it has a GPU. FAKE_BINDING=drifts makes depthwise convolutions wrong, which the
 * proof of a device does not look at.
 */
require('@tensorflow/tfjs-backend-cpu');

const globals = global._tfGlobals;
const engine = global._tfengine;
const kernels = globals.get('kernelRegistry');

for (const kernel of [...kernels.values()].filter((k) => k.backendName === 'cpu')) {
  kernels.set(`tensorflow_${kernel.kernelName}`, { ...kernel, backendName: 'tensorflow' });
}

if (process.env.FAKE_BINDING === 'drifts') {
  const name = 'tensorflow_DepthwiseConv2dNative';
  const honest = kernels.get(name);
  const kernelFunc = (call) => {
    const result = honest.kernelFunc(call);
    const { values } = call.backend.data.get(result.dataId);
    for (let i = 0; i < values.length; i++) values[i] *= 1.01;
    return result;
  };
  kernels.set(name, { ...honest, kernelFunc });
}

engine.registerBackend(
  'tensorflow',
  () => {
    const backend = engine.registryFactory.cpu.factory();
    backend.isUsingGpuDevice = process.env.FAKE_BINDING !== 'cpu';
    return backend;
  },
  3,
);

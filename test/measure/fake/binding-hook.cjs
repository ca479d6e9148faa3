/**
 * Preloaded into the measuring process: a fake native binding in place of libtensorflow. What it says and does is set
 * by FAKE_BINDING: `gpu`, `cpu` (no CUDA device), `missing-library` or `wrong` (a GPU whose answers are wrong).
 */
const { Module } = require('node:module');

const mode = process.env.FAKE_BINDING ?? 'gpu';

Module._extensions['.node'] = (module) => {
  if (mode === 'missing-library') {
    throw new Error('libcudart.so.11.0: cannot open shared object file: No such file or directory');
  }
  module.exports = {
    isUsingGpuDevice: () => mode !== 'cpu',
    factor: mode === 'wrong' ? 1.5 : 1,
    growth: process.env.TF_FORCE_GPU_ALLOW_GROWTH,
  };
};

import { type Backbone, group } from '../../server/src/backbone/backbone.ts';

/** Every kind of layer, odd sizes, a pool, and few enough multiplications for a GPU that is none. */
export const smallChain: Backbone = {
  name: 'small',
  input: { channels: 3, height: 33, width: 26 },
  weights: {},
  groups: [
    group({ block: 'conv', out: 8, kernel: 3, stride: 2 }),
    group({ block: 'maxpool', kernel: 3, stride: 2 }),
    group({ block: 'bottleneck', out: 24, btn: 16, kernel: 5, stride: 1, depth: 2 }),
    group({ block: 'inverted', out: 16, btn: 40, kernel: 3, stride: 2 }),
    group({ block: 'k1kx', out: 32, btn: 16, kernel: 3, stride: 1 }),
  ],
};

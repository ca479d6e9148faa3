import type { InputSize } from '../backbone/backbone.ts';
import { type ConvLayer, inElements, isMainConv, type Layer, outElements } from '../backbone/layer.ts';
import { aliveBytes } from '../backbone/lower-block.ts';

/** The four counting conventions of the field; each names what it counts (METHOD section 3). */
export const CONVENTIONS = ['macs', 'thop', 'mmcv', 'tinynas'] as const;
export type Convention = (typeof CONVENTIONS)[number];

export interface Costs extends Readonly<Record<Convention, number>> {
  /** Convolution weights, and with 2 per channel of each BatchNorm. */
  readonly params: { readonly conv: number; readonly total: number };
  /** Convolutions on the main path; shortcut projections are not layers. */
  readonly layers: number;
  /** Peak activation memory in bytes: float32, batch 1, the largest sum of tensors alive at once, shortcut included. */
  readonly memoryBytes: number;
}

const weights = (l: ConvLayer): number => (l.in / l.groups) * l.out * l.kernel * l.kernel;

/** Multiply–accumulates of one convolution: weights × output positions. */
export const convMacs = (l: ConvLayer): number => weights(l) * l.height * l.width;

/**
 * TinyNAS's own count of one layer. Sizes are res / 2ⁿ as real numbers; BatchNorm counts 2 and ReLU 1 per element; an
 * average-pooled shortcut counts `in` per input position, a projected one `out` per output position besides its MACs
 * and BatchNorm; squeeze-and-excitation counts nothing.
 */
function tinynasCount(l: Layer, input: InputSize): number {
  if (l.role === 'squeeze-excite') return 0;
  const positions = (halvings: number): number => (input.height * input.width) / 4 ** halvings;
  if (l.op !== 'conv') return l.op === 'avgpool' ? l.in * positions(l.inHalvings) : 0;
  const perPosition = weights(l) + 3 * l.out;
  return perPosition * positions(l.halvings);
}

/** Costs of a run of layers: a group, a stage or a whole backbone. `input` is the backbone's, for TinyNAS's real sizes. */
export function costs(layers: readonly Layer[], input: InputSize): Costs {
  let macs = 0;
  let norm = 0;
  let relu = 0;
  let pooled = 0;
  let tinynas = 0;
  let conv = 0;
  let batchNorm = 0;
  let count = 0;
  let memoryBytes = 0;
  for (const l of layers) {
    memoryBytes = Math.max(memoryBytes, aliveBytes(l));
    tinynas += tinynasCount(l, input);
    if (l.op === 'conv') {
      macs += convMacs(l);
      norm += outElements(l);
      if (l.activation === 'relu') relu += outElements(l);
      conv += weights(l);
      batchNorm += 2 * l.out;
      if (isMainConv(l)) count += 1;
    } else {
      pooled += inElements(l);
    }
  }
  return {
    macs,
    thop: macs + 2 * norm,
    mmcv: macs + 2 * norm + relu + pooled,
    tinynas,
    params: { conv, total: conv + batchNorm },
    layers: count,
    memoryBytes,
  };
}

/** Costs of parts that run one after the other: sums, and the largest peak. */
export function addCosts(parts: Iterable<Costs>): Costs {
  let [macs, thop, mmcv, tinynas, conv, total, layers, memoryBytes] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const part of parts) {
    macs += part.macs;
    thop += part.thop;
    mmcv += part.mmcv;
    tinynas += part.tinynas;
    conv += part.params.conv;
    total += part.params.total;
    layers += part.layers;
    memoryBytes = Math.max(memoryBytes, part.memoryBytes);
  }
  return { macs, thop, mmcv, tinynas, params: { conv, total }, layers, memoryBytes };
}

/** Costs of the same part `times` times over. */
export const repeatCosts = (part: Costs, times: number): Costs => ({
  macs: part.macs * times,
  thop: part.thop * times,
  mmcv: part.mmcv * times,
  tinynas: part.tinynas * times,
  params: { conv: part.params.conv * times, total: part.params.total * times },
  layers: part.layers * times,
  memoryBytes: times > 0 ? part.memoryBytes : 0,
});

import type { Network, Step } from './infer.ts';
import { isFloat, product } from './model.ts';
import { trainedOf } from './sources.ts';

/** What a layer's multiply–accumulates are counted as. */
export type CostKind = 'conv' | 'linear' | 'other';

/** One trained tensor that a layer reads. Others may read it too. */
export interface Weight {
  readonly name: string;
  readonly count: number;
  /** Whether it is the kernel of a convolution. */
  readonly kernel: boolean;
}

export interface Layer {
  readonly step: Step;
  readonly kind: CostKind;
  readonly macs: number;
  readonly weights: readonly Weight[];
  /** Why the multiply–accumulates of a convolution or a product are not known. */
  readonly unknown?: string;
}

const CONVOLUTIONS: ReadonlySet<string> = new Set(['Conv', 'ConvTranspose']);
const PRODUCTS: ReadonlySet<string> = new Set(['Gemm', 'MatMul']);
const NORMS: ReadonlySet<string> = new Set(
  'BatchNormalization InstanceNormalization GroupNormalization LayerNormalization'.split(' '),
);
const ARITHMETIC: ReadonlySet<string> = new Set('Add Sub Mul Div Sum Mean PRelu'.split(' '));
const SUMS: ReadonlySet<string> = new Set('GlobalAveragePool ReduceMean ReduceSum'.split(' '));

/** Why a layer has no number, or makes what nobody knows the shape of; undefined where it is not its own fault. */
export const whyUncounted = ({ step, unknown }: Layer): string | undefined =>
  unknown ?? (step.lost?.own === true ? step.lost.why : undefined);

export const isConvolution = ({ node }: Step): boolean => CONVOLUTIONS.has(node.op);

/** Every node with what it costs, in order. */
export const layersOf = ({ steps, sources }: Network): readonly Layer[] =>
  steps.map((step) => {
    const conv = isConvolution(step);
    const trained = trainedOf(step.node, sources);
    const weights = trained.map(({ place, source: { name, dims } }) => ({
      name,
      count: product(dims),
      kernel: conv && place === 1,
    }));
    // A product of two feature maps, as in attention, is no layer with weights.
    const linear = step.node.op === 'Gemm' || (step.node.op === 'MatMul' && weights.length > 0);
    const kind = conv ? 'conv' : linear ? 'linear' : 'other';
    const counts = conv || PRODUCTS.has(step.node.op);
    const { lost } = step;
    if (lost !== undefined && counts) {
      const unknown = lost.own ? lost.why : `it reads what depends on ${lost.why}`;
      return { step, kind, macs: 0, weights, unknown };
    }
    const macs = macsOf(step);
    if (Number.isSafeInteger(macs)) return { step, kind, macs, weights };
    return { step, kind, macs: 0, weights, unknown: 'its cost is larger than a number can say' };
  });

function macsOf({ node, inputs: [x, other], outputs: [y] }: Step): number {
  if (x === undefined || y === undefined) return 0;
  const written = product(y.dims);
  const each = product(other?.dims.slice(1) ?? []);
  if (node.op === 'Conv') return written * each;
  // Every element of the input is put in so many places.
  if (node.op === 'ConvTranspose') return product(x.dims) * each;
  if (node.op === 'Gemm') return written * (x.dims[node.attributes.get('transA')?.int === 1 ? 0 : 1] ?? 0);
  if (node.op === 'MatMul') return written * (x.dims.at(-1) ?? 0);
  if (!isFloat(y.type)) return 0;
  if (NORMS.has(node.op) || ARITHMETIC.has(node.op)) return written;
  if (SUMS.has(node.op)) return product(x.dims);
  return node.op === 'AveragePool' ? written * product(node.attributes.get('kernel_shape')?.ints ?? []) : 0;
}

/** Trained numbers of some layers. What several of them share counts once. */
export function countWeights(layers: Iterable<Layer>, seen: Set<string> = new Set()): { conv: number; total: number } {
  let [conv, total] = [0, 0];
  const kernels = new Set<string>();
  for (const { weights } of layers)
    for (const { name, count, kernel } of weights) {
      if (kernel && !kernels.has(name) && !seen.has(name)) conv += count;
      if (kernel) kernels.add(name);
      if (!seen.has(name)) total += count;
      seen.add(name);
    }
  return { conv, total };
}

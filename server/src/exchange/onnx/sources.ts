import { isFloat, type OnnxGraph, type OnnxNode } from './model.ts';

/** Where numbers come from that a node reads as its weight. */
export interface WeightSource {
  readonly name: string;
  readonly dims: readonly number[];
  /** Whether the numbers stand in a Constant node: a weight only where an operator has a place for weights. */
  readonly constant: boolean;
}

/** Finds what a name stands for: an initialiser, an input that is a weight, or a constant, also through nodes that pass it on. */
export type Sources = (name: string) => WeightSource | undefined;

/** Nodes that change no number of a weight. */
const PASSING: ReadonlySet<string> = new Set(
  'Identity Transpose Reshape Cast Squeeze Unsqueeze Flatten DequantizeLinear QuantizeLinear'.split(' '),
);

/** The inputs of operators that are weights by the specification, trained or, as the statistics of a norm, not. */
const PLACES: ReadonlyMap<string, readonly number[]> = new Map([
  ['Conv', [1, 2]],
  ['ConvTranspose', [1, 2]],
  ['Gemm', [1, 2]],
  ['MatMul', [1]],
  ['BatchNormalization', [1, 2, 3, 4]],
  ['InstanceNormalization', [1, 2]],
  ['GroupNormalization', [1, 2]],
  ['LayerNormalization', [1, 2]],
  ['PRelu', [1]],
]);

/** Running means and variances are not trained. */
const STATISTICS: readonly number[] = [3, 4];
/** The same, where a norm that is frozen was exported as the arithmetic that it does. */
const STATISTIC_NAME = /(^|[._/])(running|moving)_(mean|var|variance)$/;
/** Operators in which an initialiser is a weight, and a constant is not: x · γ + β, embeddings, tokens. */
const LOOSE: ReadonlySet<string> = new Set('Add Sub Mul Div MatMul Gemm Gather Concat Expand LSTM GRU RNN'.split(' '));

/** Names of the graph's inputs that are weights, as in files that were exported without parameters. */
export function weightInputs(graph: OnnxGraph, nodes: readonly OnnxNode[]): ReadonlySet<string> {
  const candidates = new Set(
    graph.inputs.filter(({ dims }) => dims?.every((axis) => typeof axis === 'number')).map(({ name }) => name),
  );
  const others = new Set<string>();
  const used = new Set<string>();
  // What a weight is passed on as, from the end, so that a chain is known before what it begins with.
  const passed = new Set<string>();
  for (const node of [...nodes].reverse())
    for (const [i, name] of node.inputs.entries()) {
      const first = PASSING.has(node.op) && i === 0;
      const isWeight = first
        ? node.outputs.every((output) => passed.has(output))
        : PLACES.get(node.op)?.includes(i) === true;
      if (isWeight) passed.add(name);
      if (candidates.has(name)) (isWeight ? used : others).add(name);
    }
  for (const name of others) used.delete(name);
  for (const name of graph.initialisers.keys()) used.delete(name);
  return used;
}

/** @param weights the inputs of the graph that are weights; see `weightInputs` */
export function sourcesOf(graph: OnnxGraph, nodes: readonly OnnxNode[], weights: ReadonlySet<string>): Sources {
  const found = new Map<string, WeightSource>();
  for (const { name, dims, type } of graph.initialisers.values())
    if (isFloat(type) || type === INT8 || type === UINT8) found.set(name, { name, dims, constant: false });
  for (const { name, dims } of graph.inputs)
    if (weights.has(name))
      found.set(name, { name, dims: (dims ?? []).filter((d) => typeof d === 'number'), constant: false });
  for (const { op, inputs, outputs, attributes } of nodes) {
    const [output = ''] = outputs;
    const value = op === 'Constant' ? attributes.get('value')?.tensor : undefined;
    const source = PASSING.has(op) ? found.get(inputs[0] ?? '') : undefined;
    if (source !== undefined) found.set(output, source);
    else if (value !== undefined && isFloat(value.type))
      found.set(output, { name: output, dims: value.dims, constant: true });
  }
  return (name) => found.get(name);
}

/** Weights that were quantised. */
const UINT8 = 2;
const INT8 = 3;

/** What a node has that is trained, with the place of each among its inputs. */
export function trainedOf(
  node: OnnxNode,
  sources: Sources,
): readonly { readonly place: number; readonly source: WeightSource }[] {
  const places = PLACES.get(node.op);
  return node.inputs.flatMap((name, place) => {
    const source = sources(name);
    if (source === undefined) return [];
    if (places?.includes(place) === true)
      return node.op === 'BatchNormalization' && STATISTICS.includes(place) ? [] : [{ place, source }];
    // A single number is a factor that somebody wrote far more often than one that was trained.
    const several = source.dims.some((size) => size > 1);
    return LOOSE.has(node.op) && !source.constant && several && !STATISTIC_NAME.test(source.name)
      ? [{ place, source }]
      : [];
  });
}

import type { ImageSize } from '../../backbone/backbone.ts';
import { countWeights, isConvolution, type Layer, layersOf, whyUncounted } from './costs.ts';
import { infer, type Network } from './infer.ts';
import { placesOf } from './places.ts';
import { failed, type OnnxOutcome, readOnnx } from './read-model.ts';
import type { SizedInput } from './sizing.ts';
import { type Stage, stagesOf } from './stages.ts';
import type { ByteSource } from './wire.ts';

/** Operators that are not counted, all that have one reason. */
export interface UnknownOperator {
  readonly op: string;
  readonly count: number;
  readonly why: string;
}

/** What an ONNX model costs. */
export interface Inspection {
  readonly producer: string;
  readonly producerVersion: string;
  readonly irVersion: number;
  readonly opset: number;
  readonly inputs: readonly SizedInput[];
  readonly macs: { readonly conv: number; readonly linear: number; readonly other: number };
  readonly params: { readonly conv: number; readonly total: number };
  readonly convolutions: number;
  readonly operators: ReadonlyMap<string, number>;
  readonly stages: readonly Stage[];
  readonly unknown: readonly UnknownOperator[];
  readonly layers: readonly Layer[];
  /** The size that was taken because the file leaves it open. */
  readonly assumed: ImageSize | undefined;
  readonly bytesRead: number;
  /** The network itself, for what else is to be known of it. */
  readonly network: Network;
}

/** Reads a model and counts it, for images of `size` where that is given. */
export function inspect(source: ByteSource, size?: ImageSize): OnnxOutcome<Inspection> {
  const model = readOnnx(source);
  if (!model.ok) return model;
  const network = infer(model.value, size);
  if (!network.ok) return network;
  const { irVersion, producer, producerVersion, opset, bytesRead } = model.value;
  const { sizing, steps } = network.value;
  const layers = layersOf(network.value);
  const total = { conv: 0, linear: 0, other: 0 };
  for (const { kind, macs } of layers) total[kind] += macs;
  if (!Object.values(total).every(Number.isSafeInteger)) return failed('its cost is larger than a number can say', 0);
  const operators = new Map<string, number>();
  for (const { node } of steps) operators.set(node.op, (operators.get(node.op) ?? 0) + 1);
  return {
    ok: true,
    value: {
      irVersion,
      producer,
      producerVersion,
      opset,
      bytesRead,
      inputs: sizing.inputs,
      assumed: sizing.assumed,
      macs: total,
      params: countWeights(layers),
      convolutions: steps.filter(isConvolution).length,
      operators: new Map([...operators].sort(([, a], [, b]) => b - a)),
      stages: stagesOf(layers, placesOf(network.value)),
      unknown: unknownOf(layers),
      layers,
      network: network.value,
    },
  };
}

/** What is not counted, by operator and reason: those that are not known, and layers with weights behind them. */
function unknownOf(layers: readonly Layer[]): readonly UnknownOperator[] {
  const found = new Map<string, UnknownOperator>();
  for (const layer of layers) {
    const why = whyUncounted(layer);
    if (why === undefined) continue;
    const { op } = layer.step.node;
    const key = `${op}\n${why}`;
    found.set(key, { op, why, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()];
}

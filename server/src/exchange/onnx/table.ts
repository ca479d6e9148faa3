import { type Layer, whyUncounted } from './costs.ts';
import type { Inspection, UnknownOperator } from './inspect.ts';
import { layerName, shown } from './shown.ts';
import type { Stage } from './stages.ts';
import { isKnownVersion, KNOWN_IR, KNOWN_OPSETS } from './versions.ts';

/** One node of a model. */
export interface ModelLayer {
  readonly op: string;
  readonly name: string;
  /** Shape of its first output; left out where it is not known. */
  readonly output?: readonly number[];
  /** Of convolutions and pools: height and width of the window, steps, and into how many groups channels are parted. */
  readonly kernel?: readonly number[];
  readonly stride?: readonly number[];
  readonly groups?: number;
  readonly macs: number;
  /** Trained numbers that it reads. */
  readonly params: number;
  /** Why it could not be counted. */
  readonly unknown?: string;
}

/** What an ONNX model costs, as a view shows it: counts are exact, and names are short and without what cannot be seen. */
export interface ModelTable {
  readonly producer: string;
  readonly irVersion: number;
  readonly opset: number;
  /** The versions that are known, oldest and newest, where the model is of another. */
  readonly known?: { readonly ir: readonly number[]; readonly opsets: readonly number[] };
  readonly inputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** Height and width that were taken because the file leaves them open. */
  readonly assumed?: { readonly height: number; readonly width: number };
  readonly macs: Inspection['macs'];
  readonly params: Inspection['params'];
  readonly convolutions: number;
  /** How many nodes there are of each operator, the most frequent first. */
  readonly operators: readonly { readonly op: string; readonly count: number }[];
  readonly stages: readonly Stage[];
  readonly unknown: readonly UnknownOperator[];
  readonly layers: readonly ModelLayer[];
}

const LONGEST_NAME = 200;
/** Inputs and kinds of operators; a file may hold thousands that no network has. */
const MOST = 500;

const plain = (text: string): string => shown(text, LONGEST_NAME);

export function modelTable(inspection: Inspection): ModelTable {
  const { producer, producerVersion, irVersion, opset, assumed } = inspection;
  return {
    producer: plain(`${producer} ${producerVersion}`.trim()),
    irVersion,
    opset,
    ...(isKnownVersion(inspection) ? {} : { known: { ir: KNOWN_IR, opsets: KNOWN_OPSETS } }),
    inputs: inspection.inputs.slice(0, MOST).map(({ name, shape }) => ({ name: plain(name), shape })),
    ...(assumed === undefined ? {} : { assumed }),
    macs: inspection.macs,
    params: inspection.params,
    convolutions: inspection.convolutions,
    operators: [...inspection.operators].slice(0, MOST).map(([op, count]) => ({ op: plain(op), count })),
    stages: inspection.stages,
    unknown: inspection.unknown.slice(0, MOST).map(({ op, count, why }) => ({ op: plain(op), count, why: plain(why) })),
    layers: inspection.layers.map(layerOf),
  };
}

function layerOf(layer: Layer): ModelLayer {
  const { step, macs, weights } = layer;
  const unknown = whyUncounted(layer);
  const [output] = step.outputs;
  return {
    op: plain(step.node.op),
    name: plain(layerName(layer)),
    ...(output === undefined ? {} : { output: output.dims }),
    ...windowOf(layer),
    macs,
    params: weights.reduce((sum, { count }) => sum + count, 0),
    ...(unknown === undefined ? {} : { unknown: plain(unknown) }),
  };
}

const CONVOLUTION = /^Conv(Transpose)?$/;
const POOL = /^(Max|Average|Lp)Pool$/;
/** Height and width, and depth in networks of volumes. */
const MOST_AXES = 3;

/** What the specification takes where a node says nothing: the kernel of its weight, steps of 1, one group. */
function windowOf({ step: { node, inputs } }: Layer): Pick<ModelLayer, 'kernel' | 'stride' | 'groups'> {
  const convolves = CONVOLUTION.test(node.op);
  if (!convolves && !POOL.test(node.op)) return {};
  const [, weight] = inputs;
  const kernel = node.attributes.get('kernel_shape')?.ints ?? (convolves ? weight?.dims.slice(2) : undefined);
  if (kernel === undefined || kernel.length > MOST_AXES) return {};
  const strides = node.attributes.get('strides')?.ints ?? [];
  return {
    kernel,
    stride: kernel.map((_, axis) => strides[axis] ?? 1),
    ...(convolves ? { groups: node.attributes.get('group')?.int ?? 1 } : {}),
  };
}

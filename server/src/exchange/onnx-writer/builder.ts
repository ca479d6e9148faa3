import { type LateBytes, Message } from './message.ts';

/** Versions that every runtime of the last years reads. */
const IR = 8;
const OPSET = 17;

/** Types of elements, by the numbers of the specification. */
const FLOAT = 1;
const INT64 = 7;

/** `filling` is a tensor of one number, with which others are filled. */
export type Attribute = number | string | readonly number[] | { readonly float: number } | { readonly filling: number };

interface Node {
  readonly op: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly others: readonly string[];
}

/** Float32 numbers that are made when they are written. */
export type Numbers = () => Float32Array;

/**
 * Writes a model of ONNX node by node. Every tensor is called as the node that makes it; the names are the caller's, and
 * apart. Onnx's own checker holds the result right in a test.
 */
export class OnnxBuilder {
  private readonly nodes: Node[] = [];
  /** Tensors that are handed on under another name. */
  private readonly renamed = new Map<string, string>();
  private readonly initialisers: Message[] = [];
  private readonly weights = new Set<string>();
  private readonly inputs: Message[] = [];
  private readonly outputs: Message[] = [];
  private readonly external: string | undefined;
  private offset = 0;

  /** @param external the file that has the weights and may not exist; undefined where they are in the model */
  constructor(external?: string) {
    this.external = external;
  }

  input(name: string, dims: readonly number[]): string {
    this.inputs.push(valueInfo(name, dims));
    return name;
  }

  /** Hands on a tensor under a name of its own. */
  output(name: string, dims: readonly number[], tensor: string): void {
    this.outputs.push(valueInfo(name, dims));
    const isFree = this.nodes.some((node) => node.name === tensor) && !this.renamed.has(tensor);
    if (isFree) this.renamed.set(tensor, name);
    else this.node('Identity', name, [tensor]);
  }

  /** A trained tensor; one of a name that is there already is that one, which several nodes share. */
  weight(name: string, dims: readonly number[], numbers: Numbers): string {
    if (this.weights.has(name)) return name;
    this.weights.add(name);
    const length = 4 * dims.reduce((all, size) => all * size, 1);
    const tensor = tensorOf(name, dims, FLOAT);
    if (this.external === undefined) tensor.bytes(9, floats(length, numbers));
    else {
      for (const [key, value] of [
        ['location', this.external],
        ['offset', String(this.offset)],
        ['length', String(length)],
      ] as const)
        tensor.message(13, new Message().text(1, key).text(2, value));
      // EXTERNAL
      tensor.int(14, 1);
      this.offset += length;
    }
    this.initialisers.push(tensor);
    return name;
  }

  /** A number that is no weight, as the bounds of a Clip. */
  constant(name: string, value: number): string {
    this.initialisers.push(
      tensorOf(name, [], FLOAT).bytes(
        9,
        floats(4, () => Float32Array.of(value)),
      ),
    );
    return name;
  }

  /** Whole numbers that say how something is done: sizes, axes. */
  sizes(name: string, values: readonly number[]): string {
    const bytes = new DataView(new ArrayBuffer(8 * values.length));
    for (const [i, value] of values.entries()) bytes.setBigInt64(8 * i, BigInt(value), true);
    this.initialisers.push(tensorOf(name, [values.length], INT64).bytes(9, new Uint8Array(bytes.buffer)));
    return name;
  }

  /**
   * Hands back the tensor that the node makes, which is called as it is. An input that is left out has no name.
   *
   * @param others what else it makes
   */
  node(
    op: string,
    name: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    others: readonly string[] = [],
  ): string {
    this.nodes.push({ op, name, inputs, attributes, others });
    return name;
  }

  private written({ op, name, inputs, attributes, others }: Node): Message {
    const called = (tensor: string): string => this.renamed.get(tensor) ?? tensor;
    const node = new Message();
    for (const input of inputs) node.text(1, called(input));
    for (const output of [called(name), ...others]) node.text(2, output);
    node.text(3, name).text(4, op);
    for (const [key, value] of Object.entries(attributes)) node.message(5, attribute(key, value));
    return node;
  }

  model(name: string, doc: string): Message {
    const graph = new Message();
    for (const node of this.nodes) graph.message(1, this.written(node));
    graph.text(2, name);
    for (const tensor of this.initialisers) graph.message(5, tensor);
    for (const input of this.inputs) graph.message(11, input);
    for (const output of this.outputs) graph.message(12, output);
    const opset = new Message().text(1, '').int(2, OPSET);
    return new Message().int(1, IR).text(2, 'mae-det').text(6, doc).message(7, graph).message(8, opset);
  }
}

function tensorOf(name: string, dims: readonly number[], type: number): Message {
  const tensor = new Message();
  for (const size of dims) tensor.int(1, size);
  return tensor.int(2, type).text(8, name);
}

const IS_LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Little-endian, as the format has it, whatever the machine. */
const floats = (length: number, numbers: Numbers): LateBytes => ({
  length,
  make: () => {
    const values = numbers();
    if (IS_LITTLE) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const bytes = new DataView(new ArrayBuffer(length));
    for (const [i, value] of values.entries()) bytes.setFloat32(4 * i, value, true);
    return new Uint8Array(bytes.buffer);
  },
});

function valueInfo(name: string, dims: readonly number[]): Message {
  const shape = new Message();
  for (const size of dims) shape.message(1, new Message().int(1, size));
  const type = new Message().message(1, new Message().int(1, FLOAT).message(2, shape));
  return new Message().text(1, name).message(2, type);
}

/** Field 20 says which of the others is meant. */
function attribute(name: string, value: Attribute): Message {
  const message = new Message().text(1, name);
  if (typeof value === 'number') return message.int(3, value).int(20, 2);
  if (typeof value === 'string') return message.text(4, value).int(20, 3);
  if ('float' in value) return message.float(2, value.float).int(20, 1);
  if ('filling' in value) {
    const tensor = tensorOf('', [1], FLOAT).bytes(
      9,
      floats(4, () => Float32Array.of(value.filling)),
    );
    return message.message(5, tensor).int(20, 4);
  }
  for (const one of value) message.int(8, one);
  return message.int(20, 7);
}

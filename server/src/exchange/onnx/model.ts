/** What an ONNX file says of its network, without the weights. Names are those of the specification. */
export interface OnnxModel {
  readonly irVersion: number;
  readonly producer: string;
  readonly producerVersion: string;
  /** The version of the operators of the default domain; 0 where the file says none. */
  readonly opset: number;
  readonly graph: OnnxGraph;
  /** How much of the file was looked at. */
  readonly bytesRead: number;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initialisers: ReadonlyMap<string, TensorData>;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  /** Shapes that the file tells of tensors inside the graph. Few files do. */
  readonly values: readonly ValueInfo[];
}

export interface OnnxNode {
  readonly op: string;
  readonly name: string;
  readonly domain: string;
  /** An input that is left out has no name. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** Where the node begins in the file. */
  readonly offset: number;
}

export interface Attribute {
  readonly int?: number;
  readonly float?: number;
  readonly text?: string;
  readonly tensor?: TensorData;
  /** Undefined where the list is longer than a list of sizes can be. */
  readonly ints?: readonly number[];
  readonly floats?: readonly number[];
}

export interface TensorData {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: number;
  /** The numbers themselves, of small tensors that shapes may follow from. */
  readonly values?: readonly number[];
}

/** An axis of a declared shape: a size, or a name, or nothing, where it is left open. */
export type Axis = number | string | undefined;

export interface ValueInfo {
  readonly name: string;
  readonly type: number;
  readonly dims?: readonly Axis[];
}

/** Types of elements, by the numbers of the specification. */
export const FLOAT = 1;
export const INT32 = 6;
export const INT64 = 7;
export const BOOL = 9;
const FLOAT16 = 10;
const DOUBLE = 11;
const BFLOAT16 = 16;
const FLOATS: ReadonlySet<number> = new Set([FLOAT, FLOAT16, DOUBLE, BFLOAT16]);
export const isFloat = (type: number): boolean => FLOATS.has(type);

export const product = (dims: readonly number[]): number => dims.reduce((all, size) => all * size, 1);

import { INT32, INT64, type OnnxNode, product } from '../model.ts';

/** What is known of a tensor inside the graph: its shape, and its numbers where they are few integers or constants. */
export interface Tensor {
  readonly dims: readonly number[];
  readonly type: number;
  readonly values?: readonly number[];
}

/** A node with what it reads. An input that is left out is undefined. */
export interface Call {
  readonly node: OnnxNode;
  readonly opset: number;
  readonly inputs: readonly (Tensor | undefined)[];
}

/** Why the shapes of a node's outputs are not known, in words that begin in the middle of a sentence. */
export interface Unknown {
  readonly why: string;
}

/** The outputs of a node, the first ones at least. */
export type Shaped = readonly Tensor[] | Unknown;

/** How the shapes of an operator's outputs follow from what it reads. */
export type Rule = (call: Call) => Shaped;
export type Rules = Readonly<Record<string, Rule>>;

export const unknown = (why: string): Unknown => ({ why });
export const isUnknown = (shaped: Shaped): shaped is Unknown => 'why' in shaped;

export const MISSING = unknown('an input of it is missing');
export const DATA = unknown('its shape depends on numbers that are not constant');
const TOO_LARGE = unknown('its output is no shape: an axis is negative, or larger than a number can say');

/** One output of this shape, if it is one. */
export function shaped(dims: readonly number[], type: number, values?: readonly number[]): Shaped {
  const size = product(dims);
  if (!dims.every((axis) => Number.isSafeInteger(axis) && axis >= 0) || !Number.isSafeInteger(size)) return TOO_LARGE;
  return [values?.length === size ? { dims, type, values } : { dims, type }];
}

/** The output has the shape of the first input. */
export const same: Rule = ({ inputs: [x] }) => (x === undefined ? MISSING : [{ dims: x.dims, type: x.type }]);

export const intOf = ({ node }: Call, name: string, otherwise: number): number =>
  node.attributes.get(name)?.int ?? otherwise;

export const textOf = ({ node }: Call, name: string, otherwise: string): string =>
  node.attributes.get(name)?.text ?? otherwise;

export const intsOf = ({ node }: Call, name: string): readonly number[] | undefined => node.attributes.get(name)?.ints;

/** A list that was an attribute in older operator sets and is an input now. Undefined where it is neither. */
export function listOf(call: Call, name: string, input: number): readonly number[] | Unknown | undefined {
  const tensor = call.inputs[input];
  if (tensor === undefined) return intsOf(call, name);
  return tensor.values ?? (tensor.dims.includes(0) ? [] : DATA);
}

export const isList = (list: readonly number[] | Unknown | undefined): list is readonly number[] | undefined =>
  list === undefined || !('why' in list);

/** An axis counted from the front; undefined where there is none of that number. */
export function axisOf(axis: number, rank: number): number | undefined {
  const index = axis < 0 ? axis + rank : axis;
  return Number.isInteger(index) && index >= 0 && index < rank ? index : undefined;
}

export const isInteger = (type: number): boolean => type === INT64 || type === INT32;

/** The shape to which both spread, by NumPy's rules. */
export function broadcast(a: readonly number[], b: readonly number[]): readonly number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const dims: number[] = [];
  for (let i = 0; i < rank; i++) {
    const one = a[i - rank + a.length] ?? 1;
    const other = b[i - rank + b.length] ?? 1;
    if (one !== other && one !== 1 && other !== 1) return undefined;
    dims.push(one === 1 ? other : one);
  }
  return dims;
}

export const shapeText = (dims: readonly number[]): string => dims.join('×');

/** The first shapes of some tensors, for a message. */
export const shapesText = (tensors: readonly Tensor[]): string =>
  tensors
    .slice(0, 4)
    .map(({ dims }) => shapeText(dims))
    .join(' and ') + (tensors.length > 4 ? ' …' : '');

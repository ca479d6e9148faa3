/** A small encoder of ONNX's protobuf messages, so that tests make files that no exporter would write. */

export type Bytes = readonly number[];

export function varint(value: number | bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return bytes;
}

export const number = (field: number, value: number | bigint): number[] => [...varint(field * 8), ...varint(value)];
export const bytes = (field: number, content: Bytes): number[] => [
  ...varint(field * 8 + 2),
  ...varint(content.length),
  ...content,
];
export const text = (field: number, value: string): number[] => bytes(field, [...new TextEncoder().encode(value)]);

const float32 = (value: number): number[] => [...new Uint8Array(new Float32Array([value]).buffer)];

export interface TensorSpec {
  readonly name?: string;
  readonly dims: readonly number[];
  readonly type?: number;
  readonly ints?: readonly number[];
  readonly raw?: Bytes;
  readonly external?: boolean;
}

export const tensor = ({ name = '', dims, type = 1, ints, raw, external }: TensorSpec): number[] => [
  ...dims.flatMap((size) => number(1, size)),
  ...number(2, ints === undefined ? type : 7),
  ...(ints === undefined ? [] : bytes(7, ints.flatMap(varint))),
  ...text(8, name),
  ...(raw === undefined ? [] : bytes(9, raw)),
  ...(external === true ? number(14, 1) : []),
];

export type AttributeSpec = number | string | readonly number[] | { readonly float: number } | TensorSpec;

export function attribute(name: string, value: AttributeSpec): number[] {
  const head = text(1, name);
  if (typeof value === 'number') return [...head, ...number(3, value), ...number(20, 2)];
  if (typeof value === 'string') return [...head, ...text(4, value), ...number(20, 3)];
  if ('dims' in value) return [...head, ...bytes(5, tensor(value)), ...number(20, 4)];
  if ('float' in value) return [...head, ...varint(2 * 8 + 5), ...float32(value.float), ...number(20, 1)];
  return [...head, ...value.flatMap((one) => number(8, one)), ...number(20, 7)];
}

export interface NodeSpec {
  readonly op: string;
  readonly in: readonly string[];
  readonly out: readonly string[];
  readonly name?: string;
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, AttributeSpec>>;
}

export const node = (spec: NodeSpec): number[] => [
  ...spec.in.flatMap((name) => text(1, name)),
  ...spec.out.flatMap((name) => text(2, name)),
  ...(spec.name === undefined ? [] : text(3, spec.name)),
  ...text(4, spec.op),
  ...Object.entries(spec.attributes ?? {}).flatMap(([name, value]) => bytes(5, attribute(name, value))),
  ...(spec.domain === undefined ? [] : text(7, spec.domain)),
];

export interface ValueSpec {
  readonly name: string;
  readonly dims: readonly (number | string)[];
}

export const value = ({ name, dims }: ValueSpec): number[] => [
  ...text(1, name),
  ...bytes(2, [
    ...bytes(1, [
      ...number(1, 1),
      ...bytes(
        2,
        dims.flatMap((axis) => bytes(1, typeof axis === 'number' ? number(1, axis) : text(2, axis))),
      ),
    ]),
  ]),
];

export interface ModelSpec {
  readonly nodes: readonly NodeSpec[];
  readonly initialisers?: readonly TensorSpec[];
  readonly inputs?: readonly ValueSpec[];
  readonly values?: readonly ValueSpec[];
  readonly opset?: number;
  readonly ir?: number;
}

export const IMAGE: ValueSpec = { name: 'x', dims: [1, 3, 32, 32] };

export const graph = ({ nodes, initialisers = [], inputs = [IMAGE], values = [] }: ModelSpec): number[] => [
  ...nodes.flatMap((spec) => bytes(1, node(spec))),
  ...initialisers.flatMap((spec) => bytes(5, tensor(spec))),
  ...inputs.flatMap((spec) => bytes(11, value(spec))),
  ...values.flatMap((spec) => bytes(13, value(spec))),
];

export const model = (spec: ModelSpec): Uint8Array =>
  Uint8Array.from([
    ...number(1, spec.ir ?? 8),
    ...text(2, 'test'),
    ...bytes(7, graph(spec)),
    ...bytes(8, number(2, spec.opset ?? 17)),
  ]);

/** Bytes as the reader takes them, which says what was asked for. */
export function source(content: Uint8Array, asked: [number, number][] = []) {
  return {
    size: content.length,
    read: (offset: number, length: number): Uint8Array => {
      if (offset < 0 || length < 0 || offset + length > content.length) throw new Error('read beyond the end');
      asked.push([offset, length]);
      return content.slice(offset, offset + length);
    },
  };
}

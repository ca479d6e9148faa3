import { floats, integer, integers, LONGEST_LIST, stepped, text } from './fields.ts';
import { FLOAT, INT32, INT64, product, type TensorData } from './model.ts';
import { BYTES, type Cursor, readMessage, WireFault } from './wire.ts';

/** No operator has more axes. */
const MOST_AXES = 64;
const EXTERNAL = 1;

/**
 * A TensorProto without its weights: name, shape, type, and the numbers where they are few and may be a shape, axes or
 * scales. Raw data is stepped over, and read afterwards if it is small: only then the type is known.
 */
export function readTensor(cursor: Cursor, end: number): TensorData {
  const at = cursor.position;
  const dims: number[] = [];
  const typed: number[] = [];
  const singles: number[] = [];
  let name = '';
  let type = 0;
  let external = false;
  let raw: { readonly start: number; readonly length: number } | undefined;
  readMessage(cursor, end, 'TensorProto', {
    1: integers(cursor, dims),
    2: integer(cursor, (value) => {
      type = value;
    }),
    4: floats(cursor, singles),
    5: integers(cursor, typed),
    7: integers(cursor, typed),
    8: text(cursor, (value) => {
      name = value;
    }),
    9: stepped(cursor, (start, length) => {
      raw = { start, length };
    }),
    14: integer(cursor, (value) => {
      external = value === EXTERNAL;
    }),
  });
  checkSizes(dims, name, at);
  const count = product(dims);
  const data = { name, dims, type };
  if (external || count > LONGEST_LIST) return data;
  const values = raw === undefined ? (type === FLOAT ? singles : typed) : numbersAt(cursor, raw, type);
  return values?.length === count ? { ...data, values } : data;
}

/** A SparseTensorProto: the name of its values and the shape of the whole. */
export function readSparseTensor(cursor: Cursor, end: number): TensorData {
  const at = cursor.position;
  const dims: number[] = [];
  let values: TensorData | undefined;
  readMessage(cursor, end, 'SparseTensorProto', {
    1: {
      types: [BYTES],
      read: (length) => {
        values = readTensor(cursor, cursor.position + length);
      },
    },
    3: integers(cursor, dims),
  });
  const { name, type } = values ?? { name: '', type: 0 };
  checkSizes(dims, name, at);
  return { name, dims, type };
}

function checkSizes(dims: readonly number[], name: string, at: number): void {
  if (dims.length > MOST_AXES) throw new WireFault(`tensor '${name}' has more than ${MOST_AXES} axes`, at);
  const wrong = dims.find((size) => size < 0);
  if (wrong !== undefined) throw new WireFault(`tensor '${name}' has an axis of size ${wrong}`, at);
  // Not a number where an axis of zero meets infinity.
  if (!(product(dims) <= Number.MAX_SAFE_INTEGER))
    throw new WireFault(`tensor '${name}' (${dims.join(' × ')}) is larger than a number can say`, at);
}

function numbersAt(
  cursor: Cursor,
  { start, length }: { readonly start: number; readonly length: number },
  type: number,
): number[] | undefined {
  const width = type === INT64 ? 8 : type === INT32 || type === FLOAT ? 4 : 0;
  if (width === 0 || length % width !== 0 || length / width > LONGEST_LIST) return undefined;
  const { position } = cursor;
  cursor.position = start;
  const bytes = cursor.bytes(length);
  cursor.position = position;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  return Array.from({ length: length / width }, (_, i) => {
    if (type === INT64) return Number(view.getBigInt64(i * 8, true));
    return type === INT32 ? view.getInt32(i * 4, true) : view.getFloat32(i * 4, true);
  });
}

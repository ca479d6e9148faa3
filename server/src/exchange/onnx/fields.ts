import { BYTES, type Cursor, FIXED32, type Field, VARINT } from './wire.ts';

/** Lists of numbers up to this length are kept: shapes, axes, pads, scales. Longer ones are data, and are skipped. */
export const LONGEST_LIST = 1024;

export const integer = (cursor: Cursor, take: (value: number) => void): Field => ({
  types: [VARINT],
  read: () => take(cursor.varint()),
});

export const text = (cursor: Cursor, take: (value: string) => void): Field => ({
  types: [BYTES],
  read: (length) => take(cursor.text(length)),
});

/** A message inside a message: what reads it gets the byte at which it ends. */
export const message = (cursor: Cursor, read: (end: number) => void): Field => ({
  types: [BYTES],
  read: (length) => read(cursor.position + length),
});

export const single = (cursor: Cursor, take: (value: number) => void): Field => ({
  types: [FIXED32],
  read: () => take(float(cursor.bytes(4))),
});

/** Repeated integers, packed into one field or each in a field of its own. */
export const integers = (cursor: Cursor, into: number[]): Field => ({
  types: [BYTES, VARINT],
  read: (length, type) => {
    const end = cursor.position + length;
    // One more than a list may have tells that it was too long.
    const push = (): void => {
      const value = cursor.varint();
      if (into.length <= LONGEST_LIST) into.push(value);
      cursor.keep(8);
    };
    if (type === VARINT) push();
    else if (length > LONGEST_LIST * 10) cursor.position = end;
    else while (cursor.position < end) push();
  },
});

/** Repeated 32-bit floats, packed or not. */
export const floats = (cursor: Cursor, into: number[]): Field => ({
  types: [BYTES, FIXED32],
  read: (length) => {
    if (length > LONGEST_LIST * 4) {
      cursor.position += length;
      return;
    }
    const bytes = cursor.bytes(length);
    for (let at = 0; at + 4 <= length; at += 4) if (into.length <= LONGEST_LIST) into.push(float(bytes, at));
  },
});

/** A field of which only the length matters: it is stepped over. */
export const stepped = (cursor: Cursor, take: (start: number, length: number) => void): Field => ({
  types: [BYTES],
  read: (length) => {
    take(cursor.position, length);
    cursor.position += length;
  },
});

const float = (bytes: Uint8Array, at = 0): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getFloat32(at, true);

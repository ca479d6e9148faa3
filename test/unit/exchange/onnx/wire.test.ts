import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BYTES,
  Cursor,
  type Field,
  readMessage,
  VARINT,
  WireFault,
} from '../../../../server/src/exchange/onnx/wire.ts';
import { bytes, number, source, varint } from './encode.ts';

const cursor = (content: readonly number[]): Cursor => new Cursor(source(Uint8Array.from(content)));

/** The fault of something, with its place. */
function faultOf(action: () => void): { message: string; offset: number } {
  try {
    action();
  } catch (error) {
    if (error instanceof WireFault) return { message: error.message, offset: error.offset };
    throw error;
  }
  throw new Error('there was no fault');
}

describe('numbers', () => {
  test('every number of 53 bits is read as it was written, negative ones too', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(cursor(varint(value)).varint()).toBe(value);
      }),
    );
  });

  test('every number of 64 bits is read as the nearest that a number can be', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const read = cursor(varint(value)).varint();
        expect(Math.abs(read - Number(value))).toBeLessThanOrEqual(2 ** 11);
      }),
    );
  });

  test.each([
    ['ends inside', [0x80, 0x80], 'the file ends inside a number'],
    ['never ends', Array.from({ length: 12 }, () => 0xff), 'a number has more than ten bytes'],
  ])('a number that %s', (_, content, message) => {
    expect(faultOf(() => cursor(content).varint())).toEqual({ message, offset: 0 });
  });
});

describe('messages', () => {
  const read = (content: readonly number[], fields: Readonly<Record<number, Field>> = {}) =>
    faultOf(() => readMessage(cursor(content), content.length, 'Test', fields));
  const int: Field = { types: [VARINT], read: () => undefined };

  test.each([
    ['a group', [0x0b], /no field of Test begins here/, 0],
    ['field 0', [0x00, 0x01], /no field of Test begins here/, 0],
    ['a wire type that there is not', [0x0f], /no field of Test begins here/, 0],
    [
      'a length beyond the end',
      [...number(3, 1), 0x0a, 0x05, 0x00],
      /field 1 of Test is 5 bytes long, and 1 are left/,
      2,
    ],
    ['a length below zero', [0x0a, ...varint(-1)], /is -1 bytes long/, 0],
    ['a length of 2⁶²', [0x0a, ...varint(2n ** 62n)], /bytes long, and 0 are left/, 0],
    ['a float that is cut', [0x0d, 0x00], /is 4 bytes long, and 1 are left/, 0],
  ])('%s is a fault at its byte', (_, content, message, offset) => {
    const fault = read(content);
    expect(fault.message).toMatch(message);
    expect(fault.offset).toBe(offset);
  });

  test('a field of another wire type than it should have', () => {
    expect(read(bytes(1, [1, 2]), { 1: int })).toEqual({
      message: 'field 1 of Test has wire type 2 and not 0',
      offset: 0,
    });
  });

  test('a field whose content runs over its end', () => {
    const long: Field = {
      types: [BYTES],
      read: () => undefined,
    };
    expect(read(bytes(1, [1, 2]), { 1: long }).message).toBe('field 1 of Test does not end where its length says');
  });
});

test('what is skipped is not read', () => {
  const asked: [number, number][] = [];
  const content = Uint8Array.from([
    ...bytes(
      9,
      Array.from({ length: 200_000 }, () => 7),
    ),
    ...number(1, 42),
  ]);
  const at = new Cursor(source(content, asked));
  let found = 0;
  readMessage(at, content.length, 'Test', {
    1: {
      types: [VARINT],
      read: () => {
        found = at.varint();
      },
    },
  });
  expect(found).toBe(42);
  expect(asked.reduce((sum, [, length]) => sum + length, 0)).toBeLessThan(20_000);
});

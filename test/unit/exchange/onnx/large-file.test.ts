import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inspect } from '../../../../server/src/exchange/onnx/inspect.ts';
import { openFile } from '../../../../server/src/files/open-file.ts';
import { bytes, IMAGE, node, number, text, value, varint } from './encode.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'mae-onnx-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A model whose one convolution has so many bytes of weights inside the file, none of which is on the disk. */
function sparse(weights: number): string {
  const outputs = weights / (4 * 3);
  const conv = bytes(1, node({ op: 'Conv', in: [IMAGE.name, 'w'], out: ['y'] }));
  const head = [...[outputs, 3, 1, 1].flatMap((size) => number(1, size)), ...number(2, 1), ...text(8, 'w')];
  const raw = [...varint(9 * 8 + 2), ...varint(weights)];
  const tensor = [...varint(5 * 8 + 2), ...varint(head.length + raw.length + weights), ...head, ...raw];
  const input = bytes(11, value(IMAGE));
  const length = conv.length + tensor.length + weights + input.length;
  const front = Uint8Array.from([...number(1, 8), ...varint(7 * 8 + 2), ...varint(length), ...conv, ...tensor]);
  const back = Uint8Array.from([...input, ...bytes(8, number(2, 17))]);
  const path = join(folder, 'large.onnx');
  const file = fs.openSync(path, 'w');
  fs.writeSync(file, front);
  fs.writeSync(file, back, 0, back.length, front.length + weights);
  fs.closeSync(file);
  return path;
}

test('a file with 3 GB of weights is opened without reading them', () => {
  const weights = 3_000_000_000;
  const file = openFile(sparse(weights));
  if (file === undefined) throw new Error('it is a regular file');
  let asked = 0;
  const read = (offset: number, length: number): Uint8Array => {
    asked += length;
    return file.read(offset, length);
  };
  const outcome = inspect({ size: file.size, read });
  file.close();
  if (!outcome.ok) throw new Error(outcome.fault.message);
  expect(file.size).toBeGreaterThan(weights);
  expect(outcome.value.params).toEqual({ conv: weights / 4, total: weights / 4 });
  expect(outcome.value.macs.conv).toBe((32 * 32 * weights) / 4);
  expect(asked).toBeLessThan(40_000);
  expect(outcome.value.bytesRead).toBe(asked);
});

test('a file that becomes shorter while it is read is an error of the file system', () => {
  const path = sparse(1200);
  const file = openFile(path);
  fs.truncateSync(path, 10);
  expect(() => file?.read(0, 100)).toThrow('it became shorter while it was read');
  file?.close();
});

test('a folder is said to be one', () =>
  expect(() => openFile(folder)).toThrow(expect.objectContaining({ code: 'EISDIR' })));

import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inspect } from '../../../../server/src/exchange/onnx/inspect.ts';
import { openFile } from '../../../../server/src/files/open-file.ts';
import { IMAGE } from './encode.ts';
import { writeSparse } from './sparse-file.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'mae-onnx-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A model whose one convolution has so many bytes of weights. */
function sparse(weights: number): string {
  const path = join(folder, 'large.onnx');
  writeSparse(
    path,
    [{ op: 'Conv', in: [IMAGE.name, 'w'], out: ['y'] }],
    [{ name: 'w', dims: [weights / (4 * 3), 3, 1, 1] }],
  );
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

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readModel } from '../../server/src/server/model-reader.ts';
import { writeChain } from '../unit/exchange/onnx/sparse-file.ts';

const WORKER = new URL('../../dist/model-worker.js', import.meta.url);
const ENOUGH = { memoryMb: 256, timeMs: 30_000 };
const never = (): AbortSignal => new AbortController().signal;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mae-bounds-'));
  writeChain(join(folder, 'chain.onnx'), 30_000, 2);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const task = () => ({ question: 'inspect', path: join(folder, 'chain.onnx') }) as const;

test('within the bounds there is an answer', async () =>
  expect(await readModel(task(), never(), ENOUGH, WORKER)).toMatchObject({ kind: 'model' }));

test.each([
  ['memory', { ...ENOUGH, memoryMb: 16 }, 'Reading it takes more than 16 MB.'],
  ['time', { ...ENOUGH, timeMs: 1 }, 'Reading it takes longer than 0.001 seconds.'],
])('beyond its %s there is a message, and this process lives on', async (_, bounds, message) =>
  expect(await readModel(task(), never(), bounds, WORKER)).toEqual({ kind: 'fault', message }),
);

test('a thread that ends, throws or is not there is a message', async () => {
  const program = (name: string, text: string): URL => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return pathToFileURL(path);
  };
  const asked = (worker: URL) => readModel(task(), never(), ENOUGH, worker);
  expect(await asked(program('ends.mjs', ''))).toMatchObject({ message: expect.stringContaining('without an answer') });
  expect(await asked(program('throws.mjs', 'throw new Error("out of order")'))).toMatchObject({
    message: 'It could not be read: out of order',
  });
  expect(await asked(pathToFileURL(join(folder, 'none.mjs')))).toMatchObject({ kind: 'fault' });
});

test('what nobody waits for any more ends', async () => {
  const abort = new AbortController();
  const reading = readModel(task(), abort.signal, ENOUGH, WORKER);
  abort.abort();
  expect(await reading).toEqual({ kind: 'fault', message: 'The reading was cancelled.' });
  expect(await readModel(task(), abort.signal, ENOUGH, WORKER)).toMatchObject({ kind: 'fault' });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import type { ImportModelAnswer, InspectModelAnswer } from '../../server/src/server/protocol.ts';
import { model } from '../unit/exchange/onnx/encode.ts';
import { writeChain } from '../unit/exchange/onnx/sparse-file.ts';
import { LspClient } from './client.ts';

const golden = (file: string): Uint8Array => readFileSync(new URL(`../fixtures/onnx/${file}`, import.meta.url));

let folder: string;
const fileOf = (name: string): string => join(folder, name);
const uriOf = (name: string): string => pathToFileURL(fileOf(name)).href;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mae-models-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const running: LspClient[] = [];
async function start(): Promise<LspClient> {
  const client = await LspClient.start();
  running.push(client);
  return client;
}
afterEach(async () => {
  for (const client of running.splice(0)) expect(await client.stop()).toBe(0);
});

/** A file of the folder, or an address. */
const inspect = (client: LspClient, name: string, size?: string): Promise<InspectModelAnswer> =>
  client.request<InspectModelAnswer>('mae/inspectModel', {
    uri: name.includes(':') ? name : uriOf(name),
    ...(size === undefined ? {} : { size }),
  });

test('a model is what the command line says it is, layer by layer', async () => {
  const client = await start();
  writeFileSync(fileOf('r50 [a].onnx'), golden('resnet50.unfolded.onnx'));
  const answer = await inspect(client, 'r50 [a].onnx');
  if (answer.kind !== 'model') throw new Error(answer.message);
  const reference = JSON.parse(new TextDecoder().decode(golden('reference.json')));
  expect(JSON.stringify(reference)).toContain(String(answer.model.macs.conv));
  expect(answer.model).toMatchObject({
    opset: expect.any(Number),
    inputs: [{ shape: [1, 3, 224, 224] }],
    macs: { conv: 4_087_136_256, linear: 2_048_000 },
    params: { total: 25_557_032 },
    convolutions: 53,
    operators: expect.arrayContaining([{ op: 'Conv', count: 53 }]),
    stages: [{ channels: 64 }, { channels: 256 }, { channels: 512 }, { channels: 1024 }, { channels: 2048 }],
    unknown: [],
  });
  expect(answer.model).not.toHaveProperty('assumed');
  expect(answer.model.layers).toHaveLength(175);
  expect(answer.model.layers[0]).toMatchObject({
    op: 'Conv',
    output: [1, 64, 112, 112],
    kernel: [7, 7],
    stride: [2, 2],
  });
  const sum = answer.model.layers.reduce((all, { macs }) => all + macs, 0);
  expect(sum).toBe(answer.model.macs.conv + answer.model.macs.linear + answer.model.macs.other);
});

test('at another size, or the reason why not', async () => {
  const client = await start();
  writeFileSync(fileOf('open.onnx'), golden('resnet18.dynamic.onnx'));
  const own = await inspect(client, 'open.onnx');
  expect(own).toMatchObject({ model: { assumed: { height: 224, width: 224 }, macs: { conv: 1_813_561_344 } } });
  const larger = await inspect(client, 'open.onnx', ' 448 X 224 ');
  expect(larger).toMatchObject({ model: { macs: { conv: 2 * 1_813_561_344 } } });
  expect(await inspect(client, 'open.onnx', '448')).toEqual({
    ...own,
    sizeProblem: "'448' is not HEIGHTxWIDTH, such as 800x1280.",
  });
  expect(await inspect(client, 'open.onnx', '99999999999x1')).toHaveProperty('sizeProblem');
});

describe('what is no model is a message, and the server lives on', () => {
  const huge = { name: 'w', dims: [2 ** 40, 2 ** 40, 3, 3] };
  const FILES: Readonly<Record<string, string | Uint8Array>> = {
    'text.onnx': 'backbone small {\n}\n',
    'empty.onnx': '',
    'cut.onnx': golden('resnet18.folded.onnx').subarray(0, 5000),
    'circle.onnx': model({
      nodes: [
        { op: 'Add', in: ['x', 'b'], out: ['a'] },
        { op: 'Relu', in: ['a'], out: ['b'] },
      ],
    }),
    'huge.onnx': model({ nodes: [{ op: 'Conv', in: ['x', 'w'], out: ['y'] }], initialisers: [huge] }),
  };
  test.each<[string, string, RegExp]>([
    ['a text', 'text.onnx', /^This is no ONNX model, or it is damaged: .*\.$/],
    ['an empty file', 'empty.onnx', /there is no graph in it/],
    ['a file that is cut', 'cut.onnx', /bytes long, and \d+ are left/],
    ['a circle', 'circle.onnx', /This is no ONNX model/],
    ['huge numbers', 'huge.onnx', /This is no ONNX model/],
    ['no file', 'none.onnx', /^There is no such file\.$/],
    ['a folder', '.', /^This is a folder\.$/],
    ['a device', 'file:///dev/zero', /^This is no regular file\.$/],
    ['a file that is nowhere', 'git:/a.onnx?x', /^Only files on the disk can be read\.$/],
    ['no address', 'x:y', /^Only files on the disk can be read\.$/],
  ])('%s', async (_, name, message) => {
    for (const [file, content] of Object.entries(FILES)) writeFileSync(fileOf(file), content);
    const client = await start();
    const answer = await inspect(client, name);
    expect(answer).toMatchObject({ kind: 'fault', message: expect.stringMatching(message) });
    expect(answer.kind === 'fault' && (answer.offset === undefined || answer.offset >= 0)).toBe(true);
    writeFileSync(fileOf('good.onnx'), golden('resnet18.folded.onnx'));
    expect((await inspect(client, 'good.onnx')).kind).toBe('model');
  });
});

test('while a large model is read the server answers others, and a reading that is cancelled ends', async () => {
  const client = await start();
  writeChain(fileOf('chain.onnx'), 20_000, 2);
  const uri = await client.open('backbone b {\n  input 3 x 64 x 64\n  stem conv(out: 16, k: 3, s: 2)\n}\n');
  const order: string[] = [];
  const reading = inspect(client, 'chain.onnx').then((answer) => {
    order.push('model');
    return answer;
  });
  await client.request('mae/numbers', { uri });
  order.push('numbers');
  expect(await reading).toMatchObject({ kind: 'model', model: { convolutions: 20_000 } });
  expect(order).toEqual(['numbers', 'model']);
  const source = new CancellationTokenSource();
  const cancelled = client.connection.sendRequest('mae/inspectModel', { uri: uriOf('chain.onnx') }, source.token);
  source.cancel();
  await expect(cancelled).rejects.toThrow(/cancel/i);
});

test('importing says why it is not done, and what is wrong with a file', async () => {
  const client = await start();
  writeFileSync(fileOf('r18.onnx'), golden('resnet18.folded.onnx'));
  const importing = (name: string) => client.request<ImportModelAnswer>('mae/importModel', { uri: uriOf(name) });
  expect(await importing('r18.onnx')).toEqual({ kind: 'none', why: expect.stringContaining('not recognised yet') });
  expect(await importing('none.onnx')).toEqual({ kind: 'fault', message: 'There is no such file.' });
});

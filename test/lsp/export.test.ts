import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ExportAnswer, ExportChoicesAnswer, ExportParams } from '../../server/src/server/protocol.ts';
import { LspClient } from './client.ts';

const TEXT = `backbone small {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)
           + maxpool(k: 3, s: 2)
}
backbone plain {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)
}
backbone broken {
  stem     conv(out: 16, k: 3, s: 2)
}
`;

const running: LspClient[] = [];
async function start() {
  const client = await LspClient.start();
  running.push(client);
  const uri = await client.open(TEXT);
  const path = join(mkdtempSync(join(tmpdir(), 'mae-export-')), 'out.txt');
  const write = (params: Partial<ExportParams>) =>
    client.request<ExportAnswer>('mae/export', {
      uri,
      kind: 'backbone',
      name: 'plain',
      format: 'tinynas',
      weights: 'none',
      path,
      replace: false,
      ...params,
    } satisfies ExportParams);
  return { client, uri, path, write };
}
afterEach(async () => {
  for (const client of running.splice(0)) expect(await client.stop()).toBe(0);
});

test('what can be exported, and as what', async () => {
  const { client, uri } = await start();
  const choices = await client.request<ExportChoicesAnswer>('mae/exportChoices', { uri });
  expect(choices?.designs).toEqual(['small', 'plain', 'broken'].map((name) => ({ kind: 'backbone', name })));
  expect(choices?.formats).toContainEqual({
    name: 'tinynas',
    title: 'TinyNAS structure',
    doc: expect.stringContaining('Python list'),
    extension: '.txt',
    takesDetectors: false,
    hasWeights: false,
  });
  expect(await client.request('mae/exportChoices', { uri: 'file:///closed.mae' })).toBeNull();
});

test('an export is written whole, and over nothing that is there unless it may', async () => {
  const { path, write } = await start();
  expect(await write({})).toEqual({ kind: 'written', paths: [path] });
  expect(readFileSync(path, 'utf8')).toMatch(/^\[\{'class': 'ConvKXBNRELU'/);
  writeFileSync(path, 'mine');
  expect(await write({})).toEqual({ kind: 'taken', paths: [path] });
  expect(readFileSync(path, 'utf8')).toBe('mine');
  expect(await write({ replace: true })).toEqual({ kind: 'written', paths: [path] });
  expect(readFileSync(path, 'utf8')).toMatch(/^\[/);
});

test('a model of ONNX with weights is as large as they are', async () => {
  const { path, write } = await start();
  expect(await write({ format: 'onnx', weights: 'random' })).toMatchObject({ kind: 'written' });
  expect(readFileSync(path).length).toBeGreaterThan(4 * 3 * 16 * 9);
});

test('what cannot be exported is said, at its place', async () => {
  const { path, write } = await start();
  expect(await write({ name: 'small' })).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('no max-pool'),
    range: { start: { line: 3, character: 13 } },
  });
  expect(await write({ name: 'broken' })).toMatchObject({
    kind: 'failed',
    range: { start: { line: 9, character: 9 } },
  });
  expect(await write({ name: 'gone' })).toEqual({ kind: 'failed', message: 'There is no gone in the file any more.' });
  expect(await write({ path: join(path, 'no', 'x.txt') })).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('cannot be written'),
  });
  expect(existsSync(path)).toBe(false);
});

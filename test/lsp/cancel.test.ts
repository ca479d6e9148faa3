import { mkdtempSync, readdirSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import type { SearchAnswer, StatusParams } from '../../server/src/server/protocol.ts';
import { LspClient } from './client.ts';
import { SMALL } from './small-backbone.ts';

const TEXT = `${SMALL}search { start small  within laptop  evaluations 900000000 }
// Takes minutes to measure.
backbone large {
  input 3 x 2048 x 2048
  stem     conv(out: 32, k: 3, s: 2)
  stage C2 bottleneck(out: 256,  btn: 64, k: 3, s: 2) x 3
}
`;

const running: LspClient[] = [];
async function start(workDoneProgress: boolean): Promise<LspClient> {
  const client = await LspClient.start({
    capabilities: { window: { workDoneProgress } },
    initializationOptions: { settings: { measure: { backend: 'wasm', draws: 64 } } },
  });
  running.push(client);
  return client;
}
afterEach(async () => {
  for (const client of running.splice(0)) expect(await client.stop()).toBe(0);
});

/** Milliseconds between a request and its cancellation; at 0 both come in one write. */
const DELAYS = Array.from({ length: 13 }, (_, delay) => delay);

/** The answer to a request that is cancelled so soon; a refusal counts as one. */
async function cancelled(client: LspClient, method: string, params: unknown, delay: number): Promise<unknown> {
  const source = new CancellationTokenSource();
  const answers: Promise<unknown>[] = [];
  const send = () => void answers.push(client.connection.sendRequest(method, params, source.token));
  if (delay === 0) {
    await client.inOneWrite(() => {
      send();
      source.cancel();
    });
  } else {
    send();
    await after(delay);
    source.cancel();
  }
  return answers[0]?.catch((error: unknown) => error);
}

const WHOLE = { start: { line: 0, character: 0 }, end: { line: 99_999, character: 0 } };

const lastStatus = (client: LspClient): unknown =>
  (client.messages.findLast((m) => m.method === 'mae/status')?.params as StatusParams | undefined)?.health;

describe('a request that is cancelled at once is answered, and nothing goes on', () => {
  test('300 searches of 300', async () => {
    const client = await start(false);
    const uri = await client.open(TEXT);
    const answers: unknown[] = [];
    const runs = Array.from({ length: 300 }, (_, run) => String(run));
    for (const [index, run] of runs.entries()) {
      const params = { uri, version: 1, target: { kind: 'search', id: '0' }, run };
      answers.push(await cancelled(client, 'mae/search', params, DELAYS[index % DELAYS.length] ?? 0));
    }
    expect((answers as SearchAnswer[]).filter(({ kind }) => kind === 'cancelled')).toHaveLength(300);
    const control = (run: string) => client.request<boolean>('mae/searchControl', { run, action: 'resume' });
    expect((await Promise.all(runs.map(control))).filter((runs) => runs)).toEqual([]);
    expect(lastStatus(client)).not.toBe('busy');
  }, 120_000);

  test.each([
    ['a search by any editor', false, 'workspace/executeCommand', 'mae.runSearch'],
    ['a search with work-done progress', true, 'workspace/executeCommand', 'mae.runSearch'],
    ['a measurement', false, 'workspace/executeCommand', 'mae.measure'],
    ['a comparison', false, 'mae/compare', undefined],
    ['the Doctor', false, 'mae/doctor', undefined],
  ])('%s', async (_, progress, method, command) => {
    const client = await start(progress);
    const uri = await client.open(TEXT);
    const paramsOf = {
      'mae/compare': { files: Array.from({ length: 20 }, () => ({ uri })) },
      'mae/doctor': null,
      'workspace/executeCommand': { command, arguments: [{ uri, kind: 'search', id: '0', backbone: 'large' }] },
    };
    const params = Object.entries(paramsOf).find(([name]) => name === method)?.[1];
    for (const delay of DELAYS) await cancelled(client, method, params, delay);
    await client.until(() => lastStatus(client) !== 'busy');
    // The server still answers, and has written nothing.
    expect(await client.request('textDocument/foldingRange', { textDocument: { uri } })).not.toHaveLength(0);
    expect(client.messages.filter((m) => m.method === 'workspace/applyEdit')).toEqual([]);
  });

  test('a comparison is given up between two files', async () => {
    const client = await start(false);
    const uri = await client.open(TEXT);
    const params = { files: Array.from({ length: 200 }, () => ({ uri })) };
    expect(await cancelled(client, 'mae/compare', params, 0)).toMatchObject({
      message: expect.stringMatching(/cancelled/),
    });
    expect(await client.request('mae/compare', { files: [{ uri }] })).toMatchObject({ files: [{ uri }] });
  });

  test.each(['mae/picture', 'mae/numbers', 'mae/lineHints'])('%s that waits is not begun', async (method) => {
    const client = await start(false);
    const uri = await client.open(TEXT);
    expect(await cancelled(client, method, { uri }, 0)).toMatchObject({ code: -32800 });
    expect(await client.request(method, { uri })).toMatchObject({ version: 1 });
  });

  test.each([
    ['mae/searchTargets', {}, [{ kind: 'search' }]],
    ['mae/searchAdvice', {}, { version: 1 }],
    ['mae/designEdit', { id: 'gone' }, { kind: 'unknown' }],
  ])('%s that waits is not begun', async (method, params, answer) => {
    const client = await start(false);
    const uri = await client.open(TEXT);
    expect(await cancelled(client, method, { uri, ...params }, 0)).toMatchObject({ code: -32800 });
    expect(await client.request(method, { uri, ...params })).toMatchObject(answer);
  });

  test('an export of many weights is given up while it is written, and leaves nothing on the disk', async () => {
    const client = await start(false);
    const wide = 'stage C2 conv(out: 2048, k: 7, s: 2)\n+ conv(out: 2048, k: 7, s: 1)\n';
    const uri = await client.open(`backbone big {\n  input 3 x 64 x 64\n  stem conv(out: 2048, k: 3, s: 2)\n${wide}}`);
    const folder = mkdtempSync(path.join(tmpdir(), 'mae-cancel-'));
    try {
      const source = new CancellationTokenSource();
      const file = path.join(folder, 'big.onnx');
      const params = {
        uri,
        kind: 'backbone',
        name: 'big',
        format: 'onnx',
        weights: 'random',
        path: file,
        replace: false,
      };
      const begun = new Promise<void>((resolve) => {
        const watcher = watch(folder, () => {
          watcher.close();
          resolve();
        });
      });
      const asked = client.connection.sendRequest('mae/export', params, source.token);
      await Promise.race([begun, asked]);
      source.cancel();
      await expect(asked).rejects.toMatchObject({ code: -32800 });
      expect(readdirSync(folder)).toEqual([]);
      // The next one is not kept from writing.
      const small = { ...params, weights: 'none', format: 'pytorch', path: path.join(folder, 'big.py') };
      expect(await client.request('mae/export', small)).toMatchObject({ kind: 'written' });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test.each([
    ['textDocument/codeAction', { range: WHOLE, context: { diagnostics: [], triggerKind: 1 } }],
    ['textDocument/formatting', { options: { tabSize: 2, insertSpaces: true } }],
  ])('%s of a large design is given up while it is worked on', async (method, params) => {
    const client = await start(false);
    const group = '+ bottleneck(out: 64, btn: 32, k: 3, s: 1) x 1\n';
    const textDocument = {
      uri: await client.open(
        `backbone b {\n  input 3 x 224 x 224\n  stem conv(out: 64, k: 3, s: 2)\n${group.repeat(15_000)}}`,
      ),
    };
    await client.request('textDocument/hover', { textDocument, position: { line: 2, character: 3 } });
    const source = new CancellationTokenSource();
    // Its turn comes right before that of what is asked for.
    const before = client.request('textDocument/selectionRange', { textDocument, positions: [] });
    const asked = client.connection.sendRequest(method, { textDocument, ...params }, source.token);
    await before;
    source.cancel();
    await expect(asked).rejects.toMatchObject({ code: -32800 });
  });
});

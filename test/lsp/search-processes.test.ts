import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import type { SearchAnswer } from '../../server/src/server/protocol.ts';
import { LspClient } from './client.ts';
import { processesOf } from './processes.ts';
import { SMALL } from './small-backbone.ts';

const TEXT = `${SMALL}search { start small  within laptop  evaluations 1000000 }
`;
const ENDLESS = TEXT.replace('1000000', '900000000');

const running: LspClient[] = [];
const start = async (): Promise<LspClient> => {
  const client = await LspClient.start({ initializationOptions: { settings: { search: { workers: 1 } } } });
  running.push(client);
  return client;
};
afterEach(async () => {
  for (const client of running.splice(0)) expect(await client.stop()).toBe(0);
});

const workers = (client: LspClient): number[] => processesOf(client.pid, 'search-worker.js');
function onlyWorker(client: LspClient): number {
  const [only, ...others] = workers(client);
  if (only === undefined || others.length > 0) throw new Error('one worker was expected');
  return only;
}
const ticks = (client: LspClient): number => client.messages.filter((m) => m.method === 'mae/searchProgress').length;
const search = (client: LspClient, uri: string, token = new CancellationTokenSource().token): Promise<SearchAnswer> => {
  const params = { uri, version: 1, target: { kind: 'search', id: '0' }, run: '1' };
  return client.connection.sendRequest<SearchAnswer>('mae/search', params, token);
};

/** Looks again and again: nobody is told when a process of another ends. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(20);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe.runIf(process.platform !== 'win32')('a search runs in processes of its own', () => {
  test('which may crash: the server stays, and the answer is the same', async () => {
    const client = await start();
    const uri = await client.open(TEXT);
    const whole = await search(client, uri);
    const warm = onlyWorker(client);
    const again = search(client, uri);
    // V8 ends a process that finds itself broken by SIGTRAP.
    process.kill(warm, 'SIGTRAP');
    const survived = await again;
    if (whole.kind !== 'found' || survived.kind !== 'found') throw new Error(JSON.stringify([whole, survived]));
    expect(survived.summary.best.text).toBe(whole.summary.best.text);
    expect(workers(client)).not.toContain(warm);
  });

  test('one of which is kept for the next search, and ends with the server', async () => {
    const client = await start();
    const uri = await client.open(TEXT);
    expect(workers(client)).toEqual([]);
    await search(client, uri);
    await until(() => workers(client).length === 1);
    const warm = onlyWorker(client);
    await search(client, uri);
    expect(workers(client)).toEqual([warm]);
    running.pop();
    expect(await client.stop()).toBe(0);
    await until(() => !isAlive(warm));
  });

  test('which do nothing after a cancellation, and end when the server is killed', async () => {
    const client = await start();
    const uri = await client.open(ENDLESS);
    const source = new CancellationTokenSource();
    const cancelled = search(client, uri, source.token);
    await client.until(() => ticks(client) > 0);
    source.cancel();
    expect(await cancelled).toMatchObject({ kind: 'cancelled' });
    const warm = onlyWorker(client);
    void search(client, uri).catch(() => undefined);
    const seen = ticks(client);
    await client.until(() => ticks(client) > seen);
    expect(workers(client)).toEqual([warm]);
    running.pop();
    process.kill(client.pid, 'SIGKILL');
    await until(() => !isAlive(warm));
  });
});

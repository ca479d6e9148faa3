import { afterEach, describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import type {
  SearchAnswer,
  SearchProgressParams,
  SearchStartedParams,
  StatusParams,
} from '../../server/src/server/protocol.ts';
import { LspClient } from './client.ts';
import { measuringProcesses } from './measuring-processes.ts';

/** Measured in some milliseconds. */
const TEXT = `backbone tiny {
  input 3 x 64 x 64
  stem     conv(out: 8, k: 3, s: 2)
  stage C2 bottleneck(out: 16, btn: 8, k: 3, s: 2) x 1
  stage C3 bottleneck(out: 32, btn: 8, k: 3, s: 2) x 1
}
budget small { macs <= 4M  layers <= 20 }
search { start tiny  within small  objective zen-measured  evaluations 40  seed 5 }
`;
const ENDLESS = TEXT.replace('evaluations 40', 'evaluations 100000');

const running: LspClient[] = [];
afterEach(async () => {
  for (const client of running.splice(0)) expect(await client.stop()).toBe(0);
});

async function start(text: string, measure: object = {}) {
  const client = await LspClient.start({
    capabilities: { workspace: { configuration: true, inlayHint: { refreshSupport: true } } },
    settings: () => ({ measure: { backend: 'wasm', draws: 2, ...measure } }),
  });
  running.push(client);
  const uri = await client.open(text);
  const sent = <P>(method: string) => client.messages.filter((m) => m.method === method).map((m) => m.params as P);
  const source = new CancellationTokenSource();
  const params = { uri, version: 1, target: { kind: 'search', id: '0' }, run: 'a' };
  const search = () => client.connection.sendRequest<SearchAnswer>('mae/search', params, source.token);
  const ticks = () => sent<SearchProgressParams>('mae/searchProgress');
  return { client, uri, source, search, ticks, sent };
}

describe('a search whose score is measured', () => {
  test('finds a better design by forward passes, and says how the number was got; again it finds the same', async () => {
    const { search, sent } = await start(TEXT);
    const found = await search();
    if (found.kind !== 'found') throw new Error(JSON.stringify(found));
    const [about] = sent<SearchStartedParams>('mae/searchStarted');
    expect(about?.settings).toMatchObject({ objective: 'zen-measured', evaluations: 40, population: 8 });
    expect(found.summary.score).toBeGreaterThan((about?.start.score ?? Infinity) + 5);
    expect(found.message).toMatch(
      /^tiny: Z \d+\.\d → \d+\.\d \(\+\d+\.\d nats, Zen-Score measured by wasm on .+, 2 draws each\); no bound is known for a measured score; .+40 evaluations in .+, seed 5\.$/,
    );
    expect(found.message).toContain(` Z ${about?.start.score.toFixed(1)} → ${found.summary.score.toFixed(1)} `);
    expect(found.summary).not.toHaveProperty('bound');
    expect(await search()).toMatchObject({ summary: { score: found.summary.score }, edits: found.edits });
  });

  test('a save measures beside it, and cancelling ends it; nothing keeps measuring', async () => {
    const { client, uri, source, search, ticks, sent } = await start(ENDLESS);
    const answer = search();
    await client.until(() => ticks().length > 0);
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
    await client.until(() => sent('workspace/inlayHint/refresh').length > 0);
    const before = ticks().length;
    await client.until(() => ticks().length > before);
    source.cancel();
    expect(await answer).toMatchObject({ kind: 'cancelled', summary: { evaluations: expect.any(Number) } });
    expect(sent<StatusParams>('mae/status').at(-1)).toEqual({ health: 'ok', message: 'Ready' });
  });

  test.skipIf(process.platform === 'win32')('a measuring process that is killed is started again', async () => {
    const { client, search, ticks } = await start(TEXT.replace('evaluations 40', 'evaluations 60'));
    const answer = search();
    await client.until(() => ticks().length > 0);
    const [pid] = measuringProcesses(client.pid);
    if (pid === undefined) throw new Error('nothing measures');
    process.kill(pid, 'SIGKILL');
    const killed = await answer;
    if (killed.kind !== 'found') throw new Error(JSON.stringify(killed));
    expect(killed.summary.evaluations).toBe(60);
    expect(measuringProcesses(client.pid)).not.toContain(pid);
    // What was measured before and after is the same as if nothing had happened.
    const { search: again } = await start(TEXT.replace('evaluations 40', 'evaluations 60'));
    expect(await again()).toMatchObject({ summary: { score: killed.summary.score }, edits: killed.edits });
  });

  test.each([
    ['the backend is absent', TEXT, { backend: 'cuda' }, /@tensorflow\/tfjs-node-gpu is not/],
    ['measuring is off', TEXT, { when: 'off' }, /switched off by the setting mae-det\.measure\.when/],
    [
      'the algorithm needs a closed form',
      `${TEXT.slice(0, -3)} algorithm exact }\n`,
      {},
      /^algorithm exact solves a relax/,
    ],
  ])('says why it cannot run: %s', async (_, text, measure, message) => {
    const { search } = await start(text, measure);
    expect(await search()).toEqual({ kind: 'failed', message: expect.stringMatching(message) });
  });
});

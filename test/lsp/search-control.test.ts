import { afterEach, describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type {
  CompareAnswer,
  SearchAnswer,
  SearchProgressParams,
  SearchStartedParams,
} from '../../server/src/server/protocol.ts';
import { LspClient } from './client.ts';
import { SMALL } from './small-backbone.ts';

const TEXT = `${SMALL}search { start small  within laptop  evaluations 900000000  seed 3 }
`;

const running: LspClient[] = [];
afterEach(async () => {
  for (const client of running.splice(0)) expect(await client.stop()).toBe(0);
});

const search = async (text: string) => {
  const client = await LspClient.start();
  running.push(client);
  const uri = await client.open(text);
  const source = new CancellationTokenSource();
  const params = { uri, version: 1, target: { kind: 'search', id: '0' }, run: 'a' };
  const answer = client.connection.sendRequest<SearchAnswer>('mae/search', params, source.token);
  const sent = <P>(method: string) => client.messages.filter((m) => m.method === method).map((m) => m.params as P);
  const ticks = () => sent<SearchProgressParams>('mae/searchProgress');
  const started = () => sent<SearchStartedParams>('mae/searchStarted');
  const control = (action: string, run = 'a') => client.request<boolean>('mae/searchControl', { run, action });
  return { client, uri, answer, source, ticks, started, control };
};

describe('a search that a dashboard follows', () => {
  test('tells what it is about, its numbers, and how it ended', async () => {
    const { client, uri, answer, started } = await search(TEXT.replace('900000000', '5000'));
    const found = await answer;
    if (found.kind !== 'found') throw new Error(JSON.stringify(found));
    const [about] = started();
    expect(about).toMatchObject({ run: 'a', backbone: 'small', budget: 'laptop', settings: { seed: 3 } });
    expect(about?.limits).toEqual([
      { cost: 'macs', amount: 400e6 },
      { cost: 'layers', amount: 40 },
    ]);
    expect(about?.start.score).toBeCloseTo(260.6, 1);
    const { best, bound, gap, score } = found.summary;
    const edit = await client.request('mae/designEdit', { uri, id: best.id });
    expect(edit).toMatchObject({ kind: 'edit', version: found.version, edits: found.edits });
    expect(best.costs['macs']).toBeLessThanOrEqual(400e6);
    expect(best.costs['layers']).toBeLessThanOrEqual(40);
    expect(bound).toBeGreaterThanOrEqual(score);
    expect(gap).toBeCloseTo(1 - score / (bound ?? 0), 9);
  });

  test('ends in a proof where that is asked for, whatever the text says', async () => {
    const text = TEXT.replace('900000000', '5000').replace('within laptop', 'within laptop  prove no');
    const { client, uri, answer } = await search(text);
    expect(await answer).toMatchObject({ kind: 'found' });
    const params = { uri, version: 1, target: { kind: 'search', id: '0' }, run: 'b', prove: true };
    const found = await client.connection.sendRequest<SearchAnswer>('mae/search', params);
    expect(found).toMatchObject({ kind: 'found', summary: { proven: true, gap: 0 } });
    expect(client.messages.filter(({ method }) => method === 'mae/searchStarted').at(-1)).toMatchObject({
      params: { run: 'b', settings: { prove: 'yes' } },
    });
  });

  test('judges the design in the text by itself: the best there is instead of it, and then that nothing is better', async () => {
    const text = TEXT.replace('900000000', '500').replace('within laptop', 'within laptop  prove no');
    const { client, uri, answer } = await search(text);
    expect(await answer).toMatchObject({ kind: 'found' });
    const check = async (version: number, run: string): Promise<SearchAnswer> =>
      client.connection.sendRequest<SearchAnswer>('mae/search', {
        uri,
        version,
        target: { kind: 'search', id: '0' },
        run,
        check: true,
      });
    const first = await check(1, 'b');
    expect(client.messages.filter(({ method }) => method === 'mae/searchStarted').at(-1)).toMatchObject({
      params: { run: 'b', settings: { prove: 'yes', evaluations: 1 } },
    });
    expect(first).toMatchObject({ kind: 'found', summary: { proven: true, gap: 0 } });
    if (first.kind !== 'found') return;
    expect(first.summary.score).toBeGreaterThan(261);
    const better = TextDocument.applyEdits(TextDocument.create(uri, 'mae', 1, text), [...first.edits]);
    expect(await check(await client.change(uri, better), 'c')).toMatchObject({
      kind: 'found',
      edits: [],
      summary: { proven: true, gap: 0 },
    });
  });

  test('stands still while it is paused, goes on, and can be cancelled while it stands', async () => {
    const { client, answer, source, ticks, control } = await search(TEXT);
    await client.until(() => ticks().length >= 1);
    expect(await control('pause')).toBe(true);
    // The epoch that was running may still report; what it reports is then the last.
    const quiet = (): Promise<number> =>
      new Promise((resolve) => {
        let seen = ticks().length;
        const timer = setInterval(() => {
          if (ticks().length === seen) {
            clearInterval(timer);
            resolve(seen);
          }
          seen = ticks().length;
        }, 600);
      });
    const count = await quiet();
    const before = ticks()[count - 1];
    expect(await control('resume')).toBe(true);
    await client.until(() => ticks().length > count);
    const after = ticks()[count];
    expect(after?.evaluations).toBeGreaterThan(before?.evaluations ?? Infinity);
    // A pause counts as no time.
    expect((after?.seconds ?? 0) - (before?.seconds ?? 0)).toBeLessThan(0.55);
    expect(await control('pause')).toBe(true);
    source.cancel();
    expect(await answer).toMatchObject({ kind: 'cancelled', summary: { evaluations: expect.any(Number) } });
    expect(await control('resume')).toBe(false);
  });

  test('a stop answers with the best of that moment, not with the one that was reported last', async () => {
    const { client, answer, source, ticks, started } = await search(TEXT);
    await client.until(() => ticks().length >= 1);
    const reported = ticks().at(-1);
    source.cancel();
    const stopped = await answer;
    if (stopped.kind !== 'cancelled' || stopped.summary === undefined) throw new Error(JSON.stringify(stopped));
    const { best, evaluations, score, front } = stopped.summary;
    const [about] = started();
    // The epoch that ran when it was stopped was done to its end, and is in the answer.
    expect(evaluations).toBeGreaterThan(reported?.evaluations ?? Infinity);
    expect(score).toBeGreaterThanOrEqual(reported?.score ?? Infinity);
    expect(score).toBeGreaterThan(about?.start.score ?? Infinity);
    expect(best.score).toBe(score);
    expect(best.costs['macs']).toBeLessThanOrEqual(400e6);
    expect(front).toEqual([]);
    // The numbers are those of the design that the answer holds.
    const uri = await client.open(best.text, 'file:///best.mae');
    const compared = await client.request<CompareAnswer>('mae/compare', { files: [{ uri }] });
    expect(compared.files[0]?.designs[0]?.score.fanIn).toBeCloseTo(score, 6);
  });
});

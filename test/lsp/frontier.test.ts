import { afterEach, describe, expect, test } from 'vitest';
import type { FrontierAnswer, FrontierParams } from '../../server/src/server/protocol.ts';
import { LspClient } from './client.ts';
import { SMALL } from './small-backbone.ts';

const running: LspClient[] = [];
afterEach(async () => {
  for (const client of running.splice(0)) expect(await client.stop()).toBe(0);
});

async function ask(text: string, params: Partial<FrontierParams> = {}): Promise<FrontierAnswer> {
  const client = await LspClient.start();
  running.push(client);
  const uri = await client.open(text);
  const target = { kind: 'search', id: '0' } as const;
  return client.request<FrontierAnswer>('mae/frontier', { uri, target, cost: 'macs', from: 1e8, to: 8e8, ...params });
}

const TEXT = `${SMALL}search { start small  within laptop  evaluations 2000 }\n`;

describe('the best score over a limit, over the protocol', () => {
  test('grows with the limit and is never above its bound', async () => {
    const found = await ask(TEXT);
    if (found.kind !== 'found') throw new Error(JSON.stringify(found));
    expect(found.cost).toBe('macs');
    expect(found.points).toHaveLength(20);
    expect([found.points[0]?.limit, found.points.at(-1)?.limit]).toEqual([1e8, 8e8]);
    const scores = found.points.map(({ score = Number.NaN }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
    for (const { score = Infinity, bound } of found.points) expect(bound).toBeGreaterThanOrEqual(score);
  });

  test.each<[string, string, Partial<FrontierParams>, string]>([
    ['a file that is not open', TEXT, { uri: 'file:///none.mae' }, 'The file is not open.'],
    ['no such search', TEXT, { target: { kind: 'search', id: '7' } }, 'This search is no longer in the file.'],
    ['no such cost', TEXT, { cost: 'size' }, 'This search has no best score over a limit.'],
    ['the ends the wrong way round', TEXT, { from: 2, to: 1 }, 'This search has no best score over a limit.'],
    [
      'a cost that is minimised',
      TEXT.replace('evaluations', 'minimise params evaluations'),
      {},
      'This search has no best score over a limit.',
    ],
    ['limits that no design meets', TEXT, { from: 1, to: 3 }, 'No design can meet budget laptop: it allows 3 macs'],
  ])('is refused for %s', async (_, text, params, message) => {
    expect(await ask(text, params)).toMatchObject({ kind: 'failed', message: expect.stringContaining(message) });
  });
});

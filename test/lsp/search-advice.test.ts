import { afterEach, describe, expect, test } from 'vitest';
import type { TextEdit } from 'vscode-languageserver-protocol';
import type { SearchAdviceAnswer, SearchTargetsAnswer } from '../../server/src/server/protocol.ts';
import { LspClient } from './client.ts';

const net = (name: string): string => `backbone ${name} {
  input 3 x 256 x 256  entropy C2: 1
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64,  btn: 16, k: 3, s: 2) x 1
}
`;

let client: LspClient | undefined;
afterEach(async () => {
  expect(await client?.stop()).toBe(0);
});

async function adviceFor(text: string) {
  client = await LspClient.start();
  const uri = await client.open(text);
  const advice = await client.request<SearchAdviceAnswer>('mae/searchAdvice', { uri });
  if (advice === null) throw new Error('The file is open.');
  return { client, uri, advice };
}

/** All edits stand at the end of the text. */
const appended = (text: string, edits: readonly TextEdit[] = []): string => text + edits.map((e) => e.newText).join('');

describe('what a file lacks to be searched', () => {
  test('the first error is named with its place', async () => {
    const { advice } = await adviceFor(`${net('a')}${net('b')}budget d { macs <= 90M }\nsearch { start c }\n`);
    expect(advice).toEqual({
      version: 1,
      reason: 'error',
      error: {
        message: expect.stringContaining("There is no backbone 'c'"),
        range: { start: { line: 11, character: 15 }, end: { line: 11, character: 16 } },
      },
      offers: [],
    });
  });

  test('a search with an error is not replaced by what else the file has', async () => {
    const { client, uri } = await adviceFor(`${net('a')}budget d { macs <= 90M }\nsearch { start c }\n`);
    expect(await client.request<SearchTargetsAnswer>('mae/searchTargets', { uri })).toEqual([]);
    await client.change(uri, `${net('a')}budget d { macs <= 90M }\n`);
    expect(await client.request<SearchTargetsAnswer>('mae/searchTargets', { uri })).toHaveLength(1);
  });

  test('a budget without a backbone is not enough', async () => {
    const { advice } = await adviceFor('budget b { macs <= 4G }\n');
    expect(advice).toEqual({ version: 1, reason: 'no-backbone', offers: [] });
  });

  test.each([
    ['\n', ''],
    ['\r\n', '\r\n'],
  ])(
    'without a budget one is written of what the network costs, and a search, with line ends %j',
    async (end, last) => {
      const text = net('a').trimEnd().replaceAll('\n', end) + last;
      const { client, uri, advice } = await adviceFor(text);
      expect(advice).toMatchObject({ reason: 'no-budget', offers: [{ backbone: 'a', budget: 'same_cost' }] });
      const after = appended(text, advice.offers[0]?.edits);
      const written = [
        '',
        'budget same_cost {',
        '  macs   <= 29.1M',
        '  layers <= 4',
        '}',
        '',
        'search {',
        '  start a',
      ];
      expect(after).toBe([text.trimEnd(), ...written, '  within same_cost', '}', ''].join(end));
      const version = await client.change(uri, after);
      expect(await client.pushed(uri, version)).toEqual([]);
      const targets = await client.request<SearchTargetsAnswer>('mae/searchTargets', { uri });
      expect(targets.map((t) => t.detail)).toEqual(['a within same_cost, 96,000 evaluations, seed 0']);
    },
  );

  test('of several backbones and budgets each pair is offered', async () => {
    const text = `${net('a')}${net('b')}budget tiny { macs <= 90M }\n`;
    const { client, uri, advice } = await adviceFor(text);
    expect(advice.reason).toBe('no-search');
    expect(advice.offers.map(({ backbone, budget }) => [backbone, budget])).toEqual([
      ['a', 'tiny'],
      ['b', 'tiny'],
    ]);
    const version = await client.change(uri, appended(text, advice.offers[1]?.edits));
    expect(await client.pushed(uri, version)).toEqual([]);
    const targets = await client.request<SearchTargetsAnswer>('mae/searchTargets', { uri });
    expect(targets.map((t) => t.label)).toEqual(['search from b']);
  });
});

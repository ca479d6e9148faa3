import { afterEach, describe, expect, test } from 'vitest';
import type { CodeLens, TextEdit } from 'vscode-languageserver-protocol';
import type {
  DesignEditAnswer,
  SearchAnswer,
  SearchProgressParams,
  SearchStartedParams,
  SearchTargetsAnswer,
} from '../../server/src/server/protocol.ts';
import { LspClient } from './client.ts';

const TEXT = `backbone small {
  input 3 x 256 x 256
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64,  btn: 16, k: 3, s: 2) x 1   // kept
  stage C3 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1
  stage C4 bottleneck(out: 256, btn: 64, k: 3, s: 2) x 1
  stage C5 bottleneck(out: 512, btn: 96, k: 3, s: 2) x 1
}
budget laptop { macs <= 400M  layers <= 40 }
search { start small  within laptop  evaluations 5000 }
`;
const ENDLESS = TEXT.replace('5000', '900000000');

const running: LspClient[] = [];
async function start(): Promise<LspClient> {
  const client = await LspClient.start({ capabilities: { window: { workDoneProgress: true } } });
  running.push(client);
  return client;
}
afterEach(async () => {
  for (const client of running.splice(0)) expect(await client.stop()).toBe(0);
});

function apply(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split('\n');
  for (const { range, newText } of edits.toReversed()) {
    const line = lines[range.start.line] ?? '';
    lines[range.start.line] = line.slice(0, range.start.character) + newText + line.slice(range.end.character);
  }
  return lines.join('\n');
}

const search = (client: LspClient, uri: string, version = 1) =>
  client.request<SearchAnswer>('mae/search', { uri, version, target: { kind: 'search', id: '0' }, run: '1' });

function started(client: LspClient): SearchStartedParams {
  const message = client.messages.find((m) => m.method === 'mae/searchStarted');
  return message?.params as SearchStartedParams;
}

describe('searching over the protocol', () => {
  test('finds a better design within the budget, the same for the same seed, as edits of numbers only', async () => {
    const client = await start();
    const uri = await client.open(TEXT);
    const first = await search(client, uri);
    if (first.kind !== 'found') throw new Error(JSON.stringify(first));
    const text = apply(TEXT, first.edits);
    expect(text.replaceAll(/\d+/g, '#')).toBe(TEXT.replaceAll(/\d+/g, '#'));
    expect(text).not.toBe(TEXT);
    const version = await client.change(uri, text);
    expect((await client.pushed(uri, version)).filter((d) => d.severity === 1)).toEqual([]);
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    expect(lenses[2]?.command?.title).toMatch(
      /^Z [\d.]+ \(fan-in\) · (proven best in this space|at most \d+(\.\d+)? % below the best possible) · /,
    );
    await client.change(uri, TEXT);
    expect(await search(client, uri, 3)).toMatchObject({ edits: first.edits, summary: { score: first.summary.score } });
  });

  test('hover over a line of the budget says what it is worth, once that was searched', async () => {
    const client = await start();
    const uri = await client.open(TEXT);
    const line = TEXT.split('\n').findIndex((text) => text.startsWith('budget'));
    const hover = async (): Promise<string> => {
      const position = { line, character: (TEXT.split('\n')[line] ?? '').indexOf('macs') };
      return JSON.stringify(await client.request('textDocument/hover', { textDocument: { uri }, position }));
    };
    expect(await hover()).not.toContain('more buys');
    const found = await search(client, uri);
    if (found.kind !== 'found') throw new Error(JSON.stringify(found));
    expect(found.summary.prices).toEqual({ macs: expect.any(Number), layers: expect.any(Number) });
    const worth = /10 M macs more buys \+[\d.]+ score \(search from small\)\./;
    expect(await hover()).toMatch(worth);
    await client.change(uri, apply(TEXT, found.edits));
    expect(await hover()).toMatch(worth);
    await client.change(uri, TEXT.replace('400M', '300M'));
    expect(await hover()).not.toContain('more buys');
  });

  test('says what can be searched, and why something cannot', async () => {
    const client = await start();
    const uri = await client.open(TEXT);
    const targets = await client.request<SearchTargetsAnswer>('mae/searchTargets', { uri });
    expect(targets).toEqual([
      { kind: 'search', id: '0', label: 'search from small', detail: 'small within laptop, 5,000 evaluations, seed 0' },
    ]);
    await client.change(uri, TEXT.replace('400M', '90M'));
    expect(await search(client, uri, 2)).toEqual({
      kind: 'failed',
      message: expect.stringMatching(/^small exceeds laptop already: 113 M macs, at most 90 M macs\./),
      // Where the quick fix is that shrinks it.
      range: expect.objectContaining({ start: { line: 4, character: 11 } }),
    });
    await client.change(uri, TEXT.replace('400M', '4M'));
    expect(await search(client, uri, 3)).toEqual({
      kind: 'failed',
      message: expect.stringMatching(
        /^No design can meet budget laptop: it allows 4 M macs, and the least possible is \d/,
      ),
      range: { start: { line: 8, character: 16 }, end: { line: 8, character: 26 } },
    });
    await client.change(uri, TEXT.replace('btn: 64', 'btn: '));
    expect(await search(client, uri, 4)).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/^small cannot be read yet: \S/),
      range: expect.objectContaining({ start: expect.objectContaining({ line: 5 }) }),
    });
    await client.change(uri, TEXT.replace('evaluations 5000', 'evaluations 0'));
    expect(await search(client, uri, 5)).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(
        /^The search has settings that cannot be read: evaluations must be a whole number/,
      ),
      range: expect.objectContaining({ start: { line: 9, character: 49 } }),
    });
    expect(await search(client, uri, 1)).toMatchObject({ kind: 'failed', message: expect.stringContaining('changed') });
  });

  test('a cost is minimised at the score of the start, and the design is written back', async () => {
    const client = await start();
    const text = TEXT.replace('within laptop', 'minimise params  plateau 20k  time-limit 5min');
    const uri = await client.open(text);
    const targets = await client.request<SearchTargetsAnswer>('mae/searchTargets', { uri });
    expect(targets[0]?.detail).toBe('least params at the same score, small within laptop, 5,000 evaluations, seed 0');
    const found = await search(client, uri);
    if (found.kind !== 'found') throw new Error(JSON.stringify(found));
    expect(found.message).toMatch(
      /^small: [\d.]+ k params → [\d.]+ k params \(−\d+(\.\d+)? %\), Z \d+\.\d held at 260\.6 \(fan-in\); proven least in this space; /,
    );
    const { goal, settings } = started(client);
    expect(goal).toEqual({ cost: 'params', score: expect.closeTo(260.6, 1) });
    expect(settings).toMatchObject({ minimise: 'params', score: '>= 260.6', plateau: 20_000, 'time-limit': '300s' });
    const version = await client.change(uri, apply(text, found.edits));
    expect((await client.pushed(uri, version)).filter((d) => d.severity === 1)).toEqual([]);
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    expect(lenses[2]?.command?.title).toMatch(/ · proven least params in this space for Z ≥ 260\.6 · /);
    expect(found.summary.score).toBeGreaterThanOrEqual(goal?.score ?? Infinity);
  });

  test('a score that no design holds is said with its place', async () => {
    const client = await start();
    const uri = await client.open(TEXT.replace('within laptop', 'minimise params\n  score >= 9000 '));
    expect(await search(client, uri)).toEqual({
      kind: 'failed',
      message: expect.stringMatching(
        /^No design within budget laptop was found to hold a score of 9000: the best has \d+\.\d\. Hold a lower score/,
      ),
      range: { start: { line: 10, character: 2 }, end: { line: 10, character: 15 } },
    });
    await client.request('workspace/executeCommand', {
      command: 'mae.runSearch',
      arguments: [{ uri, kind: 'search', id: '0' }],
    });
    await client.until(() => client.messages.some((m) => m.method === 'window/showMessage'));
    expect(client.messages.find((m) => m.method === 'window/showMessage')?.params).toMatchObject({
      message: expect.stringMatching(/ \(line 11\)$/),
    });
  });

  test('a running search is cancelled within 200 ms', async () => {
    const client = await start();
    const uri = await client.open(ENDLESS);
    const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
    const source = new CancellationTokenSource();
    const params = { uri, version: 1, target: { kind: 'search', id: '0' }, run: '7' };
    const answer = client.connection.sendRequest<SearchAnswer>('mae/search', params, source.token);
    await client.until(() => client.messages.filter((m) => m.method === 'mae/searchProgress').length >= 2);
    const ticks = client.messages
      .filter((m) => m.method === 'mae/searchProgress')
      .map((m) => m.params as SearchProgressParams);
    expect(ticks[0]).toMatchObject({ run: '7', message: expect.stringMatching(/^Z \d+\.\d, .*evaluations, .*\/s/) });
    const asked = performance.now();
    source.cancel();
    expect(await answer).toMatchObject({ kind: 'cancelled' });
    expect(performance.now() - asked).toBeLessThan(200);
  });

  test('hints are answered while a search runs', async () => {
    const client = await start();
    const uri = await client.open(ENDLESS);
    const params = { command: 'mae.runSearch', arguments: [{ uri, kind: 'search', id: '0' }] };
    const done = client.request('workspace/executeCommand', params);
    await client.until(() => client.messages.some((m) => m.method === 'window/workDoneProgress/create'));
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    expect(await client.request<unknown[]>('textDocument/inlayHint', { textDocument: { uri }, range })).toHaveLength(5);
    const create = client.messages.find((m) => m.method === 'window/workDoneProgress/create');
    await client.connection.sendNotification('window/workDoneProgress/cancel', create?.params);
    await done;
    expect(client.messages.some((m) => m.method === 'workspace/applyEdit')).toBe(false);
  });

  test('any editor gets the whole loop by one command: progress, edit with its version, message', async () => {
    const client = await start();
    const uri = await client.open(TEXT);
    await client.request('workspace/executeCommand', {
      command: 'mae.runSearch',
      arguments: [{ uri, kind: 'search', id: '0' }],
    });
    const edit = client.messages.find((m) => m.method === 'workspace/applyEdit');
    expect(edit?.params).toMatchObject({ edit: { documentChanges: [{ textDocument: { uri, version: 1 } }] } });
    await client.until(() => client.messages.some((m) => m.method === 'window/showMessage'));
    expect(client.messages.find((m) => m.method === 'window/showMessage')?.params).toMatchObject({
      message: expect.stringMatching(/^small: Z 260\.6 → /),
    });
  });

  test('a design goes by its id into a text that moved on, and by its text when another server found it', async () => {
    const client = await start();
    const uri = await client.open(TEXT);
    const found = await search(client, uri);
    if (found.kind !== 'found') throw new Error(JSON.stringify(found));
    const moved = `// new\n${TEXT.replace('// kept', '// still kept')}`;
    await client.change(uri, moved);
    const { id, text } = found.summary.best;
    const edit = await client.request<DesignEditAnswer>('mae/designEdit', { uri, id });
    if (edit.kind !== 'edit') throw new Error(JSON.stringify(edit));
    expect(edit.version).toBe(2);
    expect(edit.text).toBe(apply(moved, edit.edits));
    expect(edit.text).toContain('// still kept');
    const later = await start();
    const there = await later.open(moved);
    expect(await later.request('mae/designEdit', { uri: there, id })).toEqual({ kind: 'unknown' });
    expect(await later.request('mae/designEdit', { uri: there, id, text })).toEqual({ ...edit, version: 1 });
    await client.change(uri, 'backbone other { input 3 x 8 x 8 }');
    expect(await client.request('mae/designEdit', { uri, id })).toEqual({ kind: 'gone' });
  });
});

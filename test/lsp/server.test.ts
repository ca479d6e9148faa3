import { afterEach, describe, expect, test } from 'vitest';
import type { CodeAction, CodeLens, Diagnostic, InlayHint, TextEdit } from 'vscode-languageserver-protocol';
import type { LineHintsAnswer } from '../../server/src/server/protocol.ts';
import { SAMPLE } from '../unit/features/sample.ts';
import { LspClient, type StartOptions } from './client.ts';

const WHOLE = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
const running: LspClient[] = [];

async function start(options?: StartOptions): Promise<LspClient> {
  const client = await LspClient.start(options);
  running.push(client);
  return client;
}

afterEach(async () => {
  for (const client of running.splice(0)) expect(await client.stop()).toBe(0);
});

const lineOf = (text: string, piece: string): number => text.slice(0, text.indexOf(piece)).split('\n').length - 1;

describe('the language server over stdio', () => {
  test('gives hints and lenses, and pushes diagnostics to a client that cannot pull', async () => {
    const client = await start();
    const uri = await client.open(SAMPLE);
    expect((await client.pushed(uri, 1)).map((d) => [d.code, d.severity])).toEqual([['start-breaks-space', 3]]);
    const hints = await client.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri }, range: WHOLE });
    expect(hints.map((h) => h.position.line)).toEqual([6, 7, 8, 9, 10, 15, 16, 17, 18, 19, 20].map((n) => n - 1));
    expect(hints[4]?.label).toBe('+85.2 H · 17 G macs');
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    expect(lenses.map((lens) => lens.command?.title)).toEqual([
      'Measure all the same (357 G macs, limit 40 G)',
      'Z 2114.8 (fan-in) · 89.32 G macs · 25.84 M params · 91 layers · at 800×1280',
      'Run search',
      'Measure entropy',
      'Z 400.7 (fan-in) · 7.745 G tinynas, 41 % of r50 · 9.64 M params · 16 layers, 18 % of r50 · at 480×480',
      'Run search: r50_start within r50, 96,000 evaluations, seed 0',
    ]);
  });

  test('lets a client pull that can, and then pushes nothing', async () => {
    const client = await start({ capabilities: { textDocument: { diagnostic: {} } } });
    const uri = await client.open(SAMPLE.replace('within r50', 'within r5'));
    const report = await client.request<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } });
    expect(report.items.map((d) => d.code)).toEqual(['unused-name', 'unknown-name', 'start-breaks-space']);
    expect(client.diagnostics.size).toBe(0);
  });

  test('keeps the last good numbers while a line is broken', async () => {
    const client = await start();
    const uri = await client.open(SAMPLE);
    const hints = () => client.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri }, range: WHOLE });
    const before = await hints();
    await client.change(uri, SAMPLE.replace('out: 512,  btn: 72', 'out: 512,  btn: '));
    const during = await hints();
    expect(during.map((h) => [h.position.line, h.label])).toEqual(before.map((h) => [h.position.line, h.label]));
  });

  test('hints of where the score is not to be trusted lead to their page, and a setting silences them', async () => {
    let settings: unknown = {};
    const client = await start({
      capabilities: { workspace: { configuration: true }, textDocument: { diagnostic: {} } },
      settings: () => settings,
    });
    const deep = SAMPLE.replace(/(out: 512, {2}btn: 128, k: 3, s: 2\)) x 1/, '$1 x 9');
    const uri = await client.open(deep);
    const found = async () => {
      const params = { textDocument: { uri } };
      const { items } = await client.request<{ items: Diagnostic[] }>('textDocument/diagnostic', params);
      return items.find(({ code }) => code === 'depth-beyond-evidence')?.codeDescription?.href;
    };
    expect(await found()).toMatch(/^file:.*\/docs\/evidence\.md#within-which-limits$/);
    settings = { evidence: { hints: false } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    expect(await found()).toBeUndefined();
  });

  test('follows the settings live, and refuses a wrong one with a line in the log', async () => {
    let settings: unknown = { cost: 'thop', hints: { parts: ['cost'] } };
    const client = await start({
      capabilities: { workspace: { configuration: true, inlayHint: { refreshSupport: true } } },
      settings: () => settings,
    });
    const uri = await client.open(SAMPLE);
    const first = async () => {
      const params = { textDocument: { uri }, range: WHOLE };
      return (await client.request<InlayHint[]>('textDocument/inlayHint', params))[0]?.label;
    };
    expect(await first()).toBe('475 M thop');
    settings = { cost: 'flops', hints: { parts: ['shape'] } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.until(() => client.messages.some((m) => m.method === 'workspace/inlayHint/refresh'));
    expect(await first()).toBe('64×400×640');
    await client.until(() =>
      client.messages.some(
        (m) => m.method === 'window/logMessage' && JSON.stringify(m.params).includes('mae-det.cost'),
      ),
    );
  });

  test('to a client that draws the numbers itself it gives them on request, and says when they are others', async () => {
    let settings: unknown = {};
    const client = await start({
      capabilities: { workspace: { configuration: true } },
      initializationOptions: { drawsHints: true },
      settings: () => settings,
    });
    expect(client.capabilities.inlayHintProvider).toBeUndefined();
    const changed = () => client.messages.filter((m) => m.method === 'mae/lineHintsChanged').length;
    const ask = (uri: string) => client.request<LineHintsAnswer>('mae/lineHints', { uri });
    expect(await ask('file:///none.mae')).toBeNull();
    const uri = await client.open(SAMPLE);
    await client.until(() => changed() === 1);
    const before = await ask(uri);
    expect(before?.hints.map(({ line }) => line + 1)).toEqual([2, 6, 7, 8, 9, 10, 13, 15, 16, 17, 18, 19, 20]);
    expect(before?.hints.find(({ line }) => line === lineOf(SAMPLE, 'stage C5'))).toEqual({
      line: 9,
      columns: 0,
      cells: [
        { value: '+85.2', unit: 'H' },
        { value: '17 G', unit: 'macs' },
      ],
    });
    const version = await client.change(uri, SAMPLE.replace('out: 512,  btn: 72', 'out: 512,  btn: '));
    expect(before?.complete).toBe(true);
    expect(await ask(uri)).toEqual({ version, hints: before?.hints, complete: false });
    settings = { hints: { parts: ['shape'] } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.until(() => changed() === 2);
    expect((await ask(uri))?.hints[1]?.cells).toEqual([{ value: '64×400×640', unit: '' }]);
  });

  test('hints at the best next change when the setting says so', async () => {
    const bestNext = async (settings: object) => {
      const client = await start({ capabilities: { workspace: { configuration: true } }, settings: () => settings });
      const uri = await client.open(SAMPLE);
      const params = { textDocument: { uri }, range: WHOLE };
      const hints = await client.request<InlayHint[]>('textDocument/inlayHint', params);
      return hints.filter(({ label }) => String(label).startsWith('best next: ')).map((hint) => hint.position.line);
    };
    expect(await bestNext({})).toEqual([]);
    const backbones = [lineOf(SAMPLE, 'backbone maedet_m'), lineOf(SAMPLE, 'backbone r50_start')];
    expect(await bestNext({ hints: { bestNext: true } })).toEqual(backbones);
  });

  test('offers quick fixes with their effect, and only the kinds that are asked for', async () => {
    const client = await start();
    const uri = await client.open(SAMPLE);
    const line = lineOf(SAMPLE, 'btn: 112');
    const ask = (only?: string[]) =>
      client.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range: { start: { line, character: 4 }, end: { line, character: 4 } },
        context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
      });
    const titles = (await ask()).map((a) => a.title);
    expect(titles).toContain('Widen C4 bottleneck 112 → 136: +13.6 score, +9.13 G macs');
    expect(titles).toContain('Deepen C4 10 → 11 blocks: +70.2 score, +2.72 G macs');
    expect(titles).toContain('Change C4 kernel 5 → 3: −35.8 score, −8.03 G macs');
    expect(await ask(['source.organizeImports'])).toEqual([]);
    expect((await ask(['quickfix'])).length).toBe(titles.length);
  });

  test('the preferred fix of an exceeded budget brings the design back within it', async () => {
    const client = await start();
    const text = SAMPLE.replace('18.8G', '4G');
    const uri = await client.open(text);
    const diagnostic = (await client.pushed(uri, 1)).find((d) => d.severity === 1);
    expect(diagnostic).toMatchObject({ code: 'budget-exceeded', severity: 1 });
    expect(diagnostic?.message).toMatch(/^r50_start exceeds budget r50 by 94 %: 7.745 G tinynas, at most 4 G tinynas/);
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostic?.range,
      context: { diagnostics: [diagnostic] },
    });
    const preferred = actions.filter((a) => a.isPreferred);
    expect(preferred).toHaveLength(1);
    const version = await client.change(uri, applied(text, preferred[0]));
    expect((await client.pushed(uri, version)).filter((d) => d.severity === 1)).toEqual([]);
  });

  test('survives nonsense: unknown files, unknown commands, broken text', async () => {
    const client = await start();
    const textDocument = { uri: 'file:///nowhere.mae' };
    expect(await client.request('textDocument/codeLens', { textDocument })).toBeNull();
    await expect(client.request('workspace/executeCommand', { command: 'mae.none' })).rejects.toThrow(/no command/);
    await expect(client.request('workspace/executeCommand', { command: 'mae.runSearch' })).rejects.toThrow(/takes/);
    const uri = await client.open('((((\0');
    expect(await client.pushed(uri, 1)).toHaveLength(1);
    expect(await client.request('textDocument/codeLens', { textDocument: { uri } })).toEqual([]);
  });
});

function applied(text: string, action: CodeAction | undefined): string {
  const [change] = action?.edit?.documentChanges ?? [];
  if (change === undefined || !('edits' in change)) throw new Error('the action has no edit');
  const edits = change.edits.filter((e): e is TextEdit => 'newText' in e);
  const lines = text.split('\n');
  for (const { range, newText } of edits.toReversed()) {
    const line = lines[range.start.line] ?? '';
    lines[range.start.line] = line.slice(0, range.start.character) + newText + line.slice(range.end.character);
  }
  return lines.join('\n');
}

test('the server ends when its editor vanishes', async () => {
  const client = await LspClient.start();
  await client.open(SAMPLE);
  expect(await client.vanish()).not.toBeNull();
});

import { afterEach, describe, expect, test } from 'vitest';
import type { CodeLens, Hover, InlayHint } from 'vscode-languageserver-protocol';
import type { DoctorAnswer, StatusParams } from '../../server/src/server/protocol.ts';
import { LspClient } from './client.ts';

/** Small enough to be measured in a moment. */
const TEXT = `backbone tiny {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 basic(out: 32, btn: 16, k: 3, s: 2) x 1
  stage C3 basic(out: 64, btn: 32, k: 3, s: 2) x 1
}
`;

const running: LspClient[] = [];
async function start(measure: object = {}): Promise<LspClient> {
  const refreshes = { refreshSupport: true };
  const client = await LspClient.start({
    capabilities: { workspace: { configuration: true, inlayHint: refreshes, codeLens: refreshes } },
    settings: () => ({ measure: { backend: 'wasm', draws: 2, ...measure } }),
  });
  running.push(client);
  return client;
}
afterEach(async () => {
  for (const client of running.splice(0)) expect(await client.stop()).toBe(0);
});

/** What stands over the backbone, in its order. */
const lens = async (client: LspClient, uri: string): Promise<string> => {
  const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
  return lenses.map(({ command }) => command?.title).join(' | ');
};
/** How often a new number was told; lenses are refreshed for progress too. */
const refreshed = (client: LspClient): number =>
  client.messages.filter((m) => m.method === 'workspace/inlayHint/refresh').length;
const save = (client: LspClient, uri: string) =>
  client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
const statuses = (client: LspClient): StatusParams[] =>
  client.messages.filter((m) => m.method === 'mae/status').map((m) => m.params as StatusParams);

describe('measured entropy', () => {
  test('a save measures; lens, hint and hover show device, draws, spread and z', async () => {
    const client = await start();
    const uri = await client.open(TEXT);
    expect(await lens(client, uri)).not.toContain('measured');
    await save(client, uri);
    await client.until(() => refreshed(client) > 0);
    expect(await lens(client, uri)).toMatch(
      / \| measured C3 H \d+\.\d ± \d+\.\d, (as predicted|\d σ \w+ the prediction) \(wasm, 2 draws\)$/,
    );
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const hints = await client.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri }, range });
    expect(JSON.stringify(hints[0]?.tooltip)).toMatch(/Measured on .*\(wasm\), 2 draws, relu, seed 0/);
    const position = { line: 3, character: 4 };
    const hover = await client.request<Hover>('textDocument/hover', { textDocument: { uri }, position });
    expect(JSON.stringify(hover.contents)).toContain('H measured (nats)');
    expect(statuses(client).some((s) => s.health === 'busy' && s.message.startsWith('Measuring tiny'))).toBe(true);
    expect(statuses(client).at(-1)).toEqual({ health: 'ok', message: 'Ready' });
  });

  test('while it runs the lens says how far it is; a cancelled one offers to measure again', async () => {
    const client = await start({ draws: 40 });
    const uri = await client.open(TEXT.replace('64 x 64', '512 x 512'));
    const lenses = () => client.messages.filter((m) => m.method === 'workspace/codeLens/refresh').length;
    await save(client, uri);
    await client.until(() => statuses(client).some((s) => /^Measuring tiny: \d+ of 40/.test(s.message)));
    expect(await lens(client, uri)).toMatch(/^Measuring \d+\/40… \| Z /);
    const before = lenses();
    await client.until(() => lenses() > before);
    await client.request('workspace/executeCommand', { command: 'mae.cancelMeasurement', arguments: [] });
    await client.until(() => statuses(client).at(-1)?.health === 'ok');
    expect(await lens(client, uri)).toMatch(/^Measure entropy \| Z /);
  });

  test('beyond the limit the lens says so, and its command measures all the same', async () => {
    const client = await start({ limit: 0.001 });
    const uri = await client.open(TEXT);
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    const [first] = lenses.map(({ command }) => command);
    expect(first?.title).toBe('Measure all the same (15.6 M macs, limit 1 M)');
    await client.request('workspace/executeCommand', { command: first?.command, arguments: first?.arguments });
    expect(await lens(client, uri)).toMatch(/^Measure entropy \| Z .* \| measured C3 H /);
  });

  test('the measured entropy is that of the closed forms: log σ + ln C, with or without the halving of ReLU', async () => {
    for (const activation of ['relu', 'linear']) {
      const client = await start({ activation, draws: 8 });
      const uri = await client.open(TEXT);
      await client.request('workspace/executeCommand', { command: 'mae.measure', arguments: [{ uri }] });
      const position = { line: 4, character: 4 };
      const hover = await client.request<Hover>('textDocument/hover', { textDocument: { uri }, position });
      const text = JSON.stringify(hover.contents);
      const closed = Number(/exact, linear[^|]*\|[^|]*\| ([\d.]+)/.exec(text)?.[1]);
      const measured = Number(/\| C3 \| \*\*([\d.]+)\*\*/.exec(text)?.[1]);
      expect(Math.abs(measured - closed), `${activation}: ${measured} against ${closed}`).toBeLessThan(0.7);
    }
  });

  test('the number belongs to the design: a change hides it, going back shows it again at once', async () => {
    const client = await start();
    const uri = await client.open(TEXT);
    await save(client, uri);
    await client.until(() => refreshed(client) > 0);
    await client.change(uri, TEXT.replace('out: 64', 'out: 72'));
    expect(await lens(client, uri)).not.toContain('measured');
    await client.change(uri, `// a comment\n${TEXT.replaceAll('tiny', 'renamed')}`);
    expect(await lens(client, uri)).toContain('measured C3');
  });

  test('off, on demand and beyond the limit nothing is measured by a save; the command measures', async () => {
    for (const [rule, byCommand] of [
      [{ when: 'off' }, false],
      [{ when: 'onDemand' }, true],
      [{ limit: 0 }, true],
    ] as const) {
      const client = await start(rule);
      const uri = await client.open(TEXT);
      await save(client, uri);
      const argument = { uri, backbone: 'tiny' };
      await client.request('workspace/executeCommand', { command: 'mae.measure', arguments: [argument] });
      expect((await lens(client, uri)).includes('measured'), JSON.stringify(rule)).toBe(byCommand);
      expect(refreshed(client)).toBe(byCommand ? 1 : 0);
    }
  });

  test('an absent backend is explained in the status item and by the command; the closed forms stay', async () => {
    const client = await start({ backend: 'cuda' });
    const uri = await client.open(TEXT);
    await client.request('workspace/executeCommand', { command: 'mae.measure', arguments: [{ uri }] });
    expect(statuses(client).at(-1)).toMatchObject({
      health: 'warning',
      message: 'Measuring failed',
      detail: expect.stringMatching(/\S/),
    });
    await client.until(() => client.messages.some((m) => m.method === 'window/showMessage'));
    expect(await lens(client, uri)).toMatch(/\| Z \d/);
  });

  test('the doctor says of each backend what it can do', async () => {
    const client = await start();
    const { text } = await client.request<DoctorAnswer>('mae/doctor', {});
    for (const word of ['wasm: usable', 'webgpu', 'cuda', 'GMAC/s']) expect(text).toContain(word);
  });

  test('no process is left behind', async () => {
    const client = await start();
    const uri = await client.open(TEXT);
    await save(client, uri);
    await client.until(() => refreshed(client) > 0);
    expect(await client.stop()).toBe(0);
    running.length = 0;
    const { execFileSync } = await import('node:child_process');
    const all = process.platform === 'linux' ? execFileSync('ps', ['-eo', 'ppid,args'], { encoding: 'utf8' }) : '';
    expect(all.split('\n').filter((line) => /^\s*1\s.*dist\/measure\.js/.test(line))).toEqual([]);
  });
});

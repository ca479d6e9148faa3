import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CodeAction, CodeLens, Diagnostic, Location } from 'vscode-languageserver-protocol';
import { TIMED, TOY } from '../unit/features/latency-sample.ts';
import { LspClient } from './client.ts';

let folder: string;
let profile: string;
let client: LspClient;
let uri: string;
const watched = { didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true } };

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'mae-profiles-'));
  profile = path.join(folder, 'toy.maeprofile.json');
  client = await LspClient.start({
    capabilities: { workspace: watched, textDocument: { diagnostic: {} } },
    initializationOptions: { makeProfileCommand: 'editor.makeProfile' },
  });
  uri = await client.open(TIMED, pathToFileURL(path.join(folder, 'a.mae')).href);
});
afterEach(async () => {
  expect(await client.stop()).toBe(0);
  rmSync(folder, { recursive: true });
});

const problems = async (): Promise<Diagnostic[]> => {
  const answer = await client.request<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } });
  return answer.items;
};
const codes = async (): Promise<unknown[]> => (await problems()).map(({ code }) => code);
const lenses = async (): Promise<string> => {
  const found = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
  return found.map(({ command }) => command?.title).join('\n');
};
const textIn = ({ range: { start, end } }: Diagnostic): string =>
  (TIMED.split('\n')[start.line] ?? '').slice(start.character, end.character);

describe('a profile beside a file', () => {
  test('appears, is another, is broken and goes, and each time the same text says so', async () => {
    expect(await codes()).toEqual(['no-profile']);
    expect(await lenses()).not.toMatch(/ms on toy/);
    writeFileSync(profile, TOY);
    expect(await codes()).toEqual(['outside-profile']);
    const [, before] = /([\d.]+) ms on toy/.exec(await lenses()) ?? [];
    writeFileSync(profile, TOY.replace('"factor": 0.95', '"factor": 1.900'));
    const [, after] = /([\d.]+) ms on toy/.exec(await lenses()) ?? [];
    expect(Number(after) / Number(before)).toBeCloseTo(2, 1);
    writeFileSync(profile, '{');
    expect(await codes()).toEqual(['bad-profile']);
    rmSync(profile);
    expect(await codes()).toEqual(['no-profile']);
    expect(await lenses()).not.toMatch(/ms on toy/);
  });

  test('is watched in its folder, and what is shown is asked for again when it changes', async () => {
    const isWatch = ({ method, params }: { method: string; params: unknown }): boolean =>
      method === 'client/registerCapability' && JSON.stringify(params).includes('*.maeprofile.json');
    await client.until(() => client.messages.some(isWatch));
    expect(JSON.stringify(client.messages.find(isWatch)?.params)).toContain(pathToFileURL(folder).href);
    writeFileSync(profile, TOY);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: pathToFileURL(profile).href, type: 1 }],
    });
    expect(await codes()).toEqual(['outside-profile']);
  });

  test('is where the name of its device leads', async () => {
    const line = TIMED.split('\n').findIndex((text) => text.startsWith('budget'));
    const position = { line, character: (TIMED.split('\n')[line] ?? '').indexOf('toy') };
    const ask = (): Promise<Location | null> =>
      client.request('textDocument/definition', { textDocument: { uri }, position });
    expect(await ask()).toBeNull();
    writeFileSync(profile, TOY);
    expect((await ask())?.uri).toBe(pathToFileURL(profile).href);
  });
});

const broken = (change: (profile: Record<string, unknown>) => unknown): string => {
  const read = JSON.parse(readFileSync(new URL('../fixtures/latency/toy.maeprofile.json', import.meta.url), 'utf8'));
  return JSON.stringify(change(read));
};
const point = (values: string): string => TOY.replace('[16, 16, 1, 10, 10, 0.007242, 0.03, 20]', values);

describe('a profile that cannot be used is said at the name of its device, with the place, and can be made anew', () => {
  test.each([
    ['no JSON', '{ "format": ', /It is no JSON/],
    ['missing fields', broken(({ factor: _, ...rest }) => rest), /factor: /],
    [
      'another version',
      broken((own) => ({ ...own, version: 2 })),
      /It is of version 2, and this program reads version 1/,
    ],
    ['not a number', point('[16, 16, 1, 10, 10, NaN, 0.03, 20]'), /It is no JSON/],
    ['a text for a number', point('[16, 16, 1, 10, 10, "NaN", 0.03, 20]'), /operators\[0\]\.points\[0\]\.ms: /],
    ['a negative time', point('[16, 16, 1, 10, 10, -1, 0.03, 20]'), /operators\[0\]\.points\[0\]\.ms: /],
    ['a million rows', point(`${'[16, 16, 1, 10, 10, 1, 0, 1],'.repeat(1e6)}[16, 16, 1, 10, 10, 1, 0, 1]`), /./],
    ['a list', '[]', /./],
    ['nothing', '', /It is no JSON/],
  ])('%s', async (_, text, message) => {
    writeFileSync(profile, text);
    const [problem, ...others] = await problems();
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'bad-profile', message: expect.stringMatching(message) });
    expect(problem?.message).toContain('toy.maeprofile.json cannot be used. ');
    expect(problem && textIn(problem)).toBe('toy');
    const context = { diagnostics: [problem] };
    const params = { textDocument: { uri }, range: problem?.range, context };
    const [fix] = await client.request<CodeAction[]>('textDocument/codeAction', params);
    expect(fix).toMatchObject({
      title: 'Make a profile of this machine as toy',
      command: { command: 'editor.makeProfile', arguments: [{ uri, device: 'toy' }] },
    });
  });
});

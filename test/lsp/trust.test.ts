import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { DoctorAnswer } from '../../server/src/server/protocol.ts';
import { LspClient, type StartOptions } from './client.ts';

/** A project that brings a CUDA package of its own, which leaves a trace when its code runs. */
function project() {
  const folder = mkdtempSync(path.join(tmpdir(), 'mae-trust-'));
  const trace = path.join(folder, 'ran');
  const home = path.join(folder, 'node_modules', '@tensorflow', 'tfjs-node-gpu');
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, 'package.json'), '{ "version": "1.0.0", "main": "index.cjs" }');
  const code = `require('node:fs').writeFileSync(${JSON.stringify(trace)}, ''); throw new Error('a trap');`;
  writeFileSync(path.join(home, 'index.cjs'), code);
  return { folder, uri: pathToFileURL(folder).href, ran: () => existsSync(trace) };
}

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0)) await step();
});

async function open(options: StartOptions) {
  const own = project();
  const client = await LspClient.start({ ...options, workspaceFolders: [{ uri: own.uri, name: 'project' }] });
  undo.push(
    () => client.stop(),
    () => rmSync(own.folder, { recursive: true, force: true }),
  );
  const doctor = async () => (await client.request<DoctorAnswer>('mae/doctor', {})).text;
  return { client, own, doctor };
}

const NOTE = /own folder is not searched .* not trusted/;

test('code of a workspace that is not trusted never runs, and the Doctor says so; trust changes both', async () => {
  const { client, own, doctor } = await open({ initializationOptions: { workspaceTrusted: false } });
  expect(await doctor()).toMatch(NOTE);
  expect(own.ran()).toBe(false);
  await client.connection.sendNotification('mae/workspaceTrusted');
  const text = await doctor();
  expect(text).not.toMatch(NOTE);
  expect(text).toContain('a trap');
  expect(own.ran()).toBe(true);
});

test('who says nothing of trust is not trusted', async () => {
  const { own, doctor } = await open({});
  expect(await doctor()).toMatch(NOTE);
  expect(own.ran()).toBe(false);
});

test('folders may come and go', async () => {
  const { client, own, doctor } = await open({
    capabilities: { workspace: { workspaceFolders: true } },
    initializationOptions: { workspaceTrusted: true },
  });
  const event = { added: [], removed: [{ uri: own.uri, name: 'project' }] };
  await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
  expect(await doctor()).not.toContain('a trap');
  expect(own.ran()).toBe(false);
});

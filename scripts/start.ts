// `npm start`: VS Code in the browser, on a copy of the examples, with the extension as it is in this checkout.
import fs from 'node:fs';
import path from 'node:path';
import { createProfile, removeProfile } from '../test/vscode/harness/profile.ts';
import { Server } from '../test/vscode/harness/server.ts';
import { installCodeServer, isInstalled } from '../test/vscode/setup/code-server.ts';
import { ensureCompilers } from '../test/vscode/setup/tools.ts';
import { packageExtension, ROOT } from '../test/vscode/setup/vsix.ts';

// A person has a browser already; only what code-server's own installation needs is looked for.
if (!isInstalled()) await ensureCompilers();
const codeServer = await installCodeServer();
const vsix = await packageExtension();

const profile = createProfile(path.join(ROOT, 'examples'));
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());

const server = await Server.start(codeServer, vsix, profile);
try {
  const first = fs.readdirSync(profile.workspace).find((name) => name.endsWith('.mae'));
  console.log(`\nVS Code with MAE-DET is at\n\n  ${server.page(profile.workspace, first)}\n`);
  console.log(`It shows a copy of the examples, in ${profile.workspace}. Ctrl-C stops it.`);
  await Promise.race([server.ended(), new Promise((resolve) => stop.signal.addEventListener('abort', resolve))]);
} finally {
  await server.stop();
  removeProfile(profile);
}

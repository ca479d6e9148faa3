import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const TEXT = `backbone small {
  input 3 x 256 x 256
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64,  btn: 16, k: 3, s: 2) x 1
  stage C3 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1
  stage C4 bottleneck(out: 256, btn: 64, k: 3, s: 2) x 1
  stage C5 bottleneck(out: 512, btn: 96, k: 3, s: 2) x 1
}
budget laptop { macs <= 400M  layers <= 40 }
search { start small  within laptop  evaluations 20000  seed 5 }
`;

/** What the command line makes of the text, on Node. */
function searchedByNode(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mae-web-'));
  try {
    const file = path.join(folder, 'small.mae');
    fs.writeFileSync(file, TEXT);
    execFileSync(process.execPath, [CLI, 'search', file, '--in-place'], { stdio: 'ignore' });
    return fs.readFileSync(file, 'utf8');
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

describe("in VS Code's host for browsers, without Node", () => {
  const code = useVSCode({
    workspace: { 'small.mae': TEXT },
    open: 'small.mae',
    settings: { 'extensions.webWorker': true, 'remote.extensionKind': { 'mae-det.mae-det': ['web'] } },
  });

  test('numbers stand at the lines, and the server is a worker of the browser', async () => {
    const editor = code().editor('small.mae');
    await editor.hint(/H /, 4);
    await editor.lens(/Run search/);
    await code().output('MAE-DET', /MAE-DET language server, a browser/);
    await code().closePanel();
    await code().screenshot('web-host');
  });

  test('a quick fix widens a stage', async () => {
    const editor = code().editor('small.mae');
    await editor.goTo('out: 64');
    await editor.pickFix(/Widen C2 output/);
    expect(await editor.waitForText(/C2 bottleneck\(out: (?!64,)/)).not.toBe(TEXT);
    await editor.undo();
    await editor.waitForText('out: 64');
  });

  test('a search writes back what Node finds', async () => {
    const editor = code().editor('small.mae');
    await code().palette('Run MAE-DET Search');
    await code().notification(/^small: score 260\.6 → /);
    expect(await editor.text()).toBe(searchedByNode().trimEnd());
  });

  test('the dashboard shows it', async () => {
    await code().pressInNotification(/^small: score/, 'Dashboard');
    await code().screenshot('web-dashboard');
  });
});

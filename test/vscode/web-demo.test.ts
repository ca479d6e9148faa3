import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { buildWebDemo } from '../../scripts/web-demo/build.ts';
import { until } from './harness/until.ts';
import { WebDemo } from './harness/web-demo.ts';
import { Webview } from './harness/webview.ts';
import { ROOT } from './setup/vsix.ts';

/** The first time the packages are installed. */
const BUILD = 600_000;
const EXAMPLE = 'first_search.mae';

/** The example with what the command line finds in it, on Node. */
function searchedByNode(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mae-web-demo-'));
  try {
    const file = path.join(folder, EXAMPLE);
    fs.copyFileSync(path.join(ROOT, 'examples', EXAMPLE), file);
    execFileSync(process.execPath, [path.join(ROOT, 'dist/cli.js'), 'search', file, '--in-place'], { stdio: 'pipe' });
    return fs.readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Of the pictures that are loaded, in pixels of their own. */
const widest = (pictures: readonly { readonly naturalWidth: number }[]): number =>
  Math.max(0, ...pictures.map(({ naturalWidth }) => naturalWidth));

let folder = '';

beforeAll(async () => {
  folder = await buildWebDemo();
}, BUILD);

describe('the static page, in a browser that has no network', () => {
  let page: WebDemo;
  let found = '';

  beforeAll(async () => {
    page = await WebDemo.open(folder, inject('programs').chromium);
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await page.screenshot(`failed-web-demo-${task.name.slice(0, 40)}`);
  });

  afterAll(() => page?.dispose());

  test('opens on an example with its numbers', async () => {
    const editor = page.editor(EXAMPLE);
    await editor.hint(/H /, 7);
    await editor.lens(/Run search/);
    expect(await editor.text()).toBe(
      fs.readFileSync(path.join(ROOT, 'examples', EXAMPLE), 'utf8').replaceAll('\r\n', '\n'),
    );
    await page.screenshot('web-demo');
  });

  test('a quick fix widens a bottleneck', async () => {
    const editor = page.editor(EXAMPLE);
    await editor.goTo('btn: 32');
    await editor.pickFix(/Widen C2 bottleneck/);
    await editor.waitForText('btn: 40');
    await editor.undo();
    await editor.waitForText('btn: 32');
  });

  test('entropy is measured', async () => {
    const editor = page.editor(EXAMPLE);
    await editor.pressLens('Measure entropy');
    await editor.lens(/measured C5 H \d+\.\d ± \d+\.\d, .* \(wasm, 4 draws\)/);
  });

  test('a search writes what Node finds', async () => {
    const editor = page.editor(EXAMPLE);
    await editor.pressLens(/Run search/, 18);
    await page.notification(/^my_net: score 300\.8 → /);
    found = await editor.text();
    expect(found).toBe(searchedByNode());
  });

  test('dashboard and picture show it', async () => {
    await page.palette('Show Search Dashboard');
    const dashboard = new Webview(page, 'dashboard');
    await dashboard.waitFor('.status', /^Done\. my_net: /);
    expect(await dashboard.accessibility()).toEqual([]);
    await page.screenshot('web-demo-dashboard');
    await page.palette('Show Architecture Picture');
    await new Webview(page, 'picture').waitFor('h2, h3', /my_net/);
  });

  test('the documentation opens, with its pictures', async () => {
    await page.palette('Show Documentation');
    await page.pick('In VS Code');
    const width = await until('a picture in the preview', async () => {
      const pictures = page.page.frames().map((frame) => frame.locator('.markdown-body img').evaluateAll(widest));
      return (await Promise.all(pictures.map((one) => one.catch(() => 0)))).find((pixels) => pixels > 0);
    });
    expect(width).toBeGreaterThan(100);
  });

  test('follows the colours of the system', async () => {
    await page.page.locator('.monaco-workbench.vs').waitFor();
    await page.page.emulateMedia({ colorScheme: 'dark' });
    await page.page.locator('.monaco-workbench.vs-dark').waitFor();
    await page.page.locator('.tab', { hasText: EXAMPLE }).first().click();
    expect(await page.editor(EXAMPLE).hintContrast()).toBeGreaterThanOrEqual(4.5);
    await page.screenshot('web-demo-dark');
  });

  test('keeps files and runs when it is loaded again', async () => {
    const editor = page.editor(EXAMPLE);
    await until('the file to be saved', async () => !(await editor.isDirty()));
    await page.reload();
    // Which tab comes back in front depends on when VS Code last wrote that down.
    await page.openInExplorer(EXAMPLE);
    await editor.lens(/Run search/);
    expect(await editor.text()).toBe(found);
    // What the extension keeps in VS Code's storage.
    await page.palette('Show Search Dashboard');
    await new Webview(page, 'dashboard').waitFor('.status', /^Done\. my_net: /);
  });

  test('nothing was asked for elsewhere, and the browser would have told', async () => {
    expect(page.askedElsewhere()).toEqual([]);
    await page.page.evaluate(`fetch('https://example.org/').catch(() => undefined)`);
    const told = ['https://example.org/', 'example.org'];
    await until('both to tell', async () => page.askedElsewhere().length >= told.length);
    expect(page.askedElsewhere()).toEqual(told);
  });
});

test('says so where the browser keeps nothing, and works', async () => {
  const page = await WebDemo.open(folder, inject('programs').chromium, { keeps: false });
  try {
    await page.notification(/keeps no files for the page/);
    await page.editor(EXAMPLE).hint(/H /, 7);
  } finally {
    await page.dispose();
  }
});

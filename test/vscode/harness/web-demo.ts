import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { type Serving, serveFolder } from '../../../scripts/web-demo/serve.ts';
import { ROOT } from '../setup/vsix.ts';
import { BROWSER_FLAGS } from './browser-flags.ts';
import { Editor } from './editor.ts';
import { NoNetwork } from './no-network.ts';
import { until } from './until.ts';
import { Workbench } from './workbench.ts';

/** Not the root of its host: addresses of the page have to be relative. */
const UNDER = '/some/folder/';
/** What webviews load is asked for there and answered by the page's own service worker; what is not reaches the proxy. */
const WEBVIEWS = /^[^.]+\.vscode-resource\.vscode-cdn\.net$/;

/** As browsers answer where they keep nothing. */
const WITHOUT_STORAGE = `IDBFactory.prototype.open = () => { throw new DOMException('Not here.', 'SecurityError'); };`;

/** The static page in a browser that reaches nothing but the page's own host. */
export class WebDemo extends Workbench {
  readonly #stop: () => Promise<void>;
  readonly #network: NoNetwork;
  readonly #elsewhere: ReadonlySet<string>;

  private constructor(page: Page, network: NoNetwork, elsewhere: ReadonlySet<string>, stop: () => Promise<void>) {
    super(page);
    this.#network = network;
    this.#elsewhere = elsewhere;
    this.#stop = stop;
  }

  /** @param keeps whether the browser lets the page keep anything, which it may not in a private window */
  static async open(folder: string, executablePath: string, { keeps = true } = {}): Promise<WebDemo> {
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'mae-web-demo-'));
    const undo: (() => unknown)[] = [() => fs.rmSync(profile, { recursive: true, force: true, maxRetries: 3 })];
    const stop = async () => {
      for (const step of undo) await step();
    };
    try {
      const host = await serveFolder(folder, 0, UNDER);
      undo.unshift(host.close);
      const network = await NoNetwork.start();
      undo.unshift(() => network.close());
      const browser = await openBrowser(profile, executablePath, network.url);
      undo.unshift(() => browser.close());
      const elsewhere = watchRequests(browser, host);
      await browser.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(host.url).origin });
      const page = browser.pages()[0] ?? (await browser.newPage());
      if (!keeps) await page.addInitScript({ content: WITHOUT_STORAGE });
      await page.goto(host.url, { waitUntil: 'domcontentloaded' });
      await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
      return new WebDemo(page, network, elsewhere, stop);
    } catch (error) {
      await stop();
      throw error;
    }
  }

  editor(name: string): Editor {
    return new Editor(this, name);
  }

  /** Brings a file of the folder to the front, by the list of files. */
  async openInExplorer(name: string): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first().dblclick();
    await this.editor(name).waitUntilShown();
  }

  /** Loads the page again, when VS Code has written down all that it has to. */
  async reload(): Promise<void> {
    await this.page.evaluate(`globalThis.isOld = true`);
    await until('the page to be loaded again', () =>
      // VS Code asks whether to leave as long as it has something to write; nobody answers, so that the page stays.
      this.page.evaluate(`globalThis.isOld !== true || location.reload()`).then(
        (isNew) => isNew === true,
        () => false,
      ),
    );
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
  }

  /** Everything that was asked for elsewhere than at the page's own host, as far as the page or its browser knows. */
  askedElsewhere(): string[] {
    return [...this.#elsewhere, ...this.#network.asked()];
  }

  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(ROOT, 'test-results', 'screenshots', `${name}.png`) });
  }

  dispose(): Promise<void> {
    return this.#stop();
  }
}

const openBrowser = (profile: string, executablePath: string, proxy: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    proxy: { server: proxy, bypass: 'localhost' },
    args: BROWSER_FLAGS,
  });

function watchRequests(browser: BrowserContext, host: Serving): ReadonlySet<string> {
  const elsewhere = new Set<string>();
  browser.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isInside = ['blob:', 'data:'].includes(protocol) || request.url().startsWith(host.url);
    if (!isInside && !WEBVIEWS.test(hostname)) elsewhere.add(request.url());
  });
  return elsewhere;
}

import fs from 'node:fs';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Programs } from '../setup/prepare.ts';
import { ROOT } from '../setup/vsix.ts';
import { BROWSER_FLAGS } from './browser-flags.ts';
import { Editor } from './editor.ts';
import { createProfile, keepLogs, type Profile, removeProfile, type Settings, type Workspace } from './profile.ts';
import { Server } from './server.ts';
import { plain, until } from './until.ts';
import { Workbench } from './workbench.ts';

const RESULTS = path.join(ROOT, 'test-results');
const WINDOW = { width: 1400, height: 900 };

/** The person is asked by nobody, and has not trusted the folder yet. */
const RESTRICTED = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.emptyWindow': false,
};

export interface Start {
  readonly programs: Programs;
  /** The packaged extension. */
  readonly vsix: string;
  readonly workspace: Workspace;
  readonly settings?: Settings;
  /** File of the workspace to open at once; faster than opening it afterwards. */
  readonly open?: string;
  /** Whether the folder is not trusted: VS Code's Restricted Mode. */
  readonly restricted?: boolean;
  /** Display language, such as zh-cn. VS Code's own words stay English, because its language packs are not there. */
  readonly language?: string;
  /** Variables of the editor's environment, beside those of the tests. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly window?: { readonly width: number; readonly height: number };
}

/** A real VS Code in a real browser, with a profile, a workspace and a port of its own. */
export class VSCode extends Workbench {
  /** The folder that is open, a copy of what was given. */
  readonly folder: string;
  /** Where extensions are installed. */
  readonly extensions: string;
  readonly #profile: Profile;
  readonly #server: Server;
  readonly #browser: BrowserContext;

  private constructor(page: Page, profile: Profile, server: Server, browser: BrowserContext) {
    super(page);
    this.folder = profile.workspace;
    this.extensions = profile.extensions;
    this.#profile = profile;
    this.#server = server;
    this.#browser = browser;
  }

  static async start(options: Start): Promise<VSCode> {
    const profile = createProfile(options.workspace, {
      ...options.settings,
      ...(options.restricted === true ? RESTRICTED : {}),
    });
    const undo = [() => removeProfile(profile)] as (() => void | Promise<void>)[];
    try {
      const [server, browser] = await Promise.all([
        Server.start(options.programs.codeServer, options.vsix, profile, options).then((started) => {
          undo.unshift(() => started.stop());
          return started;
        }),
        openBrowser(options, profile).then((opened) => {
          undo.unshift(() => opened.close());
          return opened;
        }),
      ]);
      await browser.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
      const page = browser.pages()[0] ?? (await browser.newPage());
      // Where a language pack would say so: extensions are then asked for their strings in it.
      if (options.language !== undefined) {
        await page.addInitScript({ content: `globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(options.language)};` });
      }
      await page.goto(server.page(profile.workspace, options.open), { waitUntil: 'domcontentloaded' });
      await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
      const code = new VSCode(page, profile, server, browser);
      if (options.open) await code.editor(options.open).waitUntilShown();
      return code;
    } catch (error) {
      for (const step of undo) await step();
      throw error;
    }
  }

  /** The editor of a file of the workspace that is open already. */
  editor(name: string): Editor {
    return new Editor(this, path.join(this.folder, name));
  }

  /** Opens a file of the workspace as a person does, by its name. */
  async openFile(name: string): Promise<Editor> {
    await this.quickOpen(name);
    const editor = this.editor(name);
    await editor.waitUntilShown();
    return editor;
  }

  /** The same for a file that has no text editor. Returns when Enter was pressed, as `performance.now()` has it. */
  async quickOpen(name: string): Promise<number> {
    const input = this.page.locator('.quick-input-widget:visible input.input');
    // A page that is just coming or going swallows the key.
    await until('the picker of files', async () => {
      if ((await input.count()) === 0) await this.page.keyboard.press('ControlOrMeta+P');
      return input.fill(name, { timeout: 1_000 }).then(
        () => true,
        () => false,
      );
    });
    const label = path.basename(name);
    await until(`the file ${name}`, async () => (await this.quickPick())[0] === label, {
      seen: () => this.quickPick(),
    });
    const pressed = performance.now();
    await input.press('Enter');
    return pressed;
  }

  /** Writes a file into the workspace from outside the editor. */
  write(name: string, content: string | Uint8Array): void {
    fs.writeFileSync(path.join(this.folder, name), content);
  }

  /** Waits until the status bar names this language for the file in front. */
  async language(name: string): Promise<void> {
    const seen = async () => plain((await this.page.locator('[id="status.editor.mode"]').textContent()) ?? '').trim();
    await until(`the language ${name}`, async () => (await seen()) === name, { seen });
  }

  /** Keeps a picture of the window in test-results/screenshots and returns the file. */
  async screenshot(name: string): Promise<string> {
    const file = path.join(RESULTS, 'screenshots', `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  /** Keeps what explains a failure: a picture and the logs of server and extension host. */
  async keepEvidence(name: string): Promise<void> {
    const safe = `failed-${name.replace(/[^\p{L}\p{N}._-]+/gu, '-')}`;
    const picture = await this.screenshot(safe).catch(() => 'no picture');
    keepLogs(this.#profile, path.join(RESULTS, 'logs', safe));
    console.error(`VS Code as it was: ${picture}; its logs: ${path.join(RESULTS, 'logs', safe)}`);
  }

  /** Ends browser and server with everything they started, and removes their folders. */
  async dispose(): Promise<void> {
    try {
      await this.#browser.close();
    } finally {
      await this.#server.stop();
      removeProfile(this.#profile);
    }
  }
}

function openBrowser({ programs, window }: Start, profile: Profile): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile.browser, {
    executablePath: programs.chromium,
    headless: true,
    viewport: window ?? WINDOW,
    args: BROWSER_FLAGS,
  });
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Locator } from 'playwright-core';
import { plain, until } from './until.ts';
import type { VSCode } from './vscode.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core found, as far as a person would stumble over it. */
export interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly string[];
}

/** One of our webviews, by the name of its script. VS Code throws its page away and builds it anew, hence the lookups. */
export class Webview {
  readonly #code: VSCode;
  readonly #name: string;

  constructor(code: VSCode, name: string) {
    this.#code = code;
    this.#name = name;
  }

  /** The frame that holds our page; waits until its script has drawn something. */
  async frame(): Promise<Frame> {
    return until(
      `the view ${this.#name}`,
      async () => {
        for (const frame of this.#code.page.frames()) {
          const drawn = frame.locator(`main[data-view="${this.#name}"] > *`);
          const count = await drawn.count().catch(() => 0);
          if (count > 0) return frame;
        }
        return undefined;
      },
      { seen: async () => this.#code.page.frames().map((f) => f.url()) },
    );
  }

  async locator(selector: string): Promise<Locator> {
    return (await this.frame()).locator(selector);
  }

  /** Waits until an element shows a text that contains or matches this, and returns it. */
  async waitFor(selector: string, wanted: RegExp): Promise<string> {
    let seen = '';
    return until(
      `${wanted} in ${selector} of ${this.#name}`,
      async () => {
        const texts = await (await this.locator(selector)).allInnerTexts().catch(() => []);
        seen = plain(texts.join('\n'));
        return wanted.test(seen) && seen;
      },
      { seen: async () => seen },
    );
  }

  async click(selector: string): Promise<void> {
    await (await this.locator(selector)).first().click();
  }

  /** Serious and critical findings of axe-core. */
  async accessibility(): Promise<Finding[]> {
    const frame = await this.frame();
    await frame.evaluate(AXE);
    const found: unknown = await frame.evaluate(
      `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map((v) => (
        { id: v.id, impact: v.impact, nodes: v.nodes.map((n) => n.html.slice(0, 200) + ' ' + n.failureSummary) })))`,
    );
    return (found as Finding[]).filter(({ impact }) => impact === 'serious' || impact === 'critical');
  }
}

/** Changes the colours as a person does. */
export async function chooseTheme(code: VSCode, name: string): Promise<void> {
  await code.palette('Preferences: Color Theme');
  const input = code.page.locator('.quick-input-widget:visible input.input');
  await input.fill(name);
  await until(`the theme ${name}`, async () => (await code.quickPick())[0]?.startsWith(name));
  await input.press('Enter');
  await input.waitFor({ state: 'hidden' });
}

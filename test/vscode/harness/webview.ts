import type { Frame, Locator } from 'playwright-core';
import { type Finding, findings } from './accessibility.ts';
import { plain, until } from './until.ts';
import type { Workbench } from './workbench.ts';

/** One of our webviews, by the name of its script. VS Code throws its page away and builds it anew, hence the lookups. */
export class Webview {
  readonly #code: Workbench;
  readonly #name: string;

  constructor(code: Workbench, name: string) {
    this.#code = code;
    this.#name = name;
  }

  /** The frame that holds our page; waits until its script has drawn something and VS Code shows it. */
  async frame(): Promise<Frame> {
    return until(
      `the view ${this.#name}`,
      async () => {
        for (const frame of this.#code.page.frames()) {
          const drawn = frame.locator(`main[data-view="${this.#name}"] > *`);
          const count = await drawn.count().catch(() => 0);
          if (count > 0 && (await isShown(frame))) return frame;
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
    return findings(await this.frame());
  }
}

/** VS Code loads a page behind the old one, and the first of a window for seconds: until then a person sees nothing. */
const isShown = (frame: Frame): Promise<boolean> =>
  frame.frameElement().then(
    (element) => element.isVisible(),
    () => false,
  );

/** Changes the colours as a person does. */
export async function chooseTheme(code: Workbench, name: string): Promise<void> {
  await code.palette('Preferences: Color Theme');
  const input = code.page.locator('.quick-input-widget:visible input.input');
  await input.fill(name);
  await until(`the theme ${name}`, async () => (await code.quickPick())[0]?.startsWith(name));
  await input.press('Enter');
  await input.waitFor({ state: 'hidden' });
}

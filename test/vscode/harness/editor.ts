import fs from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { contrast } from './contrast.ts';
import { type Extent, type Lens, type Line, readLenses, readLines, readSquiggles, type Squiggle } from './lines.ts';
import { matches, plain, until } from './until.ts';
import type { Workbench } from './workbench.ts';

/** The browser's; its types are not loaded here. */
declare function getComputedStyle(
  node: unknown,
  part?: string,
): { readonly color: string; readonly backgroundColor: string; readonly content: string };

/** Colours of what decorations write, in the browser. */
const afterColours = (nodes: readonly unknown[]): string[] =>
  nodes.flatMap((node) => {
    const { content, color } = getComputedStyle(node, '::after');
    return content.startsWith('"') ? [color] : [];
  });

/**
 * In the browser: what stands behind the line with a text in each frame that is painted. Observers of sizes are called when
 * everything else of a frame is done, so an element that changes its size in every frame calls at that moment.
 */
const WATCH = `(piece) => {
  const seen = [];
  const pulse = document.body.appendChild(document.createElement('div'));
  pulse.style.cssText = 'position: fixed; height: 1px; width: 1px; visibility: hidden';
  const observer = new ResizeObserver(() => {
    const line = [...document.querySelectorAll('.editor-instance .view-line')].find((l) => l.textContent.includes(piece));
    const spans = [...(line?.querySelectorAll('span > span') ?? [])];
    const contents = spans.map((span) => getComputedStyle(span, '::after').content).filter((c) => c.startsWith('"'));
    if (line !== undefined) seen.push(contents.map((c) => c.slice(1, -1)).join(''));
  });
  observer.observe(pulse);
  let frame = requestAnimationFrame(function next() {
    pulse.style.width = pulse.style.width === '1px' ? '2px' : '1px';
    frame = requestAnimationFrame(next);
  });
  globalThis.stopWatching = () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
    pulse.remove();
    return seen;
  };
}`;

/** How long the effect of a key may take, in milliseconds. */
const KEY = 5_000;

/** Left and right of an element, in the browser. */
const extent = (node: { getBoundingClientRect(): Extent }): Extent => {
  const { left, right } = node.getBoundingClientRect();
  return { left, right };
};

/** A place in the text, both from 1, as the status bar shows it. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One file in an editor. Waits for what it names; reads what is on screen unless it says "whole". */
export class Editor {
  /** The file on disk. */
  readonly file: string;
  readonly #page: Page;
  readonly #workbench: Workbench;
  readonly #element: Locator;

  constructor(workbench: Workbench, file: string) {
    this.file = file;
    this.#workbench = workbench;
    this.#page = workbench.page;
    const name = path.basename(file);
    // A file that was never saved stands in no folder.
    const places = [`[data-uri$="/${name}"]`, `[data-uri="untitled:${name}"]`];
    this.#element = this.#page.locator(`.editor-instance .monaco-editor:is(${places.join(', ')})`).first();
  }

  async waitUntilShown(): Promise<void> {
    await this.#element.locator('.view-line').first().waitFor();
  }

  /** The lines on screen, with their hints apart. */
  lines(): Promise<Line[]> {
    return readLines(this.#element);
  }

  /** The whole text, without hints, as copying all of it gives. Keeps the cursor. */
  async text(): Promise<string> {
    const [first, ...rest] = await this.lines();
    if (rest.length === 0 && first?.text === '') return '';
    await this.focus();
    await this.#page.evaluate(`navigator.clipboard.writeText('')`);
    await this.#page.keyboard.press('ControlOrMeta+A');
    await this.#page.keyboard.press('ControlOrMeta+C');
    const text = await until(
      'the clipboard',
      async () => {
        const copied = await this.#page.evaluate(`navigator.clipboard.readText()`);
        return typeof copied === 'string' && copied !== '' && copied;
      },
      { timeout: 5_000 },
    ).catch(() => '');
    await this.#workbench.page.keyboard.press('ControlOrMeta+U');
    return text.replaceAll('\r\n', '\n');
  }

  /** Waits until the whole text contains or matches this, and returns it. */
  async waitForText(wanted: string | RegExp): Promise<string> {
    let text = '';
    return until(
      `the text ${wanted}`,
      async () => {
        text = await this.text();
        return matches(text, wanted) && text;
      },
      { seen: async () => text },
    );
  }

  /** What the file holds on disk. */
  onDisk(): string {
    return fs.readFileSync(this.file, 'utf8');
  }

  /** Hints on screen by line number. */
  async hints(): Promise<ReadonlyMap<number, string>> {
    return new Map((await this.lines()).filter((line) => line.hint).map((line) => [line.number, line.hint]));
  }

  /** Waits for a hint (on this line) and returns it. */
  async hint(wanted: string | RegExp, line?: number): Promise<string> {
    const seen = async () => [...(await this.hints())];
    return until(
      `a hint ${wanted}`,
      async () => (await seen()).find(([at, text]) => (line ?? at) === at && matches(text, wanted))?.[1],
      { seen },
    );
  }

  /** Rests the mouse on a hint, and gives the text of the hover that comes. */
  async hoverHint(line: number): Promise<string> {
    await this.hint(/./, line);
    const place = (await this.lines()).find(({ number }) => number === line)?.hintPlace;
    const number = this.#element.locator('.margin-view-overlays .line-numbers', { hasText: new RegExp(`^${line}$`) });
    const row = await number.first().boundingBox();
    if (place === undefined || row === null) throw new Error(`Line ${line} is not on screen.`);
    await this.#page.mouse.move((place.left + place.right) / 2, row.y + row.height / 2);
    return this.#hoverText();
  }

  /** Watches the hint of the line with this text, frame by frame; what it gives ends that and tells what was painted. */
  async watchHint(piece: string): Promise<() => Promise<string[]>> {
    await this.#page.evaluate(`(${WATCH})(${JSON.stringify(piece.replaceAll(' ', '\u00a0'))})`);
    return async () => {
      const seen: unknown = await this.#page.evaluate(`globalThis.stopWatching()`);
      return (seen as string[]).map((hint) => plain(hint).trim().replaceAll(/ +/g, ' '));
    };
  }

  /** Contrast of the hints to what is behind them. */
  async hintContrast(): Promise<number> {
    const colours = await this.#element.locator('.view-line > span > span').evaluateAll(afterColours);
    const background = await this.#element
      .locator('.monaco-editor-background')
      .first()
      .evaluate((node) => getComputedStyle(node).backgroundColor);
    return Math.min(...colours.map((colour) => contrast(colour, background)));
  }

  /** Where the text is shown: between line numbers and minimap. */
  async textArea(): Promise<Extent> {
    const { left, right } = await this.#element.locator('.editor-scrollable').first().evaluate(extent);
    const minimap = this.#element.locator('.minimap');
    return (await minimap.isVisible()) ? { left, right: (await minimap.evaluate(extent)).left } : { left, right };
  }

  /** Where the caret stands. */
  caret(): Promise<Extent> {
    return this.#element.locator('.cursors-layer .cursor').first().evaluate(extent);
  }

  /** Where the texts of the lines begin on the screen: further left than the text area when it is scrolled sideways. */
  linesBegin(): Promise<number> {
    return this.#element
      .locator('.view-lines')
      .first()
      .evaluate((node) => node.getBoundingClientRect().left);
  }

  lenses(): Promise<Lens[]> {
    return readLenses(this.#element);
  }

  /** Waits for a row of lenses with this text. */
  async lens(wanted: string | RegExp): Promise<Lens> {
    const seen = () => this.lenses();
    return until(`a lens ${wanted}`, async () => (await seen()).find((lens) => matches(lens.text, wanted)), { seen });
  }

  /** Presses a lens; the first with this title unless the line below it is given. New numbers write lenses anew, under the hand too. */
  async pressLens(title: string | RegExp, line?: number): Promise<void> {
    const seen = () => this.lenses();
    await until(
      `a lens ${title} to press`,
      async () => {
        const text = (await seen()).find(
          (lens) => matches(lens.text, title) && (line ?? lens.line) === lens.line,
        )?.text;
        const rows = this.#element.locator('.codelens-decoration');
        const index = (await rows.allTextContents()).findIndex((row) => plain(row) === text);
        if (index < 0) return false;
        const link = rows.nth(index).locator('a', { hasText: title }).first();
        return link.click({ timeout: KEY }).then(
          () => true,
          () => false,
        );
      },
      { seen },
    );
  }

  squiggles(): Promise<Squiggle[]> {
    return readSquiggles(this.#element);
  }

  /** Waits until a line is underlined. */
  async squiggle(line: number, severity: Squiggle['severity'] = 'error'): Promise<void> {
    const seen = () => this.squiggles();
    await until(
      `${severity} on line ${line}`,
      async () => (await seen()).some((one) => one.line === line && one.severity === severity),
      { seen },
    );
  }

  /** Waits until nothing is underlined, or nothing of this severity. */
  async clean(severity?: Squiggle['severity']): Promise<void> {
    const seen = () => this.squiggles();
    await until(
      'no squiggle',
      async () => (await seen()).every((one) => severity !== undefined && one.severity !== severity),
      { seen },
    );
  }

  /** Where a piece of the whole text begins; `offset` characters further when given. */
  async find(piece: string, offset = 0): Promise<Place> {
    const text = await this.text();
    const start = text.indexOf(piece);
    if (start < 0) throw new Error(`The text has no "${piece}":\n${text}`);
    const before = text.slice(0, start + offset).split('\n');
    return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  }

  /** Puts the cursor at a place, or where a piece of the text begins (`offset` characters further). */
  async goTo(where: Place | string, offset = 0): Promise<Place> {
    const place = typeof where === 'string' ? await this.find(where, offset) : where;
    await this.focus();
    await this.#page.keyboard.press('Control+G');
    const input = this.#page.locator('.quick-input-widget:visible input.input');
    await input.fill(`:${place.line}:${place.column}`);
    await input.press('Enter');
    await input.waitFor({ state: 'hidden' });
    await this.#workbench.status(`Ln ${place.line}, Col ${place.column}`);
    return place;
  }

  /** Selects from a place to the end of a piece of the text that begins there. */
  async select(piece: string): Promise<void> {
    await this.goTo(piece);
    for (let i = 0; i < piece.length; i++) await this.#page.keyboard.press('Shift+ArrowRight');
  }

  /** Types at the cursor, key by key. */
  async type(text: string): Promise<void> {
    await this.focus();
    await this.#page.keyboard.type(text);
  }

  /** Replaces the first occurrence of a piece of the text by typing over it. */
  async replace(piece: string, text: string): Promise<void> {
    await this.select(piece);
    // As one insertion: brackets must not close themselves and no suggestion may steal a key.
    await this.#page.keyboard.insertText(text);
  }

  /** One step back. A key that came while a view took the keyboard reaches nobody, and is pressed again. */
  async undo(): Promise<void> {
    const changed = await this.#watchText();
    await until('the text to go back', async () => {
      await this.focus();
      await this.#page.keyboard.press('ControlOrMeta+Z');
      return until('the text to change', changed, { timeout: KEY }).catch(() => false);
    });
  }

  async isDirty(): Promise<boolean> {
    return (await this.#page.locator(`.tab.dirty[data-resource-name="${path.basename(this.file)}"]`).count()) > 0;
  }

  async save(): Promise<void> {
    await this.focus();
    await this.#page.keyboard.press('ControlOrMeta+S');
    await until('the file to be saved', async () => !(await this.isDirty()));
  }

  /** The text of the hover at a place. */
  async hover(where: Place | string, offset = 0): Promise<string> {
    await this.goTo(where, offset);
    await this.#workbench.palette('Show or Focus Hover');
    return this.#hoverText();
  }

  #hoverText(): Promise<string> {
    const hover = this.#page.locator('.monaco-hover:not(.hidden) .hover-contents');
    return until('a hover', async () => {
      const shown = plain((await hover.allInnerTexts()).join('\n')).trim();
      return shown !== '' && !/^Loading\.\.\.$/.test(shown) && shown;
    });
  }

  /** Titles of the quick fixes and refactorings at a place; leaves the menu open for `pickFix`. */
  async quickFixes(where: Place | string, offset = 0): Promise<string[]> {
    await this.goTo(where, offset);
    return this.#fixMenu();
  }

  /** Applies one of the quick fixes at the cursor, where `quickFixes` left it, and waits until the text has changed. */
  async pickFix(title: string | RegExp): Promise<void> {
    const row = this.#page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first();
    const changed = await this.#watchText();
    await until(
      `the fix ${title}`,
      async () => {
        if (await changed()) return true;
        if (await row.isVisible()) {
          // Some versions take no click before the mouse has moved over the menu.
          await row.hover({ force: true, timeout: 2_000 }).catch(() => undefined);
          // The menu closes under the click; whether it took is seen in the text alone.
          await row.click({ timeout: 2_000 }).catch(() => undefined);
          return until('the text to change', changed, { timeout: 3_000 }).catch(() => false);
        }
        await this.#fixMenu();
        return false;
      },
      { seen: () => this.#page.locator('.action-widget .monaco-list-row.action .title').allInnerTexts() },
    );
  }

  /** A probe for whether the text on screen is another than now. */
  async #watchText(): Promise<() => Promise<boolean>> {
    const shown = async () => JSON.stringify((await this.lines()).map((line) => line.text));
    const before = await shown();
    return async () => (await shown()) !== before;
  }

  /** Opens the menu of quick fixes unless it is open. New diagnostics close it, as they do under a person's hands. */
  #fixMenu(): Promise<string[]> {
    const titles = this.#page.locator('.action-widget .monaco-list-row.action .title');
    return until('quick fixes', async () => {
      const found = (await titles.allInnerTexts()).map(plain);
      if (found.length > 0) return found;
      await this.focus();
      await this.#page.keyboard.press('ControlOrMeta+.');
      const shown = titles.first().waitFor({ timeout: 2_000 });
      await shown.catch(() => undefined);
      return false;
    });
  }

  /** Labels of the suggestions at the cursor. */
  async suggestions(): Promise<string[]> {
    await this.focus();
    await this.#page.keyboard.press('Control+Space');
    const rows = this.#page.locator('.suggest-widget.visible .monaco-list-row .label-name');
    const labels = await until('suggestions', async () => {
      const found = (await rows.allInnerTexts()).map(plain);
      return found.length > 0 && found;
    });
    await this.#page.keyboard.press('Escape');
    return labels;
  }

  /** Colour of the first piece of drawn text that equals this, as the browser names it. */
  async colour(token: string): Promise<string> {
    const escaped = token.replace(/[^\p{L}\p{N} ]/gu, '\\$&').replaceAll(' ', '\\s');
    const tokens = this.#element.locator('.view-line > span > span');
    const span = tokens.filter({ hasText: new RegExp(`^\\s*${escaped}\\s*$`) }).first();
    return span.evaluate((node) => getComputedStyle(node).color);
  }

  /** Gives the keyboard to this editor without moving the cursor. */
  async focus(): Promise<void> {
    const input = this.#element.locator('.native-edit-context, textarea.inputarea').first();
    await input.focus();
  }
}

import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Editor } from './harness/editor.ts';
import { useVSCode } from './harness/session.ts';
import { until } from './harness/until.ts';
import { chooseTheme, Webview } from './harness/webview.ts';

const NET = `backbone small {
  input 3 x 256 x 256
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64,  btn: 16, k: 3, s: 2) x 1   // kept
  stage C3 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1
  stage C4 bottleneck(out: 256, btn: 64, k: 3, s: 2) x 1
  stage C5 bottleneck(out: 512, btn: 96, k: 3, s: 2) x 1
}
`;
const TEXT = `${NET}budget laptop { macs <= 400M  layers <= 40 }
search { start small  within laptop  evaluations 20000  seed 5 }
`;
/** Long enough to type in, short enough to wait for. */
const LONG = TEXT.replace('evaluations 20000', 'evaluations 12000000');
const ENDLESS = TEXT.replace('evaluations 20000', 'evaluations 900000000');
const BROKEN = TEXT.replace('start small', 'start smal');
const THEMES = { light: 'Light Modern', contrast: 'Dark High Contrast', dark: 'Dark Modern' };
const PATIENT = { timeout: 20_000 };

const CHECK = 'Check Whether a Design Is the Best';

describe('what becomes of a search', () => {
  const code = useVSCode({
    workspace: {
      'small.mae': TEXT,
      'other.mae': TEXT,
      'moved.mae': LONG,
      'closed.mae': LONG,
      'endless.mae': ENDLESS,
      'broken.mae': BROKEN,
      'free.mae': NET,
      'gone.mae': TEXT,
      'checked.mae': TEXT,
    },
    open: 'small.mae',
    window: { width: 1280, height: 900 },
  });
  const view = () => new Webview(code(), 'dashboard');
  async function searchIn(file: string): Promise<Editor> {
    const editor = await code().openFile(file);
    await editor.lens(/Run search/);
    await code().palette('Run MAE-DET Search');
    return editor;
  }

  test('its message fits one line, wide and narrow, with three buttons', async () => {
    const editor = await searchIn('small.mae');
    const message = /^small: score 260\.6 → \d+\.\d, (proven best|≤ [\d.]+ % off best)$/;
    await code().notification(message);
    const toast = code()
      .page.locator('.notification-toast', { hasText: /score 260/ })
      .first();
    expect(await toast.locator('.notification-list-item-buttons-container .monaco-button').allInnerTexts()).toEqual([
      'Show Diff',
      'Undo',
      'Dashboard',
    ]);
    for (const width of [1280, 800]) {
      await code().page.setViewportSize({ width, height: 900 });
      expect(await code().notificationLines(/score 260/), `at ${width} pixels`).toBe(1);
      await code().screenshot(`result-${width}`);
    }
    await code().page.setViewportSize({ width: 1280, height: 900 });
    await editor.waitForText(/x [2-9]/);
  });

  test('Show Diff compares the file with what it was; Undo is still there, and takes back exactly that', async () => {
    const editor = code().editor('small.mae');
    await code().pressInNotification(/score 260/, 'Show Diff');
    const tab = code().page.locator('.tab.active', { hasText: 'small.mae: before ↔ with the design' });
    await tab.waitFor();
    await code().screenshot('result-diff');
    await code().pressInNotification(/score 260/, 'Undo');
    expect(await editor.waitForText('out: 512, btn: 96')).toBe(TEXT);
    expect(await editor.isDirty()).toBe(false);
    await code().palette('View: Close All Editors');
  });

  test('the same text and seed is not searched a second time, but another seed is', async () => {
    const editor = await searchIn('small.mae');
    await code().notification(/^Same text and seed as before: score 260\.6 → \d+\.\d$/);
    expect(await code().notificationLines(/Same text/)).toBe(1);
    expect(await editor.text()).toBe(TEXT);
    await code().screenshot('result-known');
    await code().pressInNotification(/Same text/, 'Try Seed 6');
    await code().notification(/^small: score 260\.6 → /);
    await editor.waitForText(/x [2-9]/);
  });

  test('Undo says so when the text moved on, and takes nothing back', async () => {
    const editor = code().editor('small.mae');
    await editor.replace('// kept', '// mine');
    const text = await editor.text();
    await code().pressInNotification(/small: score/, 'Undo');
    await code().notification(/^small\.mae changed since: undo it step by step in the file\.$/);
    expect(await editor.text()).toBe(text);
    await code().clearNotifications();
    await editor.focus();
    await code().palette('File: Revert File');
    expect(await editor.waitForText('// kept')).toBe(TEXT);
  });

  test('the dashboard is about the file in front, and takes the keyboard when it opens', async () => {
    await code().palette('Show Search Dashboard');
    await view().waitFor('h1#title', /^small\.mae: small within laptop, seed 6$/);
    await code().page.locator('.tab', { hasText: 'Search: small.mae' }).waitFor();
    const before = await focusless('small.mae');
    await code().page.keyboard.press('Tab');
    const focused = async () =>
      (await view().locator(':focus'))
        .first()
        .innerText({ timeout: 1_000 })
        .catch(() => '');
    await expect.poll(focused, PATIENT).toBe('Apply to small.mae');
    expect(await focusless('small.mae')).toBe(before);
    const primary = await view().locator('.buttons button:not(.secondary):visible');
    expect(await primary.allInnerTexts()).toEqual(['Apply to small.mae']);
    // A file opens where the keyboard is.
    await code().editor('small.mae').focus();
    const other = await code().openFile('other.mae');
    await other.lens(/Run search/);
    await view().waitFor('h1', /Searches of other\.mae/);
    expect(await view().accessibility()).toEqual([]);
    await view().waitFor('table', /File\s+State[\s\S]*small\.mae\s+Done/);
    expect(await other.text()).toBe(TEXT);
  });

  test('Apply names its file and brings it to the front; the file that was in front stays as it is', async () => {
    await (await view().locator('table button[aria-label^="Open"]')).first().click();
    await view().waitFor('#apply', /^Apply to small\.mae$/);
    const editor = code().editor('small.mae');
    await view().click('#apply');
    await code().notification(/^Applied to small\.mae\.$/);
    await code().page.locator('.tab.active[data-resource-name="small.mae"]').waitFor();
    await view().waitFor('.moved', /^small\.mae has changed since this search\. Searching again takes its text/);
    await editor.waitForText(/x [2-9]/);
    await code().pressInNotification(/Applied to small/, 'Undo');
    expect(await editor.waitForText('out: 512, btn: 96')).toBe(TEXT);
    expect(await (await code().openFile('other.mae')).text()).toBe(TEXT);
    await code().clearNotifications();
  });

  test('its costs stand side by side, each under its name; in every theme and narrow', async () => {
    await code().openFile('small.mae');
    await view().waitFor('.costs', /macs\s+[\d.]+ M\s+[\d.]+ % of 400 M[^%]+layers\s+\d+\s+[\d.]+ % of 40/);
    const tops = async (): Promise<readonly number[]> =>
      (await view().locator('.costs > div')).evaluateAll((tiles: readonly HTMLLike[]) =>
        tiles.map((tile) => tile.getBoundingClientRect().top),
      );
    for (const [name, theme] of Object.entries(THEMES)) {
      await chooseTheme(code(), theme);
      for (const width of [1400, 800]) {
        await code().page.setViewportSize({ width, height: 900 });
        expect(new Set(await tops()).size, `${theme} at ${width} pixels`).toBe(1);
        await code().screenshot(`dashboard-file-${name}-${width}`);
      }
      expect(await view().accessibility(), theme).toEqual([]);
    }
    await code().page.setViewportSize({ width: 1280, height: 900 });
    await code().clearNotifications();
    await code().palette('View: Close All Editors');
  });

  test('when the text moved on, the diff shows the file against the design, and Apply is in its title', async () => {
    const editor = await searchIn('moved.mae');
    await code().notification(/MAE-DET search/);
    await editor.replace('// kept', '// mine');
    await code().notification(/^moved\.mae changed while the search ran: score 260/, 60_000);
    await code().pressInNotification(/moved\.mae changed/, 'Diff');
    await code().page.locator('.tab.active', { hasText: 'moved.mae ↔ design of the search' }).waitFor();
    const apply = code().page.locator('.editor-actions').getByText('Apply Design').first();
    await apply.waitFor();
    await code().screenshot('result-moved-diff');
    await apply.click();
    const text = await editor.waitForText(/x [2-9]/);
    expect(text).toContain('// mine');
    expect(text.replaceAll(/\d+/g, '#')).toBe(LONG.replace('kept', 'mine').replaceAll(/\d+/g, '#'));
    await code().pressInNotification(/Applied to moved\.mae\.$/, 'Undo');
    expect(await editor.waitForText('out: 512, btn: 96')).toBe(LONG.replace('kept', 'mine'));
    await code().clearNotifications();
  });

  test('cancelled, it offers the best so far', async () => {
    const editor = await searchIn('endless.mae');
    await code().notification(/evaluations, .*\/s/);
    await until('something better', async () => /Z (?!260\.6)\d/.test((await code().notifications()).join('\n')));
    await code().pressInNotification(/MAE-DET search/, 'Cancel');
    await code().notification(/^small stopped: score 260\.6 → /);
    expect(await code().notificationLines(/small stopped/)).toBe(1);
    await code().screenshot('result-stopped');
    expect(await editor.text()).toBe(ENDLESS);
    await code().pressInNotification(/small stopped/, 'Apply Best So Far');
    expect(await editor.waitForText(/x [2-9]/)).toContain('// kept');
    await code().clearNotifications();
  });

  test('closed while it ran, the file stays as it was, and the design is in the dashboard', async () => {
    const editor = await searchIn('closed.mae');
    await code().notification(/MAE-DET search/);
    await editor.focus();
    await code().palette('View: Close Editor');
    await code().notification(/^closed\.mae was closed: its design is kept$/, 60_000);
    expect(await code().notificationLines(/closed\.mae was closed/)).toBe(1);
    await code().screenshot('result-closed');
    expect(editor.onDisk()).toBe(LONG);
    await code().pressInNotification(/closed\.mae was closed/, 'Dashboard');
    const open = await view().locator('table button[aria-label^="Open"]');
    await open.first().click();
    await view().waitFor('h1#title', /^closed\.mae: small within laptop, seed 5$/);
    await view().click('#apply');
    await code().notification(/^Applied to closed\.mae\.$/);
    expect(
      await code()
        .editor('closed.mae')
        .waitForText(/x [2-9]/),
    ).toContain('// kept');
    expect(editor.onDisk()).toBe(LONG);
    await code().clearNotifications();
  });

  test('where its file is gone, Apply says so', async () => {
    const editor = await searchIn('gone.mae');
    await editor.waitForText(/x [2-9]/);
    await code().palette('File: Revert File');
    await code().palette('View: Close Editor');
    fs.rmSync(editor.file);
    await code().palette('Show Search Dashboard');
    await (await view().locator('table button[aria-label^="Open"]')).first().click();
    await view().waitFor('#apply', /^Apply to gone\.mae$/);
    await view().click('#apply');
    await code().notification(/^gone\.mae cannot be opened: it may have been moved or deleted\.$/);
    await code().clearNotifications();
  });

  test('where the search has an error, that is named, with the way to its line', async () => {
    const editor = await code().openFile('broken.mae');
    await editor.squiggle(10);
    await code().palette('Run MAE-DET Search');
    await code().notification(
      /^broken\.mae cannot be searched: line 10: There is no backbone 'smal'\. Did you mean small\?/,
    );
    await code().pressInNotification(/broken\.mae/, 'Show Line');
    await code().status(/Ln 10, Col \d+/);
  });

  test('without a budget one is written, with a search, which then runs', async () => {
    const editor = await code().openFile('free.mae');
    await editor.lens(/Z 260\.6/);
    await code().palette('Run MAE-DET Search');
    await code().pressInNotification(/free\.mae has no budget to search within\.$/, 'Write Budget and Search');
    const text = await editor.waitForText('within same_cost');
    expect(text.slice(NET.length)).toMatch(
      /^\nbudget same_cost \{\n {2}macs {3}<= 114M\n {2}layers <= \d+\n\}\n\nsearch \{\n/,
    );
    await editor.lens(/^Run search: small within same_cost/);
    await code().palette('Run MAE-DET Search');
    await code().notification(/^small: score 260\.6 → /);
  });

  /** The text of a file as it is drawn, without taking the keyboard there. */
  const focusless = async (file: string): Promise<string> =>
    JSON.stringify((await code().editor(file).lines()).map((line) => line.text));

  test('a design is judged as it stands: a better one is offered and not written, and of the best there is none', async () => {
    await code().clearNotifications();
    const editor = await code().openFile('checked.mae');
    await editor.lens(/Run search/);
    await code().palette(CHECK);
    await code().notification(/^small: score 260\.6 → \d+\.\d, proven best$/);
    expect(await editor.text()).toBe(TEXT);
    await code().screenshot('checked');
    await code().pressInNotification(/score 260/, 'Apply');
    await editor.waitForText(/x [2-9]/);
    await code().clearNotifications();
    await editor.lens(/proven best/);
    await code().palette(CHECK);
    await code().notification(/^small: nothing is better, proven\.$/);
  });
});

/** What is asked of the browser's elements. */
interface HTMLLike {
  getBoundingClientRect(): { readonly top: number };
}

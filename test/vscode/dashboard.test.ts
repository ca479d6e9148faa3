import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { chooseTheme, Webview } from './harness/webview.ts';

const TEXT = `backbone small {
  input 3 x 256 x 256
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64,  btn: 16, k: 3, s: 2) x 1   // kept
  stage C3 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1
  stage C4 bottleneck(out: 256, btn: 64, k: 3, s: 2) x 1
  stage C5 bottleneck(out: 512, btn: 96, k: 3, s: 2) x 1
}
budget laptop { macs <= 400M  layers <= 40 }
search { start small  within laptop  evaluations 20000  seed 5 }
`;
const ENDLESS = TEXT.replace('evaluations 20000', 'evaluations 900000000');
const LEAST = TEXT.replace('within laptop', 'within laptop  minimise params  score >= 400');
const NEVER = LEAST.replace('>= 400', '>= 9000');
/** For two busy cores. */
const PATIENT = { timeout: 20_000 };
const THEMES = { light: 'Light Modern', contrast: 'Dark High Contrast', dark: 'Dark Modern' };

describe('the search dashboard', () => {
  const code = useVSCode({
    workspace: {
      'unproven.mae': TEXT.replace('seed 5', 'seed 5  prove no'),
      'endless.mae': ENDLESS,
      'short.mae': TEXT,
      'front.mae': TEXT,
      'least.mae': LEAST,
      'never.mae': NEVER,
    },
    open: 'endless.mae',
    window: { width: 1700, height: 1100 },
  });
  const view = () => new Webview(code(), 'dashboard');
  const evaluations = async () => (await view().waitFor('.numbers', /Evaluations\s+\S/)).split('Evaluations')[1] ?? '';

  test('says what to do while there is nothing to show', async () => {
    await code()
      .editor('endless.mae')
      .lens(/Run search/);
    await code().palette('Show Search Dashboard');
    await view().waitFor('#app', /Searches of endless\.mae\s+No search of endless\.mae has run yet/);
    await view().waitFor('#run', /^Run MAE-DET Search$/);
    expect(await view().accessibility()).toEqual([]);
  });

  test('its numbers move while a search runs, and the keyboard stays in the editor', async () => {
    const editor = code().editor('endless.mae');
    await editor.focus();
    await code().palette('Run MAE-DET Search');
    await view().waitFor('.status', /^Running\. Z \d+/);
    const before = await evaluations();
    await expect.poll(evaluations, PATIENT).not.toBe(before);
    await view().waitFor('h1#title', /^endless\.mae: small within laptop, seed 5$/);
    const stages = async () => (await view().locator('svg[role=img] .name')).allTextContents();
    await expect.poll(stages, PATIENT).toEqual(['C1', 'C2', 'C3', 'C4', 'C5']);
    await view().waitFor('pre.diff', /\+ +stage C\d bottleneck/);
    const focused = await code().page.evaluate('document.activeElement.closest(".monaco-editor") !== null');
    expect(focused).toBe(true);
  });

  test('pause holds it, resume lets it go on', async () => {
    await view().click('#pause');
    await view().waitFor('.status', /^Paused/);
    await view().waitFor('#pause', /^Resume$/);
    expect(await view().accessibility()).toEqual([]);
    // The epoch that was going on still ends, and reports.
    let held = '';
    const settled = async () => {
      const before = held;
      held = await evaluations();
      return held === before;
    };
    await expect.poll(settled, { ...PATIENT, interval: 2_000 }).toBe(true);
    for (const [name, theme] of Object.entries(THEMES)) {
      await chooseTheme(code(), theme);
      expect(await view().accessibility(), theme).toEqual([]);
      await code().screenshot(`dashboard-${name}`);
    }
    expect(await evaluations()).toBe(held);
    await view().click('#pause');
    await view().waitFor('.status', /^Running/);
    await expect.poll(evaluations, PATIENT).not.toBe(held);
  });

  test('each chart has a table, reached by the keyboard', async () => {
    const summary = (await view().locator('figure.chart summary')).first();
    await summary.focus();
    await code().page.keyboard.press('Enter');
    const rows = await view().waitFor('figure.chart table', /Evaluations\s+Best\s+Bound/);
    expect(rows.split('\n').length).toBeGreaterThan(3);
    expect(await view().accessibility()).toEqual([]);
  });

  test('apply writes the best so far into the file, with its comments, in one undo step', async () => {
    const editor = code().editor('endless.mae');
    await view().click('#apply');
    const text = await editor.waitForText(/x [2-9]/);
    expect(text).toContain('// kept');
    expect(text.replaceAll(/\d+/g, '#')).toBe(ENDLESS.replaceAll(/\d+/g, '#'));
    await editor.undo();
    expect(await editor.waitForText('out: 512, btn: 96')).toBe(ENDLESS);
  });

  test('the notification of a search leads to it', async () => {
    const link = code().page.locator('.notification-toast .notification-list-item-message a', { hasText: 'Dashboard' });
    expect(await link.count()).toBe(1);
  });

  test('a reload of the window brings it back, with the run that the reload ended', async () => {
    // Without the part of the address that opens a file anew: VS Code then brings back what was open.
    const address = new URL(code().page.url());
    address.searchParams.delete('payload');
    await code().page.goto(address.href, { waitUntil: 'domcontentloaded' });
    await view().waitFor('.status', /^Interrupted\./);
    await view().waitFor('table', /small.*\s+Interrupted/);
    expect(await view().accessibility()).toEqual([]);
  });

  test('stop ends a search, and what it found stays', async () => {
    const editor = code().editor('endless.mae');
    await editor.waitUntilShown();
    await editor.focus();
    // For a reload VS Code keeps what is not saved, and throws that away a moment after an undo: what it brought back may
    // be the text before it.
    await code().palette('File: Revert File');
    expect(await editor.waitForText('out: 512, btn: 96')).toBe(ENDLESS);
    await editor.lens(/Run search/);
    await editor.focus();
    await code().palette('Run MAE-DET Search');
    await view().waitFor('.status', /^Running\. Z/);
    await view().click('#stop');
    await view().waitFor('.status', /^Stopped/);
    expect(await editor.text()).toBe(ENDLESS);
  });

  test('the front is searched on demand, and any of its designs can be applied', async () => {
    const editor = await code().openFile('front.mae');
    await editor.lens(/Run search/);
    await code().palette('Run MAE-DET Search');
    await view().waitFor('h1#title', /^front\.mae/);
    await view().waitFor('.status', /^Done\./);
    const best = await editor.waitForText(/x [2-9]/);
    await view().click('#front');
    await view().waitFor('table', /Designs that nothing beats in both score and cost/);
    await view().waitFor('.legend', /Pareto front/);
    expect(await editor.text()).toBe(best);
    await code().clearNotifications();
    await code().screenshot('dashboard-front');
    await (await view().locator('#apply-0')).scrollIntoViewIfNeeded();
    await code().screenshot('dashboard-front-table');
    expect(await view().accessibility()).toEqual([]);
    await view().click('#apply-0');
    await expect.poll(() => editor.text(), PATIENT).not.toBe(best);
  });

  test('runs are remembered, opened and compared', async () => {
    const editor = await code().openFile('short.mae');
    await editor.lens(/Run search/);
    await code().palette('Run MAE-DET Search');
    await view().waitFor('h1#title', /^short\.mae/);
    await view().waitFor('.status', /^Done\./);
    const boxes = await view().locator('input[type=checkbox]');
    expect(await boxes.count()).toBe(5);
    await boxes.nth(0).check();
    await (await view().locator('input[type=checkbox]')).nth(1).check();
    const compared = await view().waitFor('section[aria-labelledby="compare-title"]', /Settings and results/);
    expect(compared).toMatch(/seed\s+5\s+5/);
    await (await view().locator('h2#compare-title')).scrollIntoViewIfNeeded();
    await code().screenshot('dashboard-compare');
    expect(await view().accessibility()).toEqual([]);
  });

  test('a search that minimises shows the cost, its bound and the score that it holds', async () => {
    const editor = await code().openFile('least.mae');
    await editor.lens(/Run search: least params at Z ≥ 400, small within laptop/);
    await code().palette('Run MAE-DET Search');
    await code().palette('Show Search Dashboard');
    await view().waitFor('.status', /^Done\. small: .* params → .* params .*held at 400.*proven least in this space/);
    await view().waitFor('h1#title', /^least\.mae: least params at score 400\.0, small within laptop, seed 5$/);
    const numbers = await view().waitFor('.numbers', /params\s+[\d.]+ k, [\d.]+ % of the start’s/);
    expect(numbers).toMatch(/Score\s+4\d\d\.\d, at least 400\.0/);
    expect(numbers).toMatch(/Bound\s+[\d.]+ k params/);
    await view().waitFor('figure.chart', /params against evaluations/);
    await code().clearNotifications();
    await (await view().locator('h1#title')).scrollIntoViewIfNeeded();
    await code().screenshot('dashboard-least');
    expect(await view().accessibility()).toEqual([]);
  });

  test('Prove searches again to the proof, once', async () => {
    const editor = await code().openFile('unproven.mae');
    await editor.lens(/Run search/);
    await code().palette('Run MAE-DET Search');
    await code().palette('Show Search Dashboard');
    await view().waitFor('h1#title', /^unproven\.mae/);
    await view().waitFor('.status', /^Done\. small: .*at most .* below the best possible/);
    await view().waitFor('.numbers', /To the bound\s+at most [\d.]+ %/);
    await view().click('#prove');
    // The file comes to the front, perhaps where the dashboard was.
    await code().notification(/^small: nothing is better, proven\.$/);
    await code().palette('Show Search Dashboard');
    await view().waitFor('.status', /^Done\. small: .*; proven best in this space;/);
    await view().waitFor('.numbers', /To the bound\s+proven best in this space/);
    expect(await (await view().locator('#prove')).getAttribute('aria-disabled')).toBe('true');
    await code().clearNotifications();
    await code().screenshot('dashboard-proven');
    expect(await view().accessibility()).toEqual([]);
  });

  test('a score that no design holds is shown at its line', async () => {
    const editor = await code().openFile('never.mae');
    await editor.lens(/Run search/);
    await code().palette('Run MAE-DET Search');
    await code().palette('Show Search Dashboard');
    await view().waitFor('.status', /^Failed\. No design within budget laptop was found to hold a score of 9000/);
    await code().pressInNotification(/score of 9000/, 'Show Line');
    const selected = () => code().page.locator('.monaco-editor .selected-text').count();
    await expect.poll(selected, PATIENT).toBeGreaterThan(0);
  });
});

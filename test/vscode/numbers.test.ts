import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { until } from './harness/until.ts';
import { chooseTheme, Webview } from './harness/webview.ts';

const TEXT = `// MAE-DET-M as published.
backbone maedet_m {
  input 3 x 800 x 1280
  stem     conv(out: 64, k: 3, s: 2)
  stage C2 bottleneck(out: 120,  btn: 64,  k: 3, s: 2) x 2
  stage C3 bottleneck(out: 512,  btn: 72,  k: 5, s: 2) x 10
  stage C4 bottleneck(out: 1632, btn: 112, k: 5, s: 2) x 10
  stage C5 bottleneck(out: 2048, btn: 184, k: 5, s: 2) x 8
}
`;
const OTHER = 'backbone other {\n  input 3 x 64 x 64\n  stem conv(out: 16, k: 3, s: 2)\n}\n';
/** For two busy cores. */
const PATIENT = { timeout: 20_000 };
/** What VS Code calls each theme, and its kind in a page. */
const THEMES = {
  light: ['Light Modern', 'vscode-light'],
  contrast: ['Dark High Contrast', 'vscode-high-contrast'],
  dark: ['Dark Modern', 'vscode-dark'],
} as const;

describe('the numbers in the panel', () => {
  const code = useVSCode({ workspace: { 'm.mae': TEXT, 'other.mae': OTHER }, open: 'm.mae' });
  const view = () => new Webview(code(), 'numbers');
  const texts = async (selector: string): Promise<string[]> => (await view().locator(selector)).allInnerTexts();
  const groups = () => texts('tr[data-from] th');
  const current = () => texts('[aria-current] th');

  test('come by their command, and mark the group of the cursor', async () => {
    const editor = code().editor('m.mae');
    await editor.goTo({ line: 6, column: 3 });
    await code().palette('MAE-DET: Show Numbers');
    await view().waitFor('h2', /^maedet_m, input 3×800×1280$/);
    await view().waitFor('thead', /Group.*macs.*thop.*mmcv.*tinynas.*params.*layers.*memory.*H\s+Added/s);
    expect(await groups()).toEqual([
      'C1 conv 3×3',
      'C2 bottleneck 3×3',
      'C3 bottleneck 5×5',
      'C4 bottleneck 5×5',
      'C5 bottleneck 5×5',
    ]);
    await expect.poll(current, PATIENT).toEqual(['C3 bottleneck 5×5']);
    await editor.goTo({ line: 1, column: 1 });
    await expect.poll(current, PATIENT).toEqual([]);
  });

  test('a click goes to the line; arrows and Enter do so too, and the keyboard stays', async () => {
    await view().click('tr[data-from="4"] td:nth-child(5)');
    await expect.poll(current, PATIENT).toEqual(['C2 bottleneck 3×3']);
    await (await view().locator('tr[data-from="4"] button')).focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await code().page.keyboard.press(key);
    await expect.poll(current, PATIENT).toEqual(['C4 bottleneck 5×5']);
    await code().page.keyboard.press('End');
    await code().page.keyboard.press('Enter');
    await expect.poll(current, PATIENT).toEqual(['C5 bottleneck 5×5']);
    await code().editor('m.mae').focus();
    await code().status('Ln 8, Col 3');
  });

  test('are put in order by a column, as its head says', async () => {
    const layers = 'th[aria-sort] button[aria-label="layers"]';
    await view().click('button[aria-label="layers"]');
    await expect
      .poll(groups, PATIENT)
      .toEqual(['C3 bottleneck 5×5', 'C4 bottleneck 5×5', 'C5 bottleneck 5×5', 'C2 bottleneck 3×3', 'C1 conv 3×3']);
    const order = async () => (await view().locator('th[aria-sort]')).evaluateAll(orders);
    expect(await order()).toEqual(['descending']);
    // The keyboard stays on the head while the rows are built anew.
    await (await view().locator(layers)).focus();
    await code().page.keyboard.press('Enter');
    await expect.poll(async () => (await groups())[0], PATIENT).toBe('C1 conv 3×3');
    expect(await order()).toEqual(['ascending']);
    await code().page.keyboard.press('Enter');
    await expect.poll(async () => (await groups())[2], PATIENT).toBe('C3 bottleneck 5×5');
  });

  test('follow the text as one types, with what changed since the last save, through a broken state too', async () => {
    const editor = code().editor('m.mae');
    const changes = () => texts('.difference');
    expect(await changes()).toEqual([]);
    await editor.replace('2) x 8', '2) x 5');
    await view().waitFor('tr[data-from="7"]', /bottleneck 5×5\s+8\s+5\s*−3/);
    expect(await texts('tr[data-from="7"] .better')).toContain('−9');
    await view().waitFor('tbody:last-of-type', /−9/);
    await editor.replace('out: 120', 'out: ');
    await view().waitFor('#app', /these are its numbers as far as it can be/);
    await view().waitFor('tr[data-from="7"]', /−9/);
    await editor.replace('out: ,', 'out: 120,');
    await until('the numbers', async () => !(await texts('#app')).join().includes('last good'));
    await editor.save();
    await expect.poll(changes, PATIENT).toEqual([]);
    await editor.replace('2) x 5', '2) x 8');
    await view().waitFor('tr[data-from="7"]', /\+9/);
    await editor.save();
    await expect.poll(changes, PATIENT).toEqual([]);
  });

  test('follow the file in front, and come back as they were after a reload', async () => {
    await code().openFile('other.mae');
    await view().waitFor('h2', /^other,/);
    await code().openFile('m.mae');
    await view().waitFor('h2', /^maedet_m,/);
    await view().click('button[aria-label="layers"]');
    await expect.poll(async () => (await groups())[0], PATIENT).toBe('C3 bottleneck 5×5');
    const reloaded = code().page.waitForEvent('load');
    await code().palette('Developer: Reload Window');
    await reloaded;
    await view().waitFor('h2', /^maedet_m,/);
    await expect.poll(async () => (await groups())[0], PATIENT).toBe('C3 bottleneck 5×5');
    expect(await (await view().locator('th[aria-sort]')).evaluateAll(orders)).toEqual(['descending']);
    await view().click('button[aria-label^="Group"]');
  });

  test('shut nobody out, in every theme, narrow and wide', async () => {
    await code().editor('m.mae').goTo({ line: 7, column: 3 });
    for (const [name, [theme, kind]] of Object.entries(THEMES)) {
      await chooseTheme(code(), theme);
      await (await view().locator(`body.${kind}`)).waitFor();
      expect(await view().accessibility(), theme).toEqual([]);
      for (const width of [1400, 800]) {
        await code().page.setViewportSize({ width, height: 900 });
        await code().screenshot(`numbers-${name}-${width}`);
      }
    }
  });
});

const orders = (nodes: readonly { getAttribute(name: string): string | null }[]): (string | null)[] =>
  nodes.map((node) => node.getAttribute('aria-sort'));

import fs from 'node:fs';
import path from 'node:path';
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
/** For two busy cores. */
const PATIENT = { timeout: 20_000 };
const THEMES = { light: 'Light Modern', contrast: 'Dark High Contrast', dark: 'Dark Modern' };

/** Of an element; the browser's types are not loaded here. */
interface Sized {
  readonly clientWidth: number;
  readonly scrollWidth: number;
}

describe('the architecture picture', () => {
  const code = useVSCode({
    workspace: { 'm.mae': TEXT, 'n.mae': TEXT.replace('maedet_m', 'other'), 'notes.txt': 'nothing of ours\n' },
    open: 'm.mae',
    window: { width: 1800, height: 1000 },
  });
  const view = () => new Webview(code(), 'picture');
  const current = async () =>
    (await view().locator('.group.current')).evaluateAll((nodes: readonly { id: string }[]) => nodes.map((n) => n.id));

  test('stands beside the text, and marks the group of the cursor', async () => {
    const editor = code().editor('m.mae');
    await editor.hint(/^\+4\.7 H/, 4);
    await editor.goTo({ line: 6, column: 3 });
    await code().palette('Show Architecture Picture');
    await view().waitFor('h2', /^maedet_m: Z \d+\.\d \(fan-in\), \d+(\.\d+)? G macs at 3×800×1280$/);
    await expect.poll(current, PATIENT).toEqual(['group-5']);
    await editor.goTo({ line: 8, column: 3 });
    await expect.poll(current, PATIENT).toEqual(['group-7']);
    await editor.goTo({ line: 1, column: 1 });
    await expect.poll(current, PATIENT).toEqual([]);
  });

  test('a click on a group puts the cursor on its line, and so does Enter', async () => {
    await view().click('#group-4 .block');
    await expect.poll(current, PATIENT).toEqual(['group-4']);
    await (await view().locator('#group-6')).focus();
    await code().page.keyboard.press('Enter');
    await expect.poll(current, PATIENT).toEqual(['group-6']);
    // The keyboard stayed in the picture; the editor says where its cursor is once it has it.
    await code().editor('m.mae').focus();
    await code().status('Ln 7, Col 3');
  });

  test('follows the text, through a broken state too', async () => {
    const editor = code().editor('m.mae');
    const blocks = async () => (await view().locator('.block')).count();
    await expect.poll(blocks, PATIENT).toBe(31);
    await editor.replace('2) x 8', '2) x 5');
    await expect.poll(blocks, PATIENT).toBe(28);
    await editor.replace('out: 120', 'out: ');
    await view().waitFor('#app', /these are its numbers as far as it can be/);
    expect(await blocks()).toBe(28);
    await editor.replace('out: ,', 'out: 120,');
    await editor.replace('2) x 5', '2) x 8');
    await expect.poll(blocks, PATIENT).toBe(31);
  });

  test('fits its width at any width, and is as large as one wants', async () => {
    const drawing = async () => (await view().locator('.scrolls')).first();
    const size = async () => {
      const { clientWidth, scrollWidth } = await (await drawing()).evaluate((e: Sized) => ({
        clientWidth: e.clientWidth,
        scrollWidth: e.scrollWidth,
      }));
      return { clientWidth, more: scrollWidth - clientWidth };
    };
    await code().palette('View: Toggle Primary Side Bar Visibility');
    for (const width of [800, 1800]) {
      await code().page.setViewportSize({ width, height: 1000 });
      await expect.poll(async () => (await size()).clientWidth < width / 2, PATIENT).toBe(true);
      await expect.poll(async () => (await size()).more, PATIENT).toBe(0);
      expect(await (await view().locator('.block')).count()).toBe(31);
      await code().screenshot(`picture-${width}`);
    }
    await view().click('#zoom-in');
    await view().waitFor('#zoom', /^125 %$/);
    await (await view().locator('#group-6')).focus();
    for (const key of ['+', '+', '+']) await code().page.keyboard.press(key);
    await expect.poll(async () => (await size()).more, PATIENT).toBeGreaterThan(100);
    await code().page.keyboard.press('0');
    await view().waitFor('#zoom', /^100 %$/);
    await expect.poll(async () => (await size()).more, PATIENT).toBe(0);
    await (await view().locator('#group-6')).hover();
    await code().page.keyboard.down('Control');
    await code().page.mouse.wheel(0, -500);
    await code().page.keyboard.up('Control');
    await expect.poll(async () => (await size()).more, PATIENT).toBeGreaterThan(100);
    await view().click('#zoom-fit');
    await view().waitFor('#zoom', /^100 %$/);
  });

  test('has a table, and nothing that shuts anybody out, in every theme', async () => {
    await view().click('summary');
    await view().waitFor('table', /bottleneck 5×5\s+C4\s+10\s+1632×50×80/);
    for (const [name, theme] of Object.entries(THEMES)) {
      await chooseTheme(code(), theme);
      expect(await view().accessibility(), theme).toEqual([]);
      await code().screenshot(`picture-${name}`);
    }
  });

  test('is exported as an SVG file', async () => {
    await view().click('button[id^="export"]');
    const input = code().page.locator('.quick-input-widget:visible input.input');
    await until('the dialog', async () => (await input.inputValue().catch(() => '')).endsWith('maedet_m.svg'));
    await code().page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
    const file = path.join(code().folder, 'maedet_m.svg');
    const read = (): string => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');
    await expect.poll(read, PATIENT).toMatch(/<\/svg>\n$/);
    const svg = read();
    expect(svg).toMatch(/^<\?xml.*\n<svg /);
    expect(svg.match(/class="block/g)).toHaveLength(31);
  });

  test('the palette asks which file to export where none is in front', async () => {
    await code().editor('m.mae').focus();
    await code().openFile('n.mae');
    await code().openFile('notes.txt');
    await code().palette('Export Architecture Picture as SVG');
    await expect.poll(() => code().quickPick(), PATIENT).toEqual(['m.mae', 'n.mae']);
    await code().pick('n.mae');
    const input = code().page.locator('.quick-input-widget:visible input.input');
    await until('the dialog', async () => (await input.inputValue().catch(() => '')).endsWith('other.svg'));
    await code().page.keyboard.press('Escape');
  });
});

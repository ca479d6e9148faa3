import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { chooseTheme, Webview } from './harness/webview.ts';

const TEXT = fs.readFileSync(path.join(import.meta.dirname, '../../examples/own_space.mae'), 'utf8');
const THEMES = { light: 'Light Modern', dark: 'Dark Modern' } as const;

describe('a space of one’s own', () => {
  const code = useVSCode({ workspace: { 'own_space.mae': TEXT }, open: 'own_space.mae' });
  const view = () => new Webview(code(), 'dashboard');

  test('is explained, and what it begins with is one step away', async () => {
    const editor = code().editor('own_space.mae');
    await editor.lens(/Run search/);
    expect(await editor.hover('space steps_of_32', 8)).toMatch(/out\s+32\.\.1024 step 32/);
    await code().page.keyboard.press('Escape');
    await editor.goTo('like   tinynas', 'like   '.length);
    await code().palette('Go to Definition');
    const preset = code().editor('tinynas.mae');
    await preset.waitForText(/^space tinynas \{$/m);
    await code().screenshot('space-preset');
    await code().palette('View: Close Editor');
  });

  test('reads well in light and dark, wide and narrow', async () => {
    const editor = code().editor('own_space.mae');
    for (const [name, theme] of Object.entries(THEMES)) {
      await chooseTheme(code(), theme);
      for (const width of [1280, 800]) {
        await code().page.setViewportSize({ width, height: 1000 });
        await editor.hint(/H/, 7);
        await code().screenshot(`space-${name}-${width}`);
      }
    }
    await code().page.setViewportSize({ width: 1280, height: 1000 });
  });

  test('holds what the editor offers, and what a search finds, which is proven best in it', async () => {
    const editor = code().editor('own_space.mae');
    const fixes = await editor.quickFixes('stage C3', 0);
    expect(fixes).toContainEqual(expect.stringMatching(/^Widen C3 output 256 → 320:/));
    await code().page.keyboard.press('Escape');
    await code().palette('Run MAE-DET Search');
    await code().notification(/score \d+\.\d → \d+\.\d, proven best$/, 60_000);
    const found = await editor.waitForText(/x 8/);
    expect(found).toContain('stage C2 bottleneck(out: 128,');
    for (const [, width] of found.matchAll(/(?:out|btn): *(\d+)/g)) expect(Number(width) % 32).toBe(0);
    await editor.lens(/proven best/);
    await code().palette('Show Search Dashboard');
    await view().waitFor('h1#title', /own_space\.mae/);
    await code().screenshot('space-dashboard');
    const priced = await editor.hover('macs   <=', 1);
    expect(priced).toMatch(/macs more buys \+\d/);
    await code().screenshot('space-price');
  });

  test('draws the best score over its budget, with the knee and what is proven', async () => {
    await view().click('#frontier');
    await view().waitFor('.charts', /Best score over the limit on macs/);
    const chart = (await view().locator('.charts .chart')).filter({ hasText: 'Best score over' });
    expect(await chart.locator('[aria-label]').first().getAttribute('aria-label')).toMatch(
      /From [\d.]+ G macs on more gains less than half of what it does on average\./,
    );
    await chart.locator('summary').click();
    expect(await chart.locator('table').innerText()).toMatch(/^18\.8 G macs\s.*\sproven best/m);
    for (const [name, theme] of Object.entries(THEMES)) {
      await chooseTheme(code(), theme);
      await chart.scrollIntoViewIfNeeded();
      await code().screenshot(`space-frontier-${name}`);
    }
    expect(await view().accessibility()).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { chooseTheme, Webview } from './harness/webview.ts';

const TEXT = `backbone small {
  input 3 x 256 x 256
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64,  btn: 16, k: 3, s: 2) x 1
  stage C3 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1
}
backbone wide {
  input 3 x 256 x 256
  stem     conv(out: 32, k: 3, s: 2)
  stage C2 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1
  stage C3 bottleneck(out: 256, btn: 64, k: 3, s: 2) x 2
}
`;
const THEMES = { light: 'Light Modern', contrast: 'Dark High Contrast', dark: 'Dark Modern' };

describe('the comparison', () => {
  const code = useVSCode({ workspace: { 'two.mae': TEXT }, open: 'two.mae', window: { width: 1700, height: 1100 } });
  const view = () => new Webview(code(), 'compare');

  test('lays the backbones of the file side by side, per stage', async () => {
    await code()
      .editor('two.mae')
      .hint(/^16×128×128/, 3);
    await code().palette('Compare Backbones');
    const text = await view().waitFor('table', /All of it\s+small\s+wide/);
    expect(text).toMatch(/C3\s+small\s+wide\s+shape\s+128×32×32\s+256×32×32\s+blocks\s+1\s+2 \(\+100 %\)/);
    expect(text).toMatch(/macs\s+59\.51 M\s+295\.2 M \(\+400 %\)/);
  });

  test('published backbones join, and it follows the text', async () => {
    await (await view().locator('label')).filter({ hasText: 'resnet50 (published)' }).click();
    await view().waitFor('table', /All of it\s+small\s+wide\s+resnet50 \(published\)/);
    await view().waitFor('table', /C5\s+small\s+wide\s+resnet50 \(published\)\s+shape\s+–\s+–\s+2048×25×40/);
    await code().editor('two.mae').replace('2) x 2', '2) x 3');
    await view().waitFor('table', /blocks\s+1\s+3 \(\+200 %\)/);
  });

  test('shuts nobody out, in every theme, and comes back after a reload', async () => {
    for (const [name, theme] of Object.entries(THEMES)) {
      await chooseTheme(code(), theme);
      expect(await view().accessibility(), theme).toEqual([]);
      await code().screenshot(`compare-${name}`);
    }
    await code().editor('two.mae').undo();
    await code().editor('two.mae').undo();
    const address = new URL(code().page.url());
    address.searchParams.delete('payload');
    await code().page.goto(address.href, { waitUntil: 'domcontentloaded' });
    await view().waitFor('table', /All of it\s+small\s+wide\s+resnet50 \(published\)/);
  });
});

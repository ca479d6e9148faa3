import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { chooseTheme, Webview } from './harness/webview.ts';

const TEXT = `backbone net {
  input 3 x 320 x 320
  stem     conv(out: 32, k: 3, s: 2)
  stage C2 bottleneck(out: 128,  btn: 32,  k: 3, s: 2) x 2   // kept
  stage C3 bottleneck(out: 256,  btn: 64,  k: 3, s: 2) x 4
  stage C4 bottleneck(out: 512,  btn: 128, k: 3, s: 2) x 4
  stage C5 bottleneck(out: 1024, btn: 256, k: 3, s: 2) x 2
}

detector gfl_net {
  backbone net
  input 3 x 800 x 1280
  classes 80
  neck fpn(from: C3..C5, out: 256, levels: 5, extra: on-output)
  head gfl(width: 256, convs: 4, regmax: 16, quality: yes)
}

budget phone { mmcv <= 150G }

search { start gfl_net  within phone  evaluations 20000  seed 3 }
`;
const THEMES = { light: 'Light Modern', dark: 'Dark Modern' } as const;

describe('a whole detector', () => {
  const code = useVSCode({
    workspace: { 'gfl.mae': TEXT },
    open: 'gfl.mae',
    window: { width: 1280, height: 1000 },
  });

  test('says on each line what it costs and which share of the whole, wide and narrow, light and dark', async () => {
    const editor = code().editor('gfl.mae');
    await editor.hint(/G mmcv.*params/, 10);
    expect(await editor.hint(/%/, 15)).toMatch(/^\d+ % · 108 G mmcv$/);
    await editor.lens(/of phone/);
    for (const [name, theme] of Object.entries(THEMES)) {
      await chooseTheme(code(), theme);
      for (const width of [1280, 800]) {
        await code().page.setViewportSize({ width, height: 1000 });
        await editor.hint(/%/, 14);
        await code().screenshot(`detector-${name}-${width}`);
      }
    }
    await code().page.setViewportSize({ width: 1280, height: 1000 });
  });

  test('its hover has every convention, and its backbone is one step away', async () => {
    const editor = code().editor('gfl.mae');
    expect(await editor.hover('detector gfl_net', 10)).toMatch(/backbone[\s\S]*fpn[\s\S]*gfl[\s\S]*all/);
    await code().screenshot('detector-hover');
    await code().page.keyboard.press('Escape');
    await editor.goTo('backbone net\n', 'backbone '.length);
    await code().palette('Go to Definition');
    await expect.poll(async () => (await editor.caret()).y, { timeout: 20_000 }).toBeLessThan(200);
  });

  test('a budget of the whole that is exceeded is fixed by the quick fix, in the backbone', async () => {
    const editor = code().editor('gfl.mae');
    await editor.replace('mmcv <= 150G', 'mmcv <= 140G');
    await editor.squiggle(15);
    const fixes = await editor.quickFixes('head gfl', 6);
    expect(fixes[0]).toMatch(/^Shrink net so that gfl_net holds phone: −[\d.]+ score, 1[34]\d(\.\d)? G mmcv/);
    await code().screenshot('detector-fix');
    await editor.pickFix(/^Shrink net so that gfl_net holds phone/);
    await editor.clean('error');
    const fixed = await editor.text();
    expect(fixed).toContain('input 3 x 320 x 320');
    expect(fixed).toContain('// kept');
    await editor.undo();
    await editor.waitForText('x 4');
    await editor.replace('mmcv <= 140G', 'mmcv <= 150G');
  });

  test('a search from it holds the whole, and is written into its backbone in one undo step', async () => {
    const editor = code().editor('gfl.mae');
    const before = await editor.text();
    await editor.clean('error');
    await code().palette('Run MAE-DET Search');
    await code().notification(/^gfl_net: score \d+\.\d → \d+\.\d/, 60_000);
    const found = await editor.waitForText(/stage C3 .*x (?!4)/);
    // The backbone keeps the size that its own line says, and the rest of the file is as it was.
    expect(found).toContain('input 3 x 320 x 320');
    expect(found.slice(found.indexOf('detector'))).toBe(before.slice(before.indexOf('detector')));
    await editor.lens(/best.*of phone/);
    await code().screenshot('detector-found');
    await editor.undo();
    expect(await editor.waitForText('x 4')).toBe(before);
  });

  test('is drawn: backbone, levels of the neck, and head', async () => {
    const view = new Webview(code(), 'picture');
    await code().palette('Show Architecture Picture');
    await view.waitFor('h2', /gfl_net/);
    await code().screenshot('detector-picture');
    expect(await view.accessibility()).toEqual([]);
  });
});

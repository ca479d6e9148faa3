import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { chooseTheme, Webview } from './harness/webview.ts';

const TEXT = `backbone small {
  input 3 x 160 x 160
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64, btn: 16, k: 3, s: 2) x 2
  stage C3 basic(out: 96, btn: 48, k: 3, s: 2, se: yes)
  stage C4 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 3
}
budget laptop { macs <= 100M }
search { start small  within laptop  objective zen }
`;
const THEMES = { light: 'Light Modern', dark: 'Dark Modern' } as const;

describe('what a search scores by', () => {
  const code = useVSCode({ workspace: { 'a.mae': TEXT }, open: 'a.mae' });
  const view = () => new Webview(code(), 'numbers');

  test('is what lens, hover, fixes and Numbers show of its start', async () => {
    const editor = code().editor('a.mae');
    const { text } = await editor.lens(/zen \d+\.\d nats \(fan-in\) · .* macs, .* of laptop/);
    expect(text).not.toMatch(/Z \d/);
    const hover = await editor.hover('backbone small', 10);
    expect(hover).toContain('Scored as the search from it does, by zen, fan-in');
    expect(hover).toContain('It weighs C4.');
    await code().screenshot('objective-hover');
    await code().page.keyboard.press('Escape');
    await code().palette('MAE-DET: Show Numbers');
    await view().waitFor('tbody:last-of-type', /All, and the score zen/);
    await editor.replace('objective zen', 'objective deepmad');
    await editor.lens(/DeepMAD \d+(\.\d)? · /);
    await view().waitFor('tbody:last-of-type', /All, and the score DeepMAD \(no unit\)/);
    expect(await editor.quickFixes('stage C4', 0)).toContainEqual(
      expect.stringMatching(/^Widen C4 bottleneck .* score, /),
    );
    await code().page.keyboard.press('Escape');
  });

  test('reads well in light and dark', async () => {
    const editor = code().editor('a.mae');
    for (const [name, theme] of Object.entries(THEMES)) {
      await chooseTheme(code(), theme);
      await code().page.setViewportSize({ width: 1280, height: 800 });
      await editor.lens(/DeepMAD/);
      await code().screenshot(`objective-deepmad-${name}-1280`);
    }
    await editor.replace('objective deepmad', 'objective zen');
    for (const [name, theme] of Object.entries(THEMES)) {
      await chooseTheme(code(), theme);
      await editor.lens(/zen/);
      await code().screenshot(`objective-zen-${name}-1280`);
    }
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { Webview } from './harness/webview.ts';
import { ROOT } from './setup/vsix.ts';

const TOY = readFileSync(path.join(ROOT, 'test/fixtures/latency/toy.maeprofile.json'), 'utf8');
const TEXT = `backbone net {
  input 3 x 320 x 320
  within live
  stem     conv(out: 32, k: 3, s: 2)
  stage C2 bottleneck(out: 72, btn: 32, k: 3, s: 2) x 2
  stage C3 bottleneck(out: 128, btn: 40, k: 3, s: 2) x 3
  stage C4 bottleneck(out: 256, btn: 64, k: 3, s: 2) x 3
  stage C5 bottleneck(out: 2048, btn: 512, k: 3, s: 2) x 1
}
budget live { latency <= 300ms on toy }
`;
const MINIMAP = { 'editor.minimap.enabled': true };

describe.each([1280, 800])('milliseconds of a device, in a window of %s pixels', (width) => {
  const code = useVSCode({
    workspace: { 'net.mae': TEXT, 'toy.maeprofile.json': TOY },
    open: 'net.mae',
    settings: MINIMAP,
    window: { width, height: 800 },
  });

  test('stand behind the lines and in the lens; what is outside the profile says so', async () => {
    if (width < 1000) await code().palette('View: Toggle Primary Side Bar Visibility');
    const editor = code().editor('net.mae');
    await editor.hint(/\d/, 5);
    expect(await editor.hint(/./, 1)).toMatch(/^(H · ms · macs)?$/);
    expect(await editor.hint(/./, 6)).toMatch(/^\+[\d.]+( H ·)? [\d.]+( ms ·)? [\d.]+ ?M( macs)?$/);
    await editor.lens(/ms on toy, \d+ % of live/);
    await editor.squiggle(8, 'info');
    await code().screenshot(`latency-${width}`);
    expect(await editor.hover('bottleneck(out: 2048', 3)).toMatch(/extrapolated/);
    await code().screenshot(`latency-hover-${width}`);
    await code().page.keyboard.press('Escape');
  });

  test('are in quick fixes, and a width that costs nothing is one', async () => {
    const editor = code().editor('net.mae');
    const fixes = await editor.quickFixes('bottleneck(out: 72', 3);
    expect(fixes.join('\n')).toMatch(/Widen C2 output 72 → 80: free on toy, \+[\d.]+ score/);
    expect(fixes.join('\n')).toMatch(/\+[\d.]+ ms on toy/);
    await code().screenshot(`latency-fixes-${width}`);
    await code().page.keyboard.press('Escape');
  });
});

describe('a profile that comes while a file is open', () => {
  const code = useVSCode({ workspace: { 'net.mae': TEXT }, open: 'net.mae', settings: MINIMAP });

  test('is missed at its name, where a quick fix makes it', async () => {
    const editor = code().editor('net.mae');
    await editor.squiggle(10);
    expect(await editor.quickFixes('on toy', 4)).toContain('Make a profile of this machine as toy');
    await code().screenshot('latency-no-profile');
    await code().page.keyboard.press('Escape');
  });

  test('and shows in hints, lens, picture and problems without a key pressed', async () => {
    const editor = code().editor('net.mae');
    await code().palette('MAE-DET: Show Architecture Picture');
    const picture = new Webview(code(), 'picture');
    await picture.waitFor('h2', /^net: /);
    code().write('toy.maeprofile.json', TOY);
    await editor.lens(/ms on toy, \d+ % of live/);
    await editor.clean('error');
    await picture.waitFor('h2', /ms on toy at 3×320×320$/);
    await code().screenshot('latency-picture');
    code().write('toy.maeprofile.json', '{');
    await editor.squiggle(10);
  });
});

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { chooseTheme } from './harness/webview.ts';
import { ROOT } from './setup/vsix.ts';

const EXAMPLES = path.join(ROOT, 'examples');
const MINIMAP = { 'editor.minimap.enabled': true };
const NAMES = readdirSync(EXAMPLES).filter((file) => file.endsWith('.mae'));

describe('numbers behind the lines of every example, with side bar and minimap at 1280 pixels', () => {
  const code = useVSCode({
    workspace: EXAMPLES,
    open: 'resnet50.mae',
    settings: MINIMAP,
    window: { width: 1280, height: 800 },
  });

  test.each(NAMES)('%s: all of each is visible, and they end in one column', async (name) => {
    const editor = await code().openFile(name);
    await editor.hint(/\+\d/);
    const { right } = await editor.textArea();
    const places = (await editor.lines()).flatMap(({ hint, hintPlace }) => (hint === '' ? [] : [hintPlace]));
    expect(places.length).toBeGreaterThan(4);
    for (const place of places) expect(place.right).toBeLessThanOrEqual(right);
    const ends = places.map((place) => place.right);
    expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(1);
  });

  test('where there is no room for units they stand over the columns; a max-pool has nothing to say', async () => {
    const editor = await code().openFile('resnet50.mae');
    expect(await editor.hint(/./, 4)).toBe('H · macs');
    expect(await editor.hint(/./, 11)).toBe('+61.0 29.9G');
    expect((await editor.lines()).find(({ text }) => text.includes('maxpool'))?.hint).toBe('');
    await code().screenshot('line-hints-1280');
  });

  test('the mouse on a hint shows every number of its line', async () => {
    const editor = await code().openFile('resnet50.mae');
    const text = await editor.hoverHint(11);
    for (const words of ['C4 · bottleneck × 6', 'fan-in', 'tinynas', 'params']) expect(text).toContain(words);
    await code().screenshot('line-hints-hover');
    await code().page.keyboard.press('Escape');
  });

  test.each(['Light Modern', 'Dark High Contrast', 'Light High Contrast', 'Dark Modern'])(
    'can be read in %s',
    async (theme) => {
      await chooseTheme(code(), theme);
      const editor = await code().openFile('maedet_m.mae');
      await editor.hint(/\+\d/);
      expect(await editor.hintContrast()).toBeGreaterThan(4.5);
      await code().screenshot(`line-hints-${theme}`);
    },
  );
});

const TEXT = `backbone net {
  input 3 x 480 x 480
  stem     conv(out: 32, k: 3, s: 2)
  stage C2 bottleneck(out: 128, btn: 64, k: 3, s: 2) x 1
  stage C3 bottleneck(out: 512, btn: 128, k: 3, s: 2) x 1
}
`;

describe('the caret, in a window of 800 pixels with the minimap', () => {
  const code = useVSCode({
    workspace: { 'net.mae': TEXT, 'off.mae': TEXT, '.vscode/settings.json': '{}' },
    open: 'net.mae',
    settings: MINIMAP,
    window: { width: 800, height: 700 },
  });

  test('End goes to the end of the text; the start of the lines stays in view', async () => {
    await code().palette('View: Toggle Primary Side Bar Visibility');
    const editor = code().editor('net.mae');
    await editor.hint(/\+\d/, 4);
    await editor.goTo({ line: 4, column: 51 });
    const fifty = await editor.caret();
    await editor.goTo({ line: 4, column: 1 });
    const begin = await editor.caret();
    await code().page.keyboard.press('End');
    const column = (TEXT.split('\n')[3] ?? '').length;
    await code().status(`Ln 4, Col ${column + 1}`);
    const { left } = await editor.textArea();
    const line = (await editor.lines()).find(({ number }) => number === 4);
    const end = await editor.caret();
    expect(end.left).toBeLessThan(line?.hintPlace.left ?? 0);
    expect((50 * (end.left - begin.left)) / (fifty.left - begin.left)).toBeCloseTo(column, 0);
    expect(await editor.linesBegin()).toBe(left);
    await code().screenshot('line-hints-end-800');
  });

  test('typing there looks like typing: the hint keeps its place, and its last good numbers while the line is broken', async () => {
    const editor = code().editor('net.mae');
    const before = (await editor.lines()).find(({ number }) => number === 4);
    await editor.type('q');
    await editor.squiggle(4);
    const line = async () => (await editor.lines()).find(({ number }) => number === 4);
    const broken = await line();
    expect(broken?.text).toBe('  stage C2 bottleneck(out: 128, btn: 64, k: 3, s: 2) x 1q');
    expect(broken?.hint).toBe(before?.hint);
    expect(broken?.hintPlace.right).toBeCloseTo(before?.hintPlace.right ?? 0, 0);
    for (const key of ['Backspace', 'Backspace', '3']) await code().page.keyboard.press(key);
    await editor.clean();
    const hint = await editor.hint(/^\+23\.7 H/, 4);
    expect(hint).not.toBe(before?.hint);
    const ends = (await editor.lines()).flatMap(({ hint: h, hintPlace }) => (h === '' ? [] : [hintPlace.right]));
    expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(1);
    await code().palette('File: Revert File');
    await editor.waitForText(TEXT);
  });

  test('while one types no frame is without the hint', async () => {
    const editor = code().editor('net.mae');
    const hint = await editor.hint(/\+\d/, 4);
    await editor.goTo({ line: 4, column: (TEXT.split('\n')[3] ?? '').length + 1 });
    const stop = await editor.watchHint('stage C2');
    await code().page.keyboard.type('  // ok', { delay: 100 });
    const seen = await stop();
    expect(seen.length).toBeGreaterThan(20);
    expect(new Set(seen)).toEqual(new Set([hint]));
    await code().palette('File: Revert File');
    await editor.waitForText(TEXT);
  });

  test('a new line above takes no hint with it, and gives none away', async () => {
    const editor = code().editor('net.mae');
    const hints = [...(await editor.hints()).values()];
    await editor.goTo({ line: 4, column: 1 });
    await code().page.keyboard.press('Enter');
    const moved = new Map([3, 5, 6].map((line, index) => [line, hints[index]]));
    await expect.poll(() => editor.hints()).toEqual(moved);
    await editor.undo();
  });

  test('the editor’s own switch for hints holds for these', async () => {
    const editor = await code().openFile('off.mae');
    await editor.hint(/\+\d/, 4);
    code().write('.vscode/settings.json', JSON.stringify({ 'editor.inlayHints.enabled': 'off' }));
    await expect.poll(async () => (await editor.hints()).size, { timeout: 10_000 }).toBe(0);
    code().write('.vscode/settings.json', JSON.stringify({ 'mae-det.hints.parts': ['shape', 'params'] }));
    await editor.hint(/^32×240×240 · 928 params$/, 3);
  });
});

import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { until } from './harness/until.ts';
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
const OTHER = `backbone third {
  input 3 x 128 x 128
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64,  btn: 16, k: 3, s: 2) x 4
}
`;
const SETTINGS = '.vscode/settings.json';
const THEMES = { light: 'Light Modern', contrast: 'Dark High Contrast', dark: 'Dark Modern' };
/** For two busy cores. */
const PATIENT = { timeout: 20_000 };

describe('the comparison', () => {
  const code = useVSCode({
    workspace: {
      'two.mae': TEXT,
      'other.mae': OTHER,
      'sub/fourth.mae': OTHER.replace('third', 'fourth'),
      [SETTINGS]: '{}',
    },
    open: 'two.mae',
    window: { width: 1700, height: 1100 },
  });
  const view = () => new Webview(code(), 'compare');
  /** Waits until exactly these stand side by side, each with where it comes from; gives the whole table. */
  const columns = async (...names: string[]) => {
    await view().waitFor('thead', new RegExp(`^\\s*${names.join('\\s+')}\\s*$`));
    return (await view().locator('table')).innerText();
  };
  const group = async (label: string) => (await view().locator('.group')).filter({ hasText: label });
  const tick = async (name: string) => (await view().locator('label')).filter({ hasText: name }).click();

  test('lays the backbones of the file side by side, per stage', async () => {
    await code()
      .editor('two.mae')
      .hint(/^\+3\.3 H/, 3);
    await code().palette('Compare Backbones');
    const text = await columns('small', 'two.mae, reference', 'wide', 'two.mae');
    expect(text).toMatch(/C3\s+shape\s+128×32×32\s+256×32×32\s+blocks\s+1\s+2\s+\+1/);
    expect(text).toMatch(/macs\s+59\.51 M\s+295\.2 M\s+\+400 %/);
  });

  test('the differences are to whichever is chosen', async () => {
    await (await view().locator('#reference')).selectOption({ label: 'wide (two.mae)' });
    const text = await columns('small', 'two.mae', 'wide', 'two.mae, reference');
    expect(text).toMatch(/macs\s+59\.51 M\s+−80 %\s+295\.2 M/);
    await (await view().locator('#reference')).selectOption({ label: 'small (two.mae)' });
    await columns('small', 'two.mae, reference', 'wide', 'two.mae');
  });

  test('published backbones join, and it follows the text', async () => {
    await tick('resnet50');
    await columns('small', 'two.mae, reference', 'wide', 'two.mae', 'resnet50', 'Published');
    await view().waitFor('table', /C5\s+shape\s+–\s+–\s+2048×25×40/);
    await code().editor('two.mae').replace('2) x 2', '2) x 3');
    await view().waitFor('table', /blocks\s+1\s+3\s+\+2/);
    await code().editor('two.mae').replace('2) x 3', '2) x 2');
    await view().waitFor('table', /blocks\s+1\s+2\s+\+1/);
    await tick('resnet50');
    await columns('small', 'two.mae, reference', 'wide', 'two.mae');
  });

  test('a file is added by the keyboard alone, and stays when another one comes to the front', async () => {
    await (await view().locator('#add')).focus();
    await code().page.keyboard.press('Enter');
    await until('the files', async () => (await code().quickPick()).includes('other.mae'));
    await code().screenshot('compare-add');
    await code().page.keyboard.type('other.mae');
    await until('one file', async () => !(await code().quickPick()).includes('sub/fourth.mae'));
    await code().page.keyboard.press('Tab');
    await code().pick('other.mae');
    await code().page.keyboard.press('Enter');
    const both = ['small', 'two.mae, reference', 'wide', 'two.mae', 'third', 'other.mae'];
    await columns(...both);
    await view().waitFor('.notice', /inputs differ/);
    // Nobody opened it: what is on the disk counts, whoever writes there.
    code().write('other.mae', OTHER.replace('x 4', 'x 5'));
    await view().waitFor('table', /C2.*blocks\s+1\s+1\s+5\s+\+4/s);
    await code().editor('two.mae').focus();
    const editor = await code().openFile('other.mae');
    await columns(...both);
    // Open, its unsaved text counts.
    await editor.replace('x 5', 'x 6');
    await view().waitFor('table', /C2.*blocks\s+1\s+1\s+6\s+\+5/s);
    await editor.replace('x 6', 'x 5');
    await view().waitFor('table', /C2.*blocks\s+1\s+1\s+5\s+\+4/s);
  });

  test('all at one input size: that of one of them, or a typed one, which is checked', async () => {
    const inputs = (...sizes: string[]) => new RegExp(`input\\s+${sizes.map((s) => `3×${s}`).join('\\s+')}\\s+score`);
    await view().waitFor('table', inputs('256×256', '256×256', '128×128'));
    const size = await view().locator('#size');
    await size.selectOption({ label: '128×128 (third)' });
    await view().waitFor('table', inputs('128×128', '128×128', '128×128'));
    expect(await (await view().locator('.notice')).count()).toBe(0);
    await size.selectOption({ label: 'another size…' });
    await (await view().locator('#typed')).fill('64x99999');
    await code().page.keyboard.press('Enter');
    await view().waitFor(
      '#size-problem',
      /must be a whole number from 1 to 16,384, not 99999\. Each is shown at its own/,
    );
    await view().waitFor('table', inputs('256×256', '256×256', '128×128'));
    expect(await view().accessibility()).toEqual([]);
    await code().screenshot('compare-wrong-size');
    await (await view().locator('#typed')).fill('64x96');
    await code().page.keyboard.press('Enter');
    await view().waitFor('table', inputs('64×96', '64×96', '64×96'));
    await view().waitFor('#size-problem', /^$/);
  });

  test('a file with errors says so, and one that is gone too', async () => {
    const file = path.join(code().folder, 'sub', 'fourth.mae');
    await code().palette('Compare Backbones of Files…');
    await code().pick('sub/fourth.mae');
    await code().page.keyboard.press('Enter');
    await view().waitFor('table', /fourth/);
    code().write('sub/fourth.mae', OTHER.replace('third', 'fourth').replace('out: 16', 'out: many'));
    await expect.poll(async () => (await group('fourth.mae')).innerText(), PATIENT).toMatch(/Line 3: 'many' is not/);
    fs.rmSync(file);
    await expect.poll(async () => (await group('fourth.mae')).innerText(), PATIENT).toMatch(/no such file any more/);
    expect(await view().accessibility()).toEqual([]);
    await code().screenshot('compare-gone');
    code().write('sub/fourth.mae', OTHER.replace('third', 'fourth'));
    await view().waitFor('table', /fourth/);
    await (await group('fourth.mae')).getByRole('button', { name: 'Remove' }).click();
    await expect.poll(async () => (await group('fourth.mae')).count(), PATIENT).toBe(0);
  });

  test('follows the settings', async () => {
    const estimated = async (name: string) =>
      expect.poll(async () => (await view().locator('body')).innerText(), PATIENT).toContain(`Entropies: ${name}`);
    await estimated('fan-in');
    code().write(SETTINGS, '{ "mae-det.estimator": "exact" }');
    await estimated('exact');
    code().write(SETTINGS, '{}');
    await estimated('fan-in');
  });

  test('shuts nobody out, in every theme, and comes back after a reload', async () => {
    for (const [name, theme] of Object.entries(THEMES)) {
      await chooseTheme(code(), theme);
      expect(await view().accessibility(), theme).toEqual([]);
      await code().screenshot(`compare-${name}`);
    }
    const address = new URL(code().page.url());
    address.searchParams.delete('payload');
    await code().page.goto(address.href, { waitUntil: 'domcontentloaded' });
    await columns('small', 'two.mae, reference', 'wide', 'two.mae', 'third', 'other.mae');
    await view().waitFor('table', /input\s+3×64×96\s+3×64×96\s+3×64×96/);
  });

  test('files that are selected in the explorer are a comparison by themselves', async () => {
    await code().palette('Explorer: Focus on Folders View');
    const row = (name: string) => code().page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
    await row('other.mae').click();
    await row('two.mae').click({ modifiers: ['ControlOrMeta'] });
    await row('two.mae').click({ button: 'right' });
    const item = code().page.locator('.monaco-menu .action-label', { hasText: 'Compare Backbones of Files…' });
    await item.hover();
    // A menu that has just opened takes no click; a key it takes.
    await code().page.keyboard.press('Enter');
    await item.waitFor({ state: 'hidden' });
    await columns('third', 'other.mae', 'small', 'two.mae, reference', 'wide', 'two.mae');
  });
});

describe('designs that a measurement could not tell apart', () => {
  const net = (name: string, out: number): string => `backbone ${name} {
  input 3 x 128 x 128
  entropy C4: 1
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64, btn: 16, k: 3, s: 2) x 2
  stage C3 basic(out: 96, btn: 48, k: 3, s: 2) x 2
  stage C4 bottleneck(out: ${out}, btn: 32, k: 3, s: 2) x 2
}
`;
  const code = useVSCode({
    workspace: { 'alike.mae': net('one', 128) + net('other', 136), [SETTINGS]: '{}' },
    open: 'alike.mae',
  });

  test('are shown as equal, and a setting leaves that out', async () => {
    await code().editor('alike.mae').hint(/H /);
    await code().palette('Compare Backbones');
    const view = new Webview(code(), 'compare');
    await view.waitFor('.notice', /^The scores of one, other are equal as far as a measurement could tell/);
    await view.waitFor('table', /score, nats\s+\d+\.\d\s+\d+\.\d equal/);
    expect(await view.accessibility()).toEqual([]);
    await code().screenshot('compare-equal');
    code().write(SETTINGS, '{ "mae-det.evidence.hints": false }');
    await view.waitFor('table', /score, nats\s+\d+\.\d\s+\d+\.\d [+−]\d/);
    expect(await (await view.locator('.notice')).count()).toBe(0);
  });
});

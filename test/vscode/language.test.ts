import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';

const TEXT = `// A comment.
backbone net {
  input 3 x 480 x 480
  stem     conv(out: 32, k: 3, s: 2)
}

budget small {
  tinynas <= 18.8G
}

search {
  start net
  within small
  coarse-to-fine 50%
}
`;

/** Colours that no theme has, for what only the meaning tells apart. */
const MEANINGS = { 'class:mae': '#123456', 'interface:mae': '#654321' };

describe('a .mae file in VS Code', () => {
  const code = useVSCode({
    workspace: { 'net.mae': TEXT, 'empty.mae': '', 'deep/closed.mae': TEXT.replaceAll(' net', ' faraway') },
    open: 'net.mae',
    settings: { 'editor.semanticTokenColorCustomizations': { rules: MEANINGS } },
  });

  test('is in the language MAE and coloured', async () => {
    const editor = code().editor('net.mae');
    await code().language('MAE');
    // The grammar is loaded a moment after the text is drawn.
    await expect.poll(() => editor.colour('backbone'), { timeout: 30_000 }).not.toBe(await editor.colour('net'));
    const tokens = ['// A comment.', 'backbone', 'stem', 'conv', 'out', '480'];
    const colours = new Map(
      await Promise.all(tokens.map(async (token) => [token, await editor.colour(token)] as const)),
    );
    expect(new Set(colours.values()).size, JSON.stringify([...colours])).toBe(tokens.length);
    await code().screenshot('language');
  });

  test('names have the colours of what they name', async () => {
    const editor = code().editor('net.mae');
    await expect.poll(() => editor.colour('net'), { timeout: 30_000 }).toBe('rgb(18, 52, 86)');
    await expect.poll(() => editor.colour('small'), { timeout: 30_000 }).toBe('rgb(101, 67, 33)');
  });

  test('treats a name with hyphens as one word', async () => {
    const editor = code().editor('net.mae');
    await editor.goTo('coarse-to-fine', 9);
    await code().palette('Add Selection to Next Find Match');
    await code().status('(14 selected)');
  });

  test('finds a backbone by its name in a file that is not open', async () => {
    await code().page.keyboard.press('ControlOrMeta+P');
    await code().page.locator('.quick-input-widget:visible input.input').fill('#faraway');
    await expect.poll(() => code().quickPick(), { timeout: 30_000 }).toEqual(['faraway']);
    await code().page.keyboard.press('Enter');
    await code().editor('closed.mae').waitUntilShown();
    await code().status('Ln 2, Col 10');
    await code().openFile('net.mae');
  });

  test('comments a line out and in again', async () => {
    const editor = code().editor('net.mae');
    await editor.goTo('start net');
    await code().palette('Toggle Line Comment');
    expect(await editor.waitForText('// start net')).toContain('  // start net\n');
    await code().palette('Toggle Line Comment');
    expect(await editor.waitForText(/^ {2}start net$/m)).toBe(TEXT);
  });

  test('indents after a brace and closes it', async () => {
    const editor = await code().openFile('empty.mae');
    await editor.type('budget b {\nlayers <= 5');
    expect(await editor.waitForText('layers')).toBe('budget b {\n  layers <= 5\n}');
    await editor.save();
    expect(editor.onDisk()).toContain('  layers <= 5\n}');
  });

  test('fills in what a search needs', async () => {
    const editor = code().editor('empty.mae');
    await code().palette('Select All');
    await editor.type('search');
    const rows = code().page.locator('.suggest-widget.visible .monaco-list-row .label-name');
    await expect.poll(async () => (await rows.allInnerTexts())[0], { timeout: 30_000 }).toBe('search');
    await code().page.keyboard.press('Enter');
    expect(await editor.waitForText('start my_backbone')).toBe(
      'search {\n  start my_backbone\n  within my_budget\n  space sound\n  seed 0\n}\n',
    );
  });
});

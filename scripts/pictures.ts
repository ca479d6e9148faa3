import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import type { Editor } from '../test/vscode/harness/editor.ts';
import { until } from '../test/vscode/harness/until.ts';
import { VSCode } from '../test/vscode/harness/vscode.ts';
import { chooseTheme, Webview } from '../test/vscode/harness/webview.ts';
import { prepare } from '../test/vscode/setup/prepare.ts';
import { packageExtension, ROOT } from '../test/vscode/setup/vsix.ts';

/**
 * Takes the pictures of README, docs and walkthrough in real VS Code: `npm run pictures`, after something visible has
 * changed. Those of the views are taken in other themes too; they stay in test-results/screenshots, to be looked at.
 */
const PICTURES = path.join(ROOT, 'docs', 'pictures');
const OTHER_THEMES = { light: 'Light Modern', contrast: 'Dark High Contrast' };
const DARK = 'Dark Modern';
/** Sizes of the window in pixels: a file alone, and a file with a view beside it. */
const EDITOR = { width: 1400, height: 760 };
const BESIDE = { width: 1700, height: 1040 };
const PICTURE = { width: 1700, height: 760 };

const TASK = 'r50_search.mae';
/** Enough for curves that bend where anybody can see it. */
const LONG = { from: 'evaluations 96000', to: 'evaluations 3000000' };

const code = await VSCode.start({
  programs: await prepare(),
  vsix: await packageExtension(),
  workspace: path.join(ROOT, 'examples'),
  open: TASK,
  settings: { 'workbench.activityBar.location': 'hidden', 'editor.hover.delay': 100 },
  window: EDITOR,
});

/** A picture with the mouse out of the way, which lights up whatever it rests on. */
async function look(name: string): Promise<string> {
  await code.page.mouse.move(1, 1);
  await code.page.locator('.monaco-sash.hover').waitFor({ state: 'detached' });
  return code.screenshot(name);
}

const take = async (name: string): Promise<void> => keep(name, await look(name));

/** Keeps a picture in docs/pictures: 256 colours are enough for an editor, and a quarter of the size. */
async function keep(name: string, file: string): Promise<void> {
  fs.mkdirSync(PICTURES, { recursive: true });
  const { size } = await sharp(file)
    .png({ palette: true, quality: 90, effort: 10, compressionLevel: 9 })
    .toFile(path.join(PICTURES, `${name}.png`));
  console.log(`${name}.png: ${Math.round(size / 1000)} kB`);
}

async function takeInEveryTheme(name: string): Promise<void> {
  for (const [suffix, theme] of Object.entries(OTHER_THEMES)) {
    await chooseTheme(code, theme);
    await look(`${name}-${suffix}`);
  }
  await chooseTheme(code, DARK);
  await take(name);
}

/** Closes the view beside an editor. */
async function alone(editor: Editor): Promise<void> {
  await editor.focus();
  await code.palette('View: Close Editors in Other Groups');
}

async function hoverAndFixes(editor: Editor): Promise<void> {
  await editor.hint(/2048×15×15/);
  await editor.lens(/Run search/);
  await take('hints');
  await editor.hover('bottleneck(out: 768');
  // What each change would win stands below what the group yields.
  const slider = code.page.locator('.monaco-hover:not(.hidden) .scrollbar.vertical .slider');
  const top = async () => /top: (\d+)px/.exec((await slider.getAttribute('style')) ?? '')?.[1] ?? '0';
  for (const key of ['ControlOrMeta+K', 'ControlOrMeta+I']) await code.page.keyboard.press(key);
  for (let line = 0; line < 7; line++) await code.page.keyboard.press('ArrowDown');
  await until('the hover to be scrolled', async () => Number(await top()) > 0);
  await take('hover');
  // The next hover would begin where this one ends.
  await code.page.keyboard.press('Home');
  await until('the hover to be as it was', async () => (await top()) === '0');
  await code.page.keyboard.press('Escape');
  await editor.quickFixes('btn: 256, k: 3, s: 2');
  await take('quick-fix');
  await code.page.keyboard.press('Escape');
}

/** The mouse stays on the stage: its hover is what there is to see. */
async function measured(editor: Editor): Promise<void> {
  await code.palette('MAE-DET: Measure Entropy');
  await editor.lens(/measured C5/);
  await editor.hover('stage C4');
  await keep('measured', await code.screenshot('measured'));
  await code.page.keyboard.press('Escape');
}

/** The front of a search from the start network: the file is as it was, and its diff is that to the best. */
async function searches(editor: Editor): Promise<void> {
  await code.palette('Run MAE-DET Search');
  await code.notification(/r50_start: score/);
  await editor.waitForText(/x 7/);
  await editor.lens(/Z 2095/);
  await editor.hint(/2048×15×15/);
  await until('its message alone', async () => (await code.notifications()).length === 1);
  await take('found');
  await code.clearNotifications();
  await editor.undo();
  await code.page.setViewportSize(BESIDE);
  await editor.replace(LONG.from, LONG.to);
  await code.palette('Show Search Dashboard');
  const dashboard = new Webview(code, 'dashboard');
  await dashboard.waitFor('.status', /^Done/);
  await dashboard.click('#front');
  await dashboard.waitFor('.status', /^Running/);
  await dashboard.waitFor('.status', /^Done/);
  await code.clearNotifications();
  await editor.goTo({ line: 1, column: 1 });
  await takeInEveryTheme('dashboard');
  await editor.focus();
  await code.palette('File: Revert File');
  await editor.waitForText(LONG.from);
  await alone(editor);
}

async function architecture(): Promise<void> {
  await code.page.setViewportSize(PICTURE);
  const editor = await code.openFile('maedet_m.mae');
  await editor.hint(/2048×25×40/);
  await code.palette('Show Architecture Picture');
  await new Webview(code, 'picture').waitFor('h2', /^maedet_m/);
  await editor.goTo('stage C4');
  await takeInEveryTheme('picture');
  await alone(editor);
}

async function comparison(): Promise<void> {
  await code.page.setViewportSize(BESIDE);
  const editor = await code.openFile('maedet_m.mae');
  await editor.hint(/2048×25×40/);
  await code.palette('Compare Backbones');
  const view = new Webview(code, 'compare');
  await (await view.locator('label')).filter({ hasText: 'maedet_l' }).click();
  await (await view.locator('label')).filter({ hasText: 'resnet50' }).click();
  await view.click('#add');
  await code.pick(TASK);
  await code.page.keyboard.press('Enter');
  await view.waitFor('thead', /r50_start/);
  await (await view.locator('#size')).selectOption('800x1280');
  await view.waitFor('table', /3×800×1280\s+3×800×1280\s+3×800×1280/);
  await takeInEveryTheme('compare');
}

try {
  await code.palette('View: Toggle Primary Side Bar Visibility');
  const editor = code.editor(TASK);
  await hoverAndFixes(editor);
  await measured(editor);
  await searches(editor);
  await architecture();
  await comparison();
} finally {
  await code.dispose();
}

import fs from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import sharp from 'sharp';
import type { Editor } from '../test/vscode/harness/editor.ts';
import { until } from '../test/vscode/harness/until.ts';
import { VSCode } from '../test/vscode/harness/vscode.ts';
import { chooseTheme, Webview } from '../test/vscode/harness/webview.ts';
import { prepare } from '../test/vscode/setup/prepare.ts';
import { packageExtension, ROOT } from '../test/vscode/setup/vsix.ts';

/**
 * Takes the pictures of README, docs and walkthrough in real VS Code: `npm run pictures`, after something visible has
 * changed. Those of README and docs show a dark window; those of the walkthrough only what a step is about, dark and light.
 * The views are taken in high contrast too; that stays in test-results/screenshots, to be looked at.
 */
const PICTURES = path.join(ROOT, 'docs', 'pictures');
const WALKTHROUGH = path.join(ROOT, 'media', 'walkthrough');
const CONTRAST = 'Dark High Contrast';
type Theme = 'light' | 'dark';
/** The last one is that of README and docs. */
const THEMES: readonly (readonly [Theme, string])[] = [
  ['light', 'Light Modern'],
  ['dark', 'Dark Modern'],
];
/** A step of the walkthrough shows no more pixels than this: its column is half a window wide, and words must be read. */
const STEP = { width: 860, height: 560 };
/** Sizes of the window in pixels: a file alone, and a file with a view beside it. */
const EDITOR = { width: 1400, height: 760 };
const BESIDE = { width: 1700, height: 1040 };
const PICTURE = { width: 1700, height: 760 };
const MODEL = { width: 1400, height: 1040 };

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

const take = async (name: string): Promise<void> => keep(path.join(PICTURES, `${name}.png`), await look(name));

/** Keeps a picture: 256 colours are enough for an editor, and a quarter of the size. */
async function keep(target: string, picture: string | Buffer): Promise<void> {
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const { size } = await sharp(picture)
    .png({ palette: true, quality: 90, effort: 10, compressionLevel: 9 })
    .toFile(target);
  console.log(`${path.relative(ROOT, target)}: ${Math.round(size / 1000)} kB`);
}

/** Keeps the part of the window that a step of the walkthrough is about: these elements, from the upper left corner. */
async function keepStep(step: string, theme: Theme, parts: readonly Locator[], margin = 12): Promise<void> {
  const boxes = (await Promise.all(parts.map((part) => part.first().boundingBox()))).filter((box) => box !== null);
  const left = Math.min(...boxes.map((box) => box.x)) - margin;
  const top = Math.min(...boxes.map((box) => box.y)) - margin;
  const clip = {
    x: Math.max(0, left),
    y: Math.max(0, top),
    width: Math.min(STEP.width, Math.max(...boxes.map((box) => box.x + box.width)) + margin - left),
    height: Math.min(STEP.height, Math.max(...boxes.map((box) => box.y + box.height)) + margin - top),
  };
  await keep(path.join(WALKTHROUGH, `${step}-${theme}.png`), await code.page.screenshot({ clip }));
}

/** In both themes what a step shows, if it is one; then the window as README and docs have it. */
async function takeView(name: string, step?: string): Promise<void> {
  await chooseTheme(code, CONTRAST);
  await look(`${name}-contrast`);
  for (const [theme, label] of THEMES) {
    await chooseTheme(code, label);
    await look(`${name}-${theme}`);
    if (step !== undefined) await keepStep(step, theme, [code.page.locator('.webview.ready').last()], 0);
  }
  await take(name);
}

const HOVER = '.monaco-hover:not(.hidden)';
const lineOf = (words: string): Locator => code.page.locator('.view-line', { hasText: words });

/** Closes the view beside an editor. */
async function alone(editor: Editor): Promise<void> {
  await editor.focus();
  await code.palette('View: Close Editors in Other Groups');
}

async function hoverAndFixes(editor: Editor, theme: Theme): Promise<void> {
  await editor.hint(/\+\d/);
  await editor.lens(/Run search/);
  await take('hints');
  await keepStep('new', theme, [code.page.locator('.editor-instance .monaco-editor .lines-content')]);
  await editor.hover('bottleneck(out: 768');
  await take('hover');
  await keepStep('read', theme, [lineOf('768'), code.page.locator(HOVER)]);
  await code.page.keyboard.press('Escape');
  await editor.quickFixes('btn: 256, k: 3, s: 2');
  await take('quick-fix');
  await keepStep('fix', theme, [lineOf('768'), code.page.locator('.action-widget')]);
  await code.page.keyboard.press('Escape');
}

/** Scrolls the hover to its end: what was measured stands below the next changes and the costs. */
async function scrollHover(): Promise<void> {
  const end = code.page.locator(HOVER).getByText(/^Measured on/);
  const bottom = async (part: Locator): Promise<number> => {
    const box = await part.first().boundingBox();
    return box === null ? Number.POSITIVE_INFINITY : box.y + box.height;
  };
  for (const key of ['ControlOrMeta+K', 'ControlOrMeta+I', 'End']) await code.page.keyboard.press(key);
  await until('the end of the hover', async () => (await bottom(end)) < (await bottom(code.page.locator(HOVER))));
}

/** The mouse stays on the stage: its hover is what there is to see. */
async function measured(editor: Editor, theme: Theme): Promise<void> {
  await code.palette('MAE-DET: Measure Entropy');
  await editor.lens(/measured C5/);
  await editor.hover('stage C4');
  await scrollHover();
  await keep(path.join(PICTURES, 'measured.png'), await code.screenshot('measured'));
  await keepStep('measure', theme, [lineOf('stage C4'), code.page.locator(HOVER)]);
  await code.page.keyboard.press('Escape');
}

/** The front of a search from the start network: the file is as it was, and its diff is that to the best. */
async function searches(editor: Editor): Promise<void> {
  await code.palette('Run MAE-DET Search');
  await code.notification(/^r50_st.*: score/);
  await editor.waitForText(/x 7/);
  await editor.lens(/Z 2095/);
  await editor.hint(/\+\d/);
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
  await takeView('dashboard', 'search');
  await editor.focus();
  await code.palette('File: Revert File');
  await editor.waitForText(LONG.from);
  await alone(editor);
}

async function architecture(): Promise<void> {
  await code.page.setViewportSize(PICTURE);
  const editor = await code.openFile('maedet_m.mae');
  await editor.hint(/\+\d/);
  await code.palette('Show Architecture Picture');
  await new Webview(code, 'picture').waitFor('h2', /^maedet_m/);
  await editor.goTo('stage C4');
  await takeView('picture');
  await alone(editor);
}

async function comparison(): Promise<void> {
  await code.page.setViewportSize(BESIDE);
  const editor = await code.openFile('maedet_m.mae');
  await editor.hint(/\+\d/);
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
  await takeView('compare', 'compare');
}

async function model(): Promise<void> {
  await code.page.setViewportSize(MODEL);
  const golden = path.join(ROOT, 'test', 'fixtures', 'onnx', 'resnet50.unfolded.onnx');
  code.write('resnet50.onnx', fs.readFileSync(golden));
  await code.quickOpen('resnet50.onnx');
  const view = new Webview(code, 'model');
  await view.waitFor('.count', /^175 layers$/);
  await view.click('#sort-macs');
  await view.waitFor('tr[data-row="0"]', /118 M/);
  await (await view.frame()).evaluate('window.scrollTo(0, 0)');
  await takeView('model');
}

try {
  await code.palette('View: Toggle Primary Side Bar Visibility');
  const editor = code.editor(TASK);
  for (const [theme, label] of THEMES) {
    await chooseTheme(code, label);
    await hoverAndFixes(editor, theme);
  }
  for (const [theme, label] of THEMES) {
    await chooseTheme(code, label);
    await measured(editor, theme);
  }
  await searches(editor);
  await architecture();
  await comparison();
  await model();
} finally {
  await code.dispose();
}

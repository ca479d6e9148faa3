import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { model, type NodeSpec } from '../unit/exchange/onnx/encode.ts';
import { writeChain } from '../unit/exchange/onnx/sparse-file.ts';
import { useVSCode } from './harness/session.ts';
import { until } from './harness/until.ts';
import { chooseTheme, Webview } from './harness/webview.ts';

const golden = (file: string): Uint8Array => fs.readFileSync(new URL(`../fixtures/onnx/${file}`, import.meta.url));
/** For two busy cores. */
const PATIENT = { timeout: 20_000 };
const THEMES = {
  light: ['Light Modern', 'vscode-light'],
  contrast: ['Dark High Contrast', 'vscode-high-contrast'],
  dark: ['Dark Modern', 'vscode-dark'],
} as const;

/** Milliseconds, from the key to the first row, in one of so many tries. */
const SECOND = 1000;
const TRIES = 5;

const SCRIPT = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
/** Names that a page would run, if it took them for HTML. */
const HOSTILE: readonly NodeSpec[] = [
  { op: 'Relu', name: SCRIPT, in: ['x'], out: ['a'] },
  { op: SCRIPT, name: '=1+1', in: ['a'], out: ['y'], domain: SCRIPT },
];
const MANY = 5000;
const many = (): readonly NodeSpec[] =>
  Array.from({ length: MANY }, (_, i) => ({
    op: 'Relu',
    name: `/block.${i}/relu`,
    in: [i === 0 ? 'x' : `t${i}`],
    out: [`t${i + 1}`],
  }));

describe('the editor of ONNX models', () => {
  const code = useVSCode({
    workspace: {
      'resnet50.onnx': golden('resnet50.unfolded.onnx'),
      'dynamic.onnx': golden('resnet18.dynamic.onnx'),
      'small.onnx': golden('resnet18.folded.onnx'),
      'hostile.onnx': model({ nodes: HOSTILE }),
      'many.onnx': model({ nodes: many() }),
      'cut.onnx': golden('resnet18.folded.onnx').subarray(0, 5000),
      'notes.txt': 'nothing of ours\n',
    },
    open: 'notes.txt',
  });
  const view = () => new Webview(code(), 'model');
  const texts = async (selector: string): Promise<string[]> => (await view().locator(selector)).allInnerTexts();
  const rows = () => texts('tr[data-row]');
  const column = (id: string) => texts(`tr[data-row] > .${id}`);
  const press = (key: string) => code().page.keyboard.press(key);
  const selected = () => texts('[aria-selected="true"] > .group');
  const close = () => code().palette('View: Close Editor');
  /** A file that is opened before the window knows its extensions has no editor but that of texts, and keeps it. */
  const knowsModels = () =>
    until('the extension', async () =>
      (await code().paletteTitles('Import ONNX')).some((title) => title.includes('as .mae')),
    );

  test('shows what the model is and costs', async () => {
    writeChain(path.join(code().folder, 'heavy.onnx'), 137, 1024);
    await knowsModels();
    await code().quickOpen('resnet50.onnx');
    await view().waitFor('.summary', /Input\s+input 1×3×224×224/);
    expect(await texts('h1')).toEqual(['resnet50.onnx']);
    const summary = (await texts('.summary')).join();
    expect(summary).toMatch(/macs\s+4\.1\d* G: 4\.08\d G convolution, 2\.048 M linear, [\d.]+ M other/);
    expect(summary).toMatch(/params\s+25\.56 M, 23\.45 M of them in the kernels of convolutions/);
    expect(summary).toMatch(/Layers\s+175, 53 of them convolutions/);
    expect(await texts('.scrolls th[scope="row"]')).toEqual(['C1', 'C2', 'C3', 'C4', 'C5']);
    expect((await texts('.scrolls td')).filter((text) => text.includes('×'))).toEqual([
      '64×112×112',
      '256×56×56',
      '512×28×28',
      '1024×14×14',
      '2048×7×7',
    ]);
    expect(await (await view().locator('.picture .name')).allTextContents()).toEqual(['C1', 'C2', 'C3', 'C4', 'C5']);
    expect((await rows())[0]).toMatch(
      /^1\s+Conv\s+\S*conv1\S*\s+1×64×112×112\s+7×7\s+2\s+1\s+118 M\s+2\.9 %\s+9\.408 k/,
    );
  });

  test('layers are put in order by a column, as its head says', async () => {
    await view().click('#sort-macs');
    const order = async () => (await view().locator('th[aria-sort]')).evaluateAll(orders);
    await expect.poll(async () => (await column('macs'))[0], PATIENT).toBe('118 M');
    expect(await order()).toEqual(['descending']);
    // The keyboard stays on the head while the rows are built anew.
    await press('Enter');
    await expect.poll(async () => (await column('macs'))[0], PATIENT).toBe('–');
    expect(await order()).toEqual(['ascending']);
    await press('Enter');
    await expect.poll(async () => (await column('group'))[1], PATIENT).toBe('2');
    await view().click('#sort-op');
    await expect.poll(async () => (await column('op'))[0], PATIENT).toBe('Add');
    expect(await order()).toEqual(['ascending']);
  });

  test('layers are looked through by words and operator, and copied as they are shown', async () => {
    await view().click('#search');
    await code().page.keyboard.type('layer4 3x3');
    await view().waitFor('.count', /^0 of 175 layers$/);
    await (await view().locator('#search')).fill('layer4 7x7');
    await view().waitFor('.count', /^\d\d of 175 layers$/);
    await (await view().locator('#operator')).selectOption('Conv');
    await view().waitFor('.count', /^9 of 175 layers$/);
    expect(new Set(await column('op'))).toEqual(new Set(['Conv']));
    await view().click('#copy-tsv');
    const copied = () => code().page.evaluate<string>('navigator.clipboard.readText()');
    await until('the copy', async () => (await copied()).startsWith('number\toperator'));
    expect((await copied()).trimEnd().split('\n')).toHaveLength(10);
    await (await view().locator('#operator')).selectOption('');
    await (await view().locator('#search')).fill('');
    await view().waitFor('.count', /^175 layers$/);
  });

  test('the keyboard goes from row to row', async () => {
    await view().click('#sort-group');
    await (await view().locator('#layers')).focus();
    for (const key of ['ArrowDown', 'ArrowDown']) await press(key);
    await expect.poll(selected, PATIENT).toEqual(['3']);
    await press('End');
    await expect.poll(selected, PATIENT).toEqual(['175']);
    expect(await (await view().locator('#layers')).getAttribute('aria-activedescendant')).toBe('layer-174');
    await press('PageUp');
    const [up = ''] = await selected();
    expect(Number(up)).toBeLessThan(170);
    await press('Home');
    await expect.poll(selected, PATIENT).toEqual(['1']);
  });

  test('order, words and place are there again when it comes back, and after a reload', async () => {
    await view().click('#sort-macs');
    await (await view().locator('#search')).fill('layer');
    await view().waitFor('.count', /^\d+ of 175 layers$/);
    await (await view().locator('#layers')).focus();
    await press('End');
    await expect.poll(async () => (await selected()).length, PATIENT).toBe(1);
    const [last = ''] = await selected();
    await code().openFile('notes.txt');
    await code().quickOpen('resnet50.onnx');
    const isBack = async () => {
      await view().waitFor('.count', /^\d+ of 175 layers$/);
      expect(await (await view().locator('th[aria-sort]')).evaluateAll(orders)).toEqual(['descending']);
      await expect.poll(() => column('group'), PATIENT).toContain(last);
    };
    await isBack();
    const reloaded = code().page.waitForEvent('load');
    await code().palette('Developer: Reload Window');
    await reloaded;
    // Opened again by the address of the window: until it is, a key may go into it.
    await code().editor('notes.txt').waitUntilShown();
    await knowsModels();
    await code().quickOpen('resnet50.onnx');
    await isBack();
  });

  test('another size of images is counted, and what is none is said', async () => {
    await code().quickOpen('dynamic.onnx');
    await view().waitFor('.notice', /leaves the size of its images open: these are the numbers at 224×224/);
    await view().waitFor('.summary', /1\.814 G convolution/);
    await (await view().locator('#size')).fill('448x224');
    await press('Enter');
    await view().waitFor('.summary', /3\.627 G convolution/);
    await (await view().locator('#size')).fill('448');
    await press('Enter');
    await view().waitFor('.problem', /'448' is not HEIGHTxWIDTH/);
    await view().click('#size-own');
    await expect.poll(() => texts('.problem'), PATIENT).toEqual(['']);
    await view().waitFor('.summary', /1\.814 G convolution/);
  });

  test('follows the file on the disk, through a half-written one', async () => {
    code().write('dynamic.onnx', golden('resnet50.folded.onnx').subarray(0, 9000));
    await view().waitFor('.notice', /no ONNX model, or it is damaged: .* \(byte \d+\)/);
    code().write('dynamic.onnx', golden('resnet50.folded.onnx'));
    await view().waitFor('.summary', /122, 53 of them convolutions/);
    await close();
  });

  test('a damaged file is a message, with a button to try again', async () => {
    await code().quickOpen('cut.onnx');
    await view().waitFor('.notice', /no ONNX model, or it is damaged: .* \(byte \d+\)/);
    fs.writeFileSync(path.join(code().folder, 'cut.onnx'), golden('resnet18.folded.onnx'));
    await view()
      .click('#retry')
      .catch(() => undefined);
    await view().waitFor('.summary', /49, 20 of them convolutions/);
    await close();
  });

  test('names are text, whatever they say', async () => {
    await code().quickOpen('hostile.onnx');
    await view().waitFor('#layers', /<img src=x/);
    await view().waitFor('#app', /Not counted.*operators of the domain <img/s);
    const frame = await view().frame();
    expect(await frame.locator('img, main script').count()).toBe(0);
    expect(await frame.title()).not.toBe('1');
    await view().click('#copy-csv');
    const copied = () => code().page.evaluate<string>('navigator.clipboard.readText()');
    await until('the copy', async () => (await copied()).includes(",'=1+1,"));
    await close();
  });

  test('thousands of layers are walked through, and only those on the screen are in the page', async () => {
    await code().quickOpen('many.onnx');
    await view().waitFor('.count', new RegExp(`^${MANY} layers$`));
    expect((await rows()).length).toBeLessThan(100);
    await (await view().locator('#layers')).focus();
    await press('End');
    await expect.poll(selected, PATIENT).toEqual([String(MANY)]);
    expect((await rows()).length).toBeLessThan(100);
    await (await view().locator('#search')).fill('block.4321/');
    await view().waitFor('.count', new RegExp(`^1 of ${MANY} layers$`));
    expect(await column('group')).toEqual(['4322']);
    await close();
  });

  test('importing says where nothing can be imported', async () => {
    await code().quickOpen('hostile.onnx');
    await view().click('#import');
    await code().notification(/^No backbone is recognised in hostile\.onnx: /);
    await code().clearNotifications();
    await close();
  });

  test('a model of half a gigabyte is there within a second', async () => {
    expect(fs.statSync(path.join(code().folder, 'heavy.onnx')).size).toBeGreaterThan(570e6);
    const open = async (name: string, first: RegExp): Promise<number> => {
      const began = await code().quickOpen(name);
      await view().waitFor('tr[data-row] .name', first);
      const took = performance.now() - began;
      await close();
      return took;
    };
    const heavy: number[] = [];
    const small: number[] = [];
    // The machine does other things too: what counts is the best of some, and where that is no second, that a small
    // model takes as long.
    while (heavy.length < TRIES && Math.min(...heavy) > SECOND) {
      small.push(await open('small.onnx', /conv1/));
      heavy.push(await open('heavy.onnx', /layer\.0\/conv/));
    }
    console.log(
      `Half a gigabyte was opened in ${heavy.map(Math.round).join(', ')} ms, a small model in ${small.map(Math.round).join(', ')} ms.`,
    );
    expect(Math.min(...heavy)).toBeLessThan(Math.max(SECOND, 2 * Math.min(...small)));
  });

  test('shuts nobody out, in every theme, narrow and wide', async () => {
    await code().quickOpen('resnet50.onnx');
    await view().waitFor('.summary', /Input/);
    await view().click('#sort-group');
    await (await view().locator('#search')).fill('');
    for (const [name, [theme, kind]] of Object.entries(THEMES)) {
      await chooseTheme(code(), theme);
      await (await view().locator(`body.${kind}`)).waitFor();
      expect(await view().accessibility(), theme).toEqual([]);
      // At the top, as it opens.
      await (await view().frame()).evaluate('window.scrollTo(0, 0)');
      for (const width of [1280, 800]) {
        await code().page.setViewportSize({ width, height: 900 });
        await code().screenshot(`model-${name}-${width}`);
      }
      await code().page.setViewportSize({ width: 1280, height: 900 });
      await (await view().locator('#layers')).focus();
      await press('End');
      await code().screenshot(`model-layers-${name}`);
      await press('Home');
    }
  });
});

const orders = (nodes: readonly { getAttribute(name: string): string | null }[]): (string | null)[] =>
  nodes.map((node) => node.getAttribute('aria-sort'));

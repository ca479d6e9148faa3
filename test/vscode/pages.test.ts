import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { ToCompare } from '../../client/src/compare/messages.ts';
import { EMPTY, newRun, reduce } from '../../client/src/dashboard/state.ts';
import type { ToNumbers } from '../../client/src/numbers/messages.ts';
import { pageOf } from '../../client/src/webviews/html.ts';
import { BUILT_IN, comparedCosts, comparedDesigns, comparedObjectives } from '../../server/src/features/comparison.ts';
import { numbersTable } from '../../server/src/features/numbers-table.ts';
import { DEFAULT_OPTIONS } from '../../server/src/features/options.ts';
import { picture } from '../../server/src/features/picture.ts';
import { snapshotOf } from '../../server/src/features/snapshot.ts';
import { about, BEGUN, design, tick } from '../unit/client/runs.ts';
import { findings } from './harness/accessibility.ts';
import { ROOT } from './setup/vsix.ts';

/** The pages in another language, as VS Code would load them: the same HTML, policy, scripts and messages. */

const TEXT = `backbone small {
  input 3 x 256 x 256
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64, btn: 16, k: 3, s: 2) x 2
}
backbone wide {
  input 3 x 128 x 128
  stem     conv(out: 32, k: 3, s: 2)
  stage C2 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1
}
`;
const SNAPSHOT = snapshotOf(TEXT);
const DESIGNS = comparedDesigns(SNAPSHOT, 'file:///a.mae');
const COMPARISON: ToCompare = {
  type: 'designs',
  uri: 'file:///a.mae',
  estimator: 'fanIn',
  costs: comparedCosts(),
  objectives: comparedObjectives(),
  groups: [
    { uri: 'file:///a.mae', label: 'a.mae', stays: true, problem: undefined, designs: DESIGNS },
    { uri: undefined, label: '已发表', stays: false, problem: undefined, designs: comparedDesigns(SNAPSHOT, BUILT_IN) },
  ],
  shown: DESIGNS.map((d) => d.id),
  reference: undefined,
  evidence: true,
  at: '320x320',
  atProblem: undefined,
};
const CURVE = [50e6, 100e6, 200e6].map((limit, i) => ({
  limit,
  score: 100 + 10 * i,
  bound: 100 + 10 * i,
  proven: true,
}));
const RUNS = ['a', 'b'].reduce((state, id) => {
  const started = reduce(state, { type: 'started', run: newRun(BEGUN, about(id)) });
  const front = [design(90, 50e6), design(119, 115e6)];
  const found = [tick(id, 1000, 110), { ...tick(id, 2000, 120), front }].reduce(reduce, started);
  const frontier = { cost: 'macs', knee: 1, points: CURVE };
  return [
    { type: 'status', id, status: 'done', message: '' } as const,
    { type: 'frontier', id, frontier } as const,
  ].reduce(reduce, found);
}, EMPTY);
const DRAWING = picture(SNAPSHOT, DEFAULT_OPTIONS)[0];
const STATE = { ...RUNS, compared: ['a', 'b'], ...(DRAWING === undefined ? {} : { drawing: DRAWING }) };

const MESSAGES: Readonly<Record<string, unknown>> = {
  picture: { type: 'picture', uri: 'file:///a.mae', file: 'a.mae', backbones: picture(SNAPSHOT, DEFAULT_OPTIONS) },
  compare: COMPARISON,
  dashboard: { type: 'snapshot', state: STATE },
  numbers: {
    type: 'numbers',
    file: 'a.mae',
    backbones: numbersTable(SNAPSHOT),
    saved: numbersTable(snapshotOf(TEXT.replace('out: 64', 'out: 80').replace('s: 2) x 2', 's: 2) x 3'))),
    sort: { column: 'macs', descending: true },
  } satisfies ToNumbers,
};

/** What each page says in Chinese once it got its message. */
const SAID: Readonly<Record<string, readonly string[]>> = {
  picture: ['a.mae 的架构', '成本（macs）', '以表格显示', '导出为 SVG'],
  compare: ['骨干网络', '它们的输入尺寸不同', '得分（nat）', '整体', '添加文件', '移除', '其他尺寸', '基准'],
  dashboard: [
    '已完成',
    '上界',
    '应用到 a.mae',
    '400 M 的 30 %',
    '帕累托前沿',
    '最高得分随 macs 上限的变化',
    '此工作区的搜索记录',
    '随机种子',
    '得分与评估次数',
  ],
  numbers: ['small，输入 3×256×256', '原为 80×64×64', '整体，以及得分 Z', '增量', '阶段', '术语说明'],
};

/** Words of the language and of the field, and what stands in these designs: the same in every language. */
const SAME =
  /\b(mae|macs|thop|mmcv|tinynas|params|layers|memory|activations|rho|fan|in|exact|linear|relu|finite|width|conv|bottleneck|small|wide|laptop|search|seed|evaluations|backbone|SVG|MAE|DET|nat|MB|kB|[CkMGBZsxx×]\d*|AM|PM)\b/g;

const ADDRESS = 'https://pages.test';
const BUNDLE = JSON.parse(readFileSync(path.join(ROOT, 'l10n', 'bundle.l10n.zh-cn.json'), 'utf8'));

describe('a page in Simplified Chinese', () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: inject('programs').chromium, args: ['--no-sandbox'] });
  });
  afterAll(async () => browser?.close());

  async function open(name: string, strings: Readonly<Record<string, unknown>> | undefined): Promise<Page> {
    if (browser === undefined) throw new Error('The browser runs only inside a test.');
    const page = await browser.newPage({ viewport: { width: 1100, height: 1000 } });
    const [script, style] = [`${ADDRESS}/${name}.js`, `${ADDRESS}/${name}.css`];
    const language = strings === undefined ? 'en' : 'zh-cn';
    const html = pageOf({ name, title: name, script, style, source: ADDRESS, language, strings });
    await page.route(`${ADDRESS}/**`, (route) => {
      const file = new URL(route.request().url()).pathname.slice(1);
      return file === ''
        ? route.fulfill({ body: html, contentType: 'text/html' })
        : route.fulfill({ path: path.join(ROOT, 'dist', 'webview', file) });
    });
    await page.addInitScript('globalThis.acquireVsCodeApi = () => ({ postMessage() {}, setState() {} })');
    await page.goto(ADDRESS);
    await page.locator('main > *').first().waitFor({ state: 'attached' });
    await page.evaluate(`window.postMessage(${JSON.stringify(MESSAGES[name])})`);
    return page;
  }

  test.each(Object.keys(MESSAGES))('%s says everything in it, and shuts nobody out', async (name) => {
    const page = await open(name, BUNDLE);
    for (const words of SAID[name] ?? []) await page.getByText(words).first().waitFor({ state: 'attached' });
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-cn');
    for (const summary of await page.locator('summary').all()) await summary.click();
    await page.screenshot({
      path: path.join(ROOT, 'test-results', 'screenshots', `zh-cn-${name}.png`),
      fullPage: true,
    });
    const text = await page.locator('main').innerText();
    expect(text.replaceAll(SAME, '').match(/[A-Za-z]{2,}/g)).toBeNull();
    const names = await page.locator('[aria-label]').evaluateAll((all) => all.map((e) => e.getAttribute('aria-label')));
    expect(
      names
        .join(' ')
        .replaceAll(SAME, '')
        .match(/[A-Za-z]{2,}/g),
    ).toBeNull();
    expect(await findings(page.mainFrame())).toEqual([]);
    await page.close();
  });

  test('without strings of its language it is plain English', async () => {
    const page = await open('compare', undefined);
    await page.getByText('Their inputs differ, and with them their costs.').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });
});

import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { snapshotOf } from '../../server/src/features/snapshot.ts';
import { reportPage } from '../../server/src/report/page.ts';
import { reportedFile, TEXT } from '../unit/report/reported.ts';
import { findings } from './harness/accessibility.ts';
import { contrast } from './harness/contrast.ts';
import { ROOT } from './setup/vsix.ts';

/** A report in a browser without a network: every kind of design, a budget that is exceeded, a front and problems. */
const PAGE = reportPage({
  files: [
    reportedFile(TEXT, 'designs/a_rather_long_path/of/some_company/detectors.mae', [
      'search first: no design within tight scores above 500.0; 10 M macs more buys +12 score',
    ]),
  ],
  front: { path: 'front.mae', snapshot: snapshotOf(TEXT) },
  version: '1.2.3',
});

const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [360, 1280] as const;

describe('a report', () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: inject('programs').chromium, args: ['--no-sandbox'] });
  });
  afterAll(async () => browser?.close());

  async function open(width: number, colorScheme: (typeof SCHEMES)[number] = 'light'): Promise<Page> {
    if (browser === undefined) throw new Error('The browser runs only inside a test.');
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, offline: true });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.setContent(PAGE);
    expect(asked).toEqual([]);
    return page;
  }

  const picture = (name: string): string => path.join(ROOT, 'test-results', 'screenshots', `report-${name}.png`);
  const looks = SCHEMES.flatMap((scheme) => WIDTHS.map((width) => [scheme, width] as const));

  test.each(looks)('shuts nobody out: %s, %d pixels', async (scheme, width) => {
    const page = await open(width, scheme);
    await page.screenshot({ path: picture(`${scheme}-${width}`), fullPage: true });
    expect(await findings(page.mainFrame())).toEqual([]);
    await page.context().close();
  });

  test.each(looks)('words and bars are told from what is behind them: %s, %d pixels', async (scheme, width) => {
    const page = await open(width, scheme);
    const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const fills = (selector: string): Promise<string[]> =>
      page.evaluate(`[...new Set([...document.querySelectorAll('${selector}')].map((e) => getComputedStyle(e).fill))]`);
    const [words, bars] = [await fills('svg text'), await fills('svg :is(.gain, .cost, .exact, .loss, .dot, .block)')];
    expect(words.length).toBeGreaterThan(0);
    expect(bars.length).toBeGreaterThan(3);
    for (const colour of words) expect(contrast(colour, ground), `text ${colour}`).toBeGreaterThanOrEqual(4.5);
    for (const colour of bars) expect(contrast(colour, ground), `bar ${colour}`).toBeGreaterThanOrEqual(3);
    await page.context().close();
  });

  test('is never wider than a narrow window; what is wider scrolls in a box that the keyboard reaches', async () => {
    const page = await open(360);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const boxes = page.locator('.scroll:visible');
    const wide = await boxes.evaluateAll((all) =>
      all.filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.getAttribute('aria-label')),
    );
    expect(wide).toContain('The stages of small');
    expect(wide).toContain('The picture of eyes');
    // From link to link and from box to box.
    const reached: string[] = [];
    const stops = await page.locator('a:visible, .scroll:visible').count();
    for (let i = 0; i < stops; i++) {
      await page.keyboard.press('Tab');
      const [name = '', outline] = await page.evaluate<string[]>(
        `[document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent,
          getComputedStyle(document.activeElement).outlineStyle]`,
      );
      expect(outline, name).toBe('solid');
      reached.push(name);
    }
    for (const name of wide) expect(reached).toContain(name);
    expect(reached).toContain('How each number was got');
    const box = page.getByRole('region', { name: 'The stages of small' });
    await box.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => box.evaluate((e) => e.scrollLeft)).toBeGreaterThan(0);
    await page.context().close();
  });

  test('shows the picture that fits', async () => {
    const wide = await open(1280);
    expect(await wide.locator('.wide:visible').count()).toBe(1);
    expect(await wide.locator('.narrow:visible').count()).toBe(0);
    expect(await wide.evaluate('document.documentElement.scrollWidth')).toBe(1280);
    await wide.setViewportSize({ width: 360, height: 800 });
    expect(await wide.locator('.wide:visible').count()).toBe(0);
    expect(await wide.locator('.narrow:visible').count()).toBe(1);
    await wide.context().close();
  });

  test.each(SCHEMES)('is printed in black on white, with nothing cut off, from a %s window', async (scheme) => {
    // The width of A4 between its margins, in pixels of paper.
    const page = await open(718, scheme);
    await page.emulateMedia({ media: 'print', colorScheme: scheme });
    await page.screenshot({ path: picture(`print-${scheme}`), fullPage: true });
    const colours = await page.evaluate<string[]>(
      '[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]',
    );
    expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(31, 31, 31)']);
    const cut = await page
      .locator('table:visible, svg:visible')
      .evaluateAll((all) =>
        all.filter((e) => e.getBoundingClientRect().right > 719).map((e) => e.outerHTML.slice(0, 80)),
      );
    expect(cut).toEqual([]);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.context().close();
  });
});

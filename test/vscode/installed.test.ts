import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';
import { until } from './harness/until.ts';

/** Of an <img>; the browser's types are not loaded here. */
interface Image {
  readonly alt: string;
  readonly naturalWidth: number;
}

const widths = (images: readonly Image[]): Record<string, number> =>
  Object.fromEntries(images.map(({ alt, naturalWidth }) => [alt, naturalWidth]));

describe('what the package brings', () => {
  const code = useVSCode({ workspace: { 'notes.txt': 'nothing of ours\n' }, open: 'notes.txt' });

  /** The page among VS Code's own that shows this text. */
  const frame = (text: string | RegExp): Promise<Frame> =>
    until(`a page with ${text}`, async () => {
      for (const one of code().page.frames()) {
        if (
          one !== code().page.mainFrame() &&
          (await one
            .getByText(text)
            .count()
            .catch(() => 0)) > 0
        )
          return one;
      }
      return undefined;
    });

  test('the page of the extension has no broken picture, and begins with what can be done there', async () => {
    await code().palette('View: Show Extensions');
    await code().page.locator('.extensions-list .monaco-list-row', { hasText: 'MAE-DET' }).first().click();
    const page = await frame('MAE-DET for VS Code');
    await code().screenshot('extension-page');
    const images = await page.locator('img').evaluateAll(widths);
    expect(Object.entries(images).filter(([, width]) => width === 0)).toEqual([]);
    const headings = await page.locator('h2').allInnerTexts();
    expect(headings[0]).toBe('Install');
    await code().palette('View: Close All Editors');
  });

  test('the palette offers only what can be done without a file', async () => {
    const titles = await code().paletteTitles('MAE-DET: ');
    expect(titles).toEqual(expect.arrayContaining(['MAE-DET: New Backbone File', 'MAE-DET: Open an Example']));
    for (const hidden of ['Measure Entropy', 'Cancel Measurement', 'Show Architecture Picture']) {
      expect(titles).not.toContain(`MAE-DET: ${hidden}`);
    }
  });

  test('the documentation opens with its pictures', async () => {
    await code().palette('MAE-DET: Show Documentation');
    await until('the pages', async () => (await code().quickPick()).length > 5);
    expect((await code().quickPick())[0]).toBe('In VS Code');
    await code().pick('In VS Code');
    const page = await frame('Read and change a network');
    const pictures = page.locator('img[alt="The search dashboard"]');
    await until('the picture', async () => Object.values(await pictures.evaluateAll(widths)).some((w) => w > 100));
    await code().screenshot('documentation');
  });

  test('where a file is needed, the message leads to an example, which opens as a copy', async () => {
    await code().palette('Run MAE-DET Search');
    await code().notification('Open a .mae file to search from.');
    await code().pressInNotification('Open a .mae file to search from.', 'Open an Example');
    await code().pick('maedet_s.mae');
    const tab = code().page.locator('.tab.active', { hasText: 'Untitled-1' });
    await tab.waitFor();
    await code().language('MAE');
    const titles = () => code().paletteTitles('MAE-DET: ');
    await until('the commands of a file', async () => (await titles()).includes('MAE-DET: Measure Entropy'));
  });

  test('the command line runs from where VS Code put it', () => {
    const [cli = ''] = globSync('mae-det.mae-det-*/dist/cli.js', { cwd: code().extensions });
    const example = path.join(code().extensions, cli, '..', '..', 'examples', 'maedet_s.mae');
    const printed = execFileSync(process.execPath, [path.join(code().extensions, cli), 'score', example], {
      encoding: 'utf8',
    });
    expect(printed).toMatch(/maedet_s/);
  });
});

import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { extensionPage } from '../../../scripts/extension-page.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const PAGES = ['README.md', ...globSync('docs/*.md', { cwd: ROOT })].map((file) => file.replaceAll(path.sep, '/'));
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** The text without what is quoted in it. */
const prose = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');

/** Where the links and pictures of a page lead, but for web addresses. */
const targets = (text: string): string[] =>
  [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to).filter((to) => !/^(https?|mailto):/.test(to));

/** The names that links of a page can end in, as GitHub and VS Code make them of its headings. */
const anchors = (text: string): string[] =>
  [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('links and pictures', () => {
  let packed: readonly string[] = [];
  beforeAll(async () => {
    packed = await listFiles({ cwd: ROOT, packageManager: PackageManager.None });
  });

  test.each(PAGES)('of %s lead to files that are there and in the package, and to headings of theirs', (page) => {
    for (const target of targets(read(page))) {
      const [link = '', anchor] = target.split('#');
      const file = link === '' ? page : path.posix.join(path.posix.dirname(page), link);
      expect(existsSync(path.join(ROOT, file)), target).toBe(true);
      expect(packed, target).toContain(file);
      if (anchor !== undefined) expect(anchors(read(file)), target).toContain(anchor);
    }
  });

  test('every page is in the package', () => {
    expect(packed).toEqual(expect.arrayContaining(PAGES));
  });
});

test('the page of the extension says what the README says, without links and pictures that VS Code does not show there', () => {
  const readme = read('README.md');
  const page = extensionPage(readme);
  expect(targets(readme).length).toBeGreaterThan(5);
  expect(targets(page)).toEqual([]);
  for (const paragraph of readme.split('\n\n').filter((text) => !text.includes('](')))
    expect(page).toContain(paragraph);
  expect(extensionPage('See [this](https://example.org) and [that](docs/that.md#there).\n')).toBe(
    'See [this](https://example.org) and that.\n',
  );
});

test('the manifest says where the project is, and all three say the same', () => {
  const at = z.object({ url: z.string() });
  const manifest = z.object({ repository: at, bugs: at, homepage: z.string() }).parse(JSON.parse(read('package.json')));
  const { repository, bugs, homepage } = manifest;
  const address = repository.url.replace(/\.git$/, '');
  expect(address).toMatch(/^https:\/\//);
  expect(bugs.url).toBe(`${address}/issues`);
  expect(homepage).toBe(`${address}#readme`);
});

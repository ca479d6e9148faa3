import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { exportedBundle } from '../../../scripts/l10n.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const read = (file: string): unknown => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));

/** A message, or one with comments for translators. */
const messages = z.record(
  z.string(),
  z.union([z.string(), z.object({ message: z.string() }).transform((m) => m.message)]),
);
const stringsOf = (file: string): Readonly<Record<string, string>> => messages.parse(read(file));

/** What a translation must keep: places for values, and links that run commands. */
const kept = (text: string): string[] => [...text.matchAll(/\{\w+\}|\]\([^)]+\)/g)].map(([found]) => found).toSorted();

/** What a person reads in a manifest stands under these keys; names are the same in every language. */
const READ = [
  'title',
  'description',
  'userDescription',
  'displayName',
  'altText',
  'label',
  'markdownDescription',
  'deprecationMessage',
];
const READ_LISTS = ['enumDescriptions', 'enumItemLabels'];
const NAMES = ['MAE-DET'];
/** What only language models read. */
const UNREAD = ['inputSchema'];

function shown(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (UNREAD.includes(key)) return [];
    if (READ_LISTS.includes(key)) return z.array(z.string()).parse(inner);
    return READ.includes(key) && typeof inner === 'string' ? [inner] : shown(inner);
  });
}

describe('the manifest', () => {
  const strings = shown(read('package.json')).filter((text) => !NAMES.includes(text));

  test('keeps every string that a person reads in package.nls.json', () => {
    expect(strings.length).toBeGreaterThan(50);
    expect(strings.filter((text) => !/^%[\w.-]+%$/.test(text))).toEqual([]);
  });

  test('and package.nls.json holds those and no others', () => {
    const keys = new Set(strings.map((text) => text.slice(1, -1)));
    expect(Object.keys(stringsOf('package.nls.json')).toSorted()).toEqual([...keys].toSorted());
  });
});

test('the bundle has the strings of the sources: `npm run l10n` writes it', async () => {
  expect(read('l10n/bundle.l10n.json')).toEqual(await exportedBundle());
});

describe('translations', () => {
  const sources = ['package.nls.json', 'l10n/bundle.l10n.json'];
  const pairs = sources.flatMap((source) =>
    globSync(source.replace('.json', '.*.json'), { cwd: ROOT }).map((file) => [file, source] as const),
  );
  test.each(pairs)('%s says what %s says, with the same places for values and the same links', (file, source) => {
    const [original, translated] = [stringsOf(source), stringsOf(file)];
    expect(Object.keys(translated).toSorted()).toEqual(Object.keys(original).toSorted());
    for (const [key, text] of Object.entries(original)) {
      expect(kept(translated[key] ?? ''), key).toEqual(kept(text));
      expect(translated[key]?.trim(), key).not.toBe('');
    }
  });
});

test('the package has every bundle inside, and the manifest says where they are', async () => {
  const packed = await listFiles({ cwd: ROOT, packageManager: PackageManager.None });
  const bundles = globSync(['package.nls*.json', 'l10n/*.json'], { cwd: ROOT }).map((f) => f.replaceAll(path.sep, '/'));
  expect(bundles).toContain('package.nls.zh-cn.json');
  expect(packed).toEqual(expect.arrayContaining(bundles));
  expect(z.object({ l10n: z.string() }).parse(read('package.json')).l10n).toBe('./l10n');
});

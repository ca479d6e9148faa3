import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PAGES } from '../../../scripts/bundles.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** What a source file imports: packages by name, files by their path from the root; types too, unless left out. */
function importsOf(file: string, types: boolean): string[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  return [...text.matchAll(/\bimport\s+(type\s)?[^;]*?'([^']+)'|\bexport\s+(type\s)?[^;]*?from\s+'([^']+)'/g)].flatMap(
    ([, type, name, reType, reName]) => {
      const specifier = name ?? reName ?? '';
      if (!types && (type ?? reType) !== undefined) return [];
      if (!specifier.startsWith('.')) return [specifier];
      return [path.relative(ROOT, path.resolve(ROOT, path.dirname(file), specifier)).replaceAll(path.sep, '/')];
    },
  );
}

/** Everything that ends up in a page: its script and what that imports, and so on. */
function reached(entry: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file) || !file.endsWith('.ts')) continue;
    const imports = importsOf(file, false);
    found.set(file, imports);
    waiting.push(...imports.filter((specifier) => existsSync(path.join(ROOT, specifier))));
  }
  return found;
}

/** What draws charts, and what finds the strings of a language. */
const LIBRARIES = ['uplot', '@dagrejs/dagre', 'uplot/dist/uPlot.min.css', '@vscode/l10n'];

test('the pages of the webviews hold pure parts and three libraries, nothing else', () => {
  for (const entry of Object.values(PAGES)) {
    const wrong = [...reached(entry)].flatMap(([file, imports]) =>
      imports
        .filter((s) => !/^(client|common|drawing)\//.test(s) && !LIBRARIES.includes(s))
        .map((specifier) => `${file} imports ${specifier}`),
    );
    expect(wrong, entry).toEqual([]);
  }
});

test('no page has inline styles, scripts or colours of its own', () => {
  const folder = 'client/webview';
  for (const name of readdirSync(path.join(ROOT, folder)).filter((f) => /\.(css|ts)$/.test(f))) {
    const text = readFileSync(path.join(ROOT, folder, name), 'utf8');
    expect(text, name).not.toMatch(/innerHTML|insertAdjacentHTML|eval\(/);
    if (name.endsWith('.css')) expect(text, name).not.toMatch(/#[0-9a-f]{3,8}\b|\brgba?\(/i);
  }
});

test('each page knows its language before anything else of it runs', () => {
  for (const entry of Object.values(PAGES)) {
    expect(readFileSync(path.join(ROOT, entry), 'utf8').split('\n')[0], entry).toBe("import './localised.ts';");
  }
});

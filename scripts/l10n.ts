import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { getL10nJson, type l10nJsonFormat } from '@vscode/l10n-dev';

const ROOT = path.resolve(import.meta.dirname, '..');
const BUNDLE = path.join(ROOT, 'l10n', 'bundle.l10n.json');

/** Every string that the client's sources hand to `l10n.t`, in alphabetical order, so that additions seldom meet. */
export async function exportedBundle(): Promise<l10nJsonFormat> {
  const files = globSync('client/{src,web,webview}/**/*.ts', { cwd: ROOT });
  const sources = files.map((file) => ({ extension: '.ts', contents: readFileSync(path.join(ROOT, file), 'utf8') }));
  const strings = await getL10nJson(sources);
  return Object.fromEntries(Object.entries(strings).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** `npm run l10n` writes the bundle that translations are made from; a test holds the two together. */
if (import.meta.main) {
  const bundle = await exportedBundle();
  writeFileSync(BUNDLE, `${JSON.stringify(bundle, null, 2)}\n`);
  console.log(`${path.relative(ROOT, BUNDLE)}: ${Object.keys(bundle).length} strings`);
}

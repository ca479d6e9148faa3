import { readdir, readFile } from 'node:fs/promises';
import type { ShippedFolder, ShippedText } from './host.ts';

/** The package's own folder, or the checkout's: the bundle is in its dist. */
const ROOT = new URL('../', import.meta.url);
const SUFFIX = '.mae';

/** The texts of a folder that stands beside the bundle; none where it is not there. */
export const nodeShipped = (folder: ShippedFolder): Promise<readonly ShippedText[]> => load(folder).catch(() => []);

async function load(folder: ShippedFolder): Promise<ShippedText[]> {
  const at = new URL(`${folder}/`, ROOT);
  const files = (await readdir(at)).filter((file) => file.endsWith(SUFFIX));
  return Promise.all(
    files.map(async (file) => {
      const url = new URL(file, at);
      return { name: file.slice(0, -SUFFIX.length), uri: url.href, text: await readFile(url, 'utf8') };
    }),
  );
}

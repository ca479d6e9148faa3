import { readdir, readFile } from 'node:fs/promises';
import { type Snapshot, snapshotOf } from '../features/snapshot.ts';

/** The published designs stand beside the bundle, in the package as in a checkout. */
const FOLDER = new URL('../examples/', import.meta.url);

let known: Promise<readonly Snapshot[]> | undefined;

/** The designs that everybody compares with; read once. Without the folder there are none. */
export function examples(): Promise<readonly Snapshot[]> {
  known ??= load().catch(() => []);
  return known;
}

async function load(): Promise<Snapshot[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.mae')).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, FOLDER), 'utf8')));
  // What has a search block is a task to start from, not a published design.
  return texts.map((text) => snapshotOf(text)).filter((snapshot) => snapshot.design.searches.length === 0);
}

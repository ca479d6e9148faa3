import { readdir, readFile } from 'node:fs/promises';
import { type Snapshot, snapshotOf } from '../features/snapshot.ts';
import { type Template, templateOf } from '../features/templates.ts';

/** The published designs and tasks stand beside the bundle, in the package as in a checkout. */
const FOLDER = new URL('../examples/', import.meta.url);
const DETECTORS = new URL('detectors/', FOLDER);
const SUFFIX = '.mae';

let known: Promise<readonly Template[]> | undefined;

/** Files to begin with, those that can be searched first; read once. Without the folder there are none. */
export function templates(): Promise<readonly Template[]> {
  known ??= load(FOLDER).catch(() => []);
  return known;
}

/** The designs that everybody compares with. What has a search block is a task to start from, not one of them. */
export const examples = async (): Promise<readonly Snapshot[]> =>
  (await templates()).map(({ snapshot }) => snapshot).filter((snapshot) => !isTask(snapshot));

/** The published detectors, each on a copy of its backbone: they are no templates, and their backbones are among the designs. */
export const detectorExamples = async (): Promise<readonly Snapshot[]> =>
  (await load(DETECTORS).catch(() => [])).map(({ snapshot }) => snapshot);

async function load(folder: URL): Promise<Template[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(SUFFIX));
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  const found = texts.map((text, index) => templateOf((files[index] ?? '').slice(0, -SUFFIX.length), snapshotOf(text)));
  const { compare } = new Intl.Collator('en', { numeric: true });
  return found.toSorted((a, b) => Number(isTask(b.snapshot)) - Number(isTask(a.snapshot)) || compare(a.name, b.name));
}

const isTask = ({ design }: Snapshot): boolean => design.searches.length > 0;

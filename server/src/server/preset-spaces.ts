import { readFile } from 'node:fs/promises';
import type { Location } from 'vscode-languageserver-types';
import { rangeOf, snapshotOf } from '../features/snapshot.ts';
import { nameSpan } from '../language/read-backbone.ts';
import { isPreset, PRESET_NAMES, type PresetName } from '../space/presets.ts';

/** The presets stand as texts beside the bundle, in the package as in a checkout. */
const FOLDER = new URL('../spaces/', import.meta.url);

let known: Promise<ReadonlyMap<string, Location>> | undefined;

/** Where a preset is declared: in a file of the program. Undefined where the file is not there. */
export async function presetLocation(name: string): Promise<Location | undefined> {
  known ??= Promise.all(PRESET_NAMES.map(locate)).then((found) => new Map(found.flatMap((entry) => entry ?? [])));
  return isPreset(name) ? (await known).get(name) : undefined;
}

async function locate(name: PresetName): Promise<[[string, Location]] | undefined> {
  const url = new URL(`${name}.mae`, FOLDER);
  const text = await readFile(url, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const snapshot = snapshotOf(text, url.href);
  const [space] = snapshot.design.spaces;
  return space && [[name, { uri: url.href, range: rangeOf(snapshot, nameSpan(space.node)) }]];
}

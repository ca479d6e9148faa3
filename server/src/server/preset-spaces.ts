import type { Location } from 'vscode-languageserver-types';
import { rangeOf, snapshotOf } from '../features/snapshot.ts';
import { nameSpan } from '../language/read-backbone.ts';
import { isPreset } from '../space/presets.ts';
import type { ServerHost } from './host.ts';

/** Where a preset is declared: in a text of the program. Undefined where that is not there. */
export async function presetLocation(host: Pick<ServerHost, 'shipped'>, name: string): Promise<Location | undefined> {
  if (!isPreset(name)) return undefined;
  const shipped = (await host.shipped('spaces')).find((text) => text.name === name);
  if (shipped === undefined) return undefined;
  const snapshot = snapshotOf(shipped.text, shipped.uri);
  const [space] = snapshot.design.spaces;
  return space && { uri: shipped.uri, range: rangeOf(snapshot, nameSpan(space.node)) };
}

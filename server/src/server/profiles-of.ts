import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Location } from 'vscode-languageserver-types';
import { profilesBeside } from '../latency/node/profiles-beside.ts';
import { profileFile } from '../latency/profile.ts';
import { NO_PROFILES, type Profiles } from '../latency/profiles.ts';

/** The profiles that the budgets of a document may name: those beside its file. What is no file has none. */
export function profilesOf(uri: string): Profiles {
  if (!uri.startsWith('file:')) return NO_PROFILES;
  try {
    return profilesBeside(path.dirname(fileURLToPath(uri)));
  } catch {
    // An address that no file of this system can have.
    return NO_PROFILES;
  }
}

/** Where the profile of a device stands: the file beside the document. Undefined where there is none. */
export function profileLocation(uri: string, device: string): Location | undefined {
  if (profilesOf(uri)(device).kind === 'missing') return undefined;
  const start = { line: 0, character: 0 };
  return { uri: new URL(encodeURIComponent(profileFile(device)), uri).href, range: { start, end: start } };
}

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { profilesBeside } from '../latency/node/profiles-beside.ts';
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

import { readFileSync } from 'node:fs';
import { registerProfile } from '../../server/src/latency/latency-cost.ts';
import type { Profile } from '../../server/src/latency/profile.ts';
import { readProfile } from '../../server/src/latency/read-profile.ts';

const FILE = new URL('../fixtures/latency/toy.maeprofile.json', import.meta.url);

/** The made-up profile that tests have. */
export function toyProfile(): Profile {
  const read = readProfile(readFileSync(FILE, 'utf8'));
  if (read.kind !== 'profile') throw new Error('the toy profile is wrong');
  return read.profile;
}

/** The same with other kernels, under a name of its own. */
export const registerToy = (name = 'toy', fields: Partial<Profile> = {}): string =>
  registerProfile(name, { ...toyProfile(), ...fields }, `a test of ${name}`);

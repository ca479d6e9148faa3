import { readBounded } from '../../files/read-bounded.ts';
import { registerProfile } from '../latency-cost.ts';
import type { FoundProfile } from '../profiles.ts';
import { MAX_PROFILE_BYTES, readProfile } from '../read-profile.ts';

/** The profile in a file that is there, under a name: its times are known from then on, or why it cannot be used. */
export function profileAt(file: string, name: string): Exclude<FoundProfile, { readonly kind: 'missing' }> {
  const reading = readBounded(file, MAX_PROFILE_BYTES);
  if ('wrong' in reading) return { kind: 'fault', file, message: `${capital(reading.wrong)}.` };
  const read = readProfile(reading.text);
  if (read.kind === 'fault') return { kind: 'fault', file, message: read.message };
  return { kind: 'found', cost: registerProfile(name, read.profile, file) };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

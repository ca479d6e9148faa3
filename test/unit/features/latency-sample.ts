import { readFileSync } from 'node:fs';
import { type Snapshot, snapshotOf } from '../../../server/src/features/snapshot.ts';
import { registerProfile } from '../../../server/src/latency/latency-cost.ts';
import { type FoundProfile, profilesFrom } from '../../../server/src/latency/profiles.ts';
import { readProfile } from '../../../server/src/latency/read-profile.ts';
import { CURSOR } from './cursor.ts';

/** The text of a made-up profile with a channel block of 16. */
export const TOY = readFileSync(new URL('../../fixtures/latency/toy.maeprofile.json', import.meta.url), 'utf8');

/** A backbone with a width that the kernels round up, one beyond the profile, and a budget on a device. */
export const TIMED = `backbone net {
  input 3 x 320 x 320
  within live
  stem     conv(out: 32, k: 3, s: 2)
  stage C2 bottleneck(out: 72, btn: 32, k: 3, s: 2) x 2
  stage C3 bottleneck(out: 128, btn: 40, k: 3, s: 2) x 3
  stage C4 bottleneck(out: 256, btn: 64, k: 3, s: 2) x 3
  stage C5 bottleneck(out: 2048, btn: 512, k: 3, s: 2) x 1
}
budget live { latency <= 300ms on toy }
`;

/** The devices of the tests: `toy`, `phone` which is half as fast, and `broken`, whose profile cannot be read. */
export const DEVICES = profilesFrom(
  (name): FoundProfile => {
    const file = `${name}.maeprofile.json`;
    if (name === 'broken') return { kind: 'fault', file, message: 'factor: it has another form.' };
    if (name !== 'toy' && name !== 'phone') return { kind: 'missing', file };
    const read = readProfile(name === 'toy' ? TOY : TOY.replace('"factor": 0.95', '"factor": 1.9'));
    if (read.kind === 'fault') return { kind: 'fault', file, message: read.message };
    return { kind: 'found', cost: registerProfile(name, read.profile, file) };
  },
  () => ['broken', 'phone', 'toy'],
);

export const timed = (text = TIMED): Snapshot => snapshotOf(text, 'file:///work/a.mae', DEVICES);

/** The snapshot of a marked text, and where the mark stood. */
export function timedAt(marked: string) {
  const offset = marked.indexOf(CURSOR);
  const snapshot = timed(marked.replace(CURSOR, ''));
  return { snapshot, position: snapshot.document.positionAt(offset) };
}

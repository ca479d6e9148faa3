import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { PROFILE_SUFFIX, profileFile } from '../profile.ts';
import { type FoundProfile, type Profiles, profilesFrom } from '../profiles.ts';
import { profileAt } from './profile-at.ts';

interface Known {
  /** Size and time of the file that was read. */
  readonly stamp: string;
  readonly found: FoundProfile;
}

const known = new Map<string, Known>();

/** The profiles that stand beside a design: `NAME.maeprofile.json` in its folder. A file is read again when it changed. */
export const profilesBeside = (folder: string): Profiles =>
  profilesFrom(
    (name) => {
      const file = path.join(folder, profileFile(name));
      const stamp = stampOf(file);
      const before = known.get(file);
      if (before !== undefined && before.stamp === (stamp ?? '')) return before.found;
      const found = stamp === undefined ? missing(file) : profileAt(file, name);
      known.set(file, { stamp: stamp ?? '', found });
      return found;
    },
    () => namesIn(folder),
  );

function namesIn(folder: string): string[] {
  try {
    const files = readdirSync(folder).filter((file) => file.endsWith(PROFILE_SUFFIX));
    return files.map((file) => file.slice(0, -PROFILE_SUFFIX.length)).sort();
  } catch {
    return [];
  }
}

const missing = (file: string): FoundProfile => ({ kind: 'missing', file });

function stampOf(file: string): string | undefined {
  try {
    const { size, mtimeMs, ino } = statSync(file);
    return `${size} ${mtimeMs} ${ino}`;
  } catch {
    return undefined;
  }
}

import type { CostName } from '../cost/budget.ts';
import { profileFile } from './profile.ts';

/** What stands behind the NAME of `latency <= 12ms on NAME`. */
export type FoundProfile =
  | { readonly kind: 'found'; readonly cost: CostName }
  /** @param file that there is none of */
  | { readonly kind: 'missing'; readonly file: string }
  | { readonly kind: 'fault'; readonly file: string; readonly message: string };

/** Finds the profile of a name; whoever reads files brings it. */
export interface Profiles {
  /** The very same object as long as what it was found in does not change. */
  (name: string): FoundProfile;
  /** The names that have a profile, in their order; asked where they are proposed. */
  names(): readonly string[];
}

/** Profiles from a function that finds one of them. */
export const profilesFrom = (
  find: (name: string) => FoundProfile,
  names: () => readonly string[] = () => [],
): Profiles => Object.assign((name: string) => find(name), { names });

/** Where there are no files: no name has a profile. */
export const NO_PROFILES: Profiles = profilesFrom((name) => ({ kind: 'missing', file: profileFile(name) }));

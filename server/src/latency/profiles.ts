import type { CostName } from '../cost/budget.ts';
import { profileFile } from './profile.ts';

/** What stands behind the NAME of `latency <= 12ms on NAME`. */
export type FoundProfile =
  | { readonly kind: 'found'; readonly cost: CostName }
  /** @param file that there is none of */
  | { readonly kind: 'missing'; readonly file: string }
  | { readonly kind: 'fault'; readonly file: string; readonly message: string };

/** Finds the profile of a name; whoever reads files brings it. */
export type Profiles = (name: string) => FoundProfile;

/** Where there are no files: no name has a profile. */
export const NO_PROFILES: Profiles = (name) => ({ kind: 'missing', file: profileFile(name) });

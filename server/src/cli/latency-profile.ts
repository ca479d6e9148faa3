import path from 'node:path';
import { done, EXIT, fail, type Outcome } from '../answers/exit.ts';
import type { CostName } from '../cost/budget.ts';
import { profileAt } from '../latency/node/profile-at.ts';
import { profilesBeside } from '../latency/node/profiles-beside.ts';
import { PROFILE_SUFFIX } from '../latency/profile.ts';

/** A profile under the name that it has in a budget. */
export interface ChosenProfile {
  readonly name: string;
  readonly cost: CostName;
}

/** The profile that `--on` means: a name, whose file stands beside the design, or the path of a file. */
export function profileOption(on: string, design: string): Outcome<ChosenProfile> {
  const isPath = on.endsWith('.json') || on.includes('/') || on.includes(path.sep);
  return isPath ? profileFrom(on) : profileNamed(on, path.dirname(design));
}

function profileNamed(name: string, folder: string): Outcome<ChosenProfile> {
  const found = profilesBeside(folder)(name);
  if (found.kind === 'found') return done({ name, cost: found.cost });
  if (found.kind === 'fault') return unusable(found.file, found.message);
  const message = `There is no profile of ${name}: make it with "mae profile --out ${found.file}", or name the file of another.`;
  return fail(EXIT.input, `${found.file}: error[no-profile]: ${message}`);
}

function profileFrom(file: string): Outcome<ChosenProfile> {
  const name = path.basename(file).replace(file.endsWith(PROFILE_SUFFIX) ? PROFILE_SUFFIX : '.json', '');
  const found = profileAt(path.resolve(file), name);
  return found.kind === 'fault' ? unusable(file, found.message) : done({ name, cost: found.cost });
}

const unusable = (file: string, message: string): Outcome<never> =>
  fail(EXIT.input, `${file}: error[bad-profile]: This profile cannot be used. ${message}`);

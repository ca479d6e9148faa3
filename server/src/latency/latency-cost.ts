import type { NumberRule } from '../backbone/arguments.ts';
import type { CostName } from '../cost/budget.ts';
import type { SumCost } from '../cost/registry.ts';
import { allCosts, costNamed, registerCost } from '../cost/registry.ts';
import { DeviceModel } from './device-model.ts';
import type { Profile } from './profile.ts';

/** A profile with the name of the cost that it gives every network. */
export interface NamedProfile {
  readonly cost: CostName;
  readonly profile: Profile;
}

/** The word of a budget before `on NAME`. */
export const LATENCY = 'latency';

/** What `latency` may be limited to, in milliseconds. */
export const MILLISECONDS: NumberRule = { what: 'latency', min: 1e-6, max: 1e7, whole: false, unit: 'milliseconds' };

const models = new Map<CostName, DeviceModel>();
/** Who brought a profile: a file, say. It may bring another one in its place. */
const origins = new Map<CostName, string>();

/**
 * Makes the milliseconds on a device one of the costs that every network has, and returns its name: `latency on NAME`. What was
 * there by the same origin is replaced; another device of the same name becomes `latency on NAME (2)`.
 *
 * @param origin where the profile comes from, such as the path of its file
 */
export function registerProfile(name: string, profile: Profile, origin: string): CostName {
  for (let n = 1; ; n++) {
    const cost = n === 1 ? `${LATENCY} on ${name}` : `${LATENCY} on ${name} (${n})`;
    const known = models.get(cost);
    if (known !== undefined && sameProfile(known.profile, profile)) return cost;
    if (known !== undefined && origins.get(cost) !== origin) continue;
    origins.set(cost, origin);
    register(cost, name, profile);
    return cost;
  }
}

/** The same for profiles that a task carries: they have their names. */
export function registerNamedProfiles(profiles: readonly NamedProfile[] | undefined): void {
  for (const { cost, profile } of profiles ?? []) {
    const known = models.get(cost);
    if (known === undefined || !sameProfile(known.profile, profile)) register(cost, cost, profile);
  }
}

function register(cost: CostName, name: string, profile: Profile): void {
  const model = new DeviceModel(profile);
  models.set(cost, model);
  const definition: SumCost = {
    name: cost,
    doc: `Milliseconds of one image on ${name} (${profile.device}), ${profile.runtime.name}, ${threads(profile)}.`,
    formula: 'Σ work / rate of every operator, by the profile',
    synonyms: '',
    unit: 'milliseconds',
    convention: false,
    device: name,
    limit: MILLISECONDS,
    usual: '10ms',
    kind: 'sum',
    of: (counted) => model.ofNode(counted).ms,
  };
  registerCost(definition);
}

const threads = (profile: Profile): string => (profile.threads === 1 ? 'one thread' : `${profile.threads} threads`);

const sameProfile = (a: Profile, b: Profile): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** What predicts a cost that is a time on a device; undefined for every other cost. */
export const deviceModel = (cost: CostName): DeviceModel | undefined => models.get(cost);

/** The profiles behind some costs, for a task to carry. */
export const profilesBehind = (costs: readonly CostName[]): NamedProfile[] =>
  [...new Set(costs)].flatMap((cost) => {
    const model = models.get(cost);
    return model === undefined ? [] : [{ cost, profile: model.profile }];
  });

/** The times on devices that are known, in the order in which they came. */
export const latencyCosts = (): CostName[] => allCosts().flatMap(({ name }) => (isLatency(name) ? [name] : []));

export const isLatency = (cost: CostName): boolean => costNamed(cost)?.device !== undefined;

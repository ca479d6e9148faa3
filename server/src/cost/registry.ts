import type { Unit } from '../../../common/numbers.ts';
import { activations } from './costs/activations.ts';
import { layers } from './costs/layers.ts';
import { macs } from './costs/macs.ts';
import { memory } from './costs/memory.ts';
import { mmcv } from './costs/mmcv.ts';
import { params, weights } from './costs/params.ts';
import { relus } from './costs/relus.ts';
import { rho } from './costs/rho.ts';
import { thop } from './costs/thop.ts';
import { tinynas } from './costs/tinynas.ts';
import type { CostDefinition } from './definition.ts';

/** Every cost, in the order in which tables show them. */
const registry = new Map<string, CostDefinition>();

export type SumCost = Extract<CostDefinition, { kind: 'sum' }>;

export type StageCost = Extract<CostDefinition, { kind: 'stages' }>;

let all: readonly CostDefinition[] = [];
let sums: readonly SumCost[] = [];
let zeros: Readonly<Record<string, number>> = {};

/** Adds a cost to budgets and to all that shows costs; one of the same name is replaced. */
export function registerCost(definition: CostDefinition): void {
  registry.set(definition.name, definition);
  all = [...registry.values()];
  sums = all.filter((cost): cost is SumCost => cost.kind === 'sum');
  zeros = Object.fromEntries(all.map(({ name }) => [name, 0]));
}

for (const cost of [macs, thop, mmcv, tinynas, params, layers, memory, activations, rho, weights, relus])
  registerCost(cost);

export const costNamed = (name: string): CostDefinition | undefined => registry.get(name);

export const allCosts = (): readonly CostDefinition[] => all;

/** 0 for every cost. */
export const nothing = (): Readonly<Record<string, number>> => zeros;

/** The costs that are sums over nodes. */
export const sumCosts = (): readonly SumCost[] => sums;

/** The ways to count multiply–accumulates. */
export const conventions = (): string[] => all.flatMap(({ name, convention }) => (convention ? [name] : []));

/** The costs that belong to a whole network and to none of its parts. */
export const isOfWhole = (name: string): boolean => registry.get(name)?.kind === 'stages';

/** The definitions of costs of whole networks, by their names. */
export const stageCosts = (names: readonly string[]): readonly StageCost[] =>
  names.flatMap((name) => {
    const cost = registry.get(name);
    return cost?.kind === 'stages' ? [cost] : [];
  });

/** The bytes of each element of a cost that is the most elements alive at once; undefined for any other cost. */
export function peakBytes(name: string): number | undefined {
  const cost = registry.get(name);
  return cost?.kind === 'peak' ? cost.bytes : undefined;
}

export const isPeak = (name: string): boolean => peakBytes(name) !== undefined;

/** The names of costs that a budget may limit and that a part of a network has too. */
export const partCosts = (): string[] => limitedCosts().filter((name) => !isOfWhole(name));

/** The names that a budget may limit, but for times on devices: those have the names that their profiles give them. */
export const limitedCosts = (): string[] =>
  all.flatMap(({ name, limit, device }) => (limit === undefined || device !== undefined ? [] : [name]));

/** What each cost of these names is counted in: all that is needed to write an amount. */
export type CostUnits = Readonly<Record<string, Unit>>;

export const costUnits = (): CostUnits => Object.fromEntries(all.map(({ name, unit }) => [name, unit]));

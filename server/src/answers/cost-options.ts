import path from 'node:path';
import type { CostName } from '../cost/budget.ts';
import { limitedCosts } from '../cost/registry.ts';
import { LATENCY } from '../latency/latency-cost.ts';
import { profilesBeside } from '../latency/node/profiles-beside.ts';
import { done, EXIT, fail, type Outcome } from './exit.ts';
import { choiceOption } from './options.ts';

const ON_DEVICE = new RegExp(`^${LATENCY}\\s+on\\s+(\\S+)$`);

/** A cost that a budget may limit: by its name, or `latency on NAME` with the profile beside the file. */
export function costOption(option: string, text: string, file: string): Outcome<CostName> {
  const name = ON_DEVICE.exec(text.trim())?.[1];
  if (name === undefined) return choiceOption(option, text.trim(), [...limitedCosts(), `${LATENCY} on NAME`]);
  if (name === 'NAME') return fail(EXIT.usage, `error: option ${option}: NAME stands for the name of a profile.`);
  const found = profilesBeside(path.dirname(file))(name);
  switch (found.kind) {
    case 'found':
      return done(found.cost);
    case 'missing':
      return fail(EXIT.usage, `error: option ${option}: there is no profile of '${name}': ${found.file} is not there.`);
    case 'fault':
      return fail(EXIT.usage, `error: option ${option}: ${found.file}: ${found.message}`);
  }
}

/** The same of several, with commas between them. */
export function costsOption(option: string, text: string, file: string): Outcome<CostName[]> {
  const costs: CostName[] = [];
  for (const word of text.split(',')) {
    const cost = costOption(option, word, file);
    if (!cost.ok) return cost;
    if (!costs.includes(cost.value)) costs.push(cost.value);
  }
  return done(costs);
}

import type { CostName } from '../../cost/budget.ts';
import type { Downstream, Stepped } from '../../cost/downstream.ts';
import { costNamed } from '../../cost/registry.ts';
import type { BlockForms, CostForm } from './block-terms.ts';

/** What a downstream adds to the costs of one group, whatever its depth: one + channel · (channels of its output) + what steps with them. */
export interface Added {
  /** By the place of the cost among the additive ones. */
  readonly one: readonly number[];
  readonly channel: readonly number[];
  readonly stepped: readonly (readonly Stepped[])[];
}

/** Undefined where nothing is added. What the downstream costs whatever the channels are belongs to the first group. */
export function addedOf(
  downstream: Downstream | undefined,
  group: number,
  additive: readonly CostName[],
): Added | undefined {
  if (downstream === undefined) return undefined;
  const { costs, perChannel, stepped = [] } = downstream;
  const own = perChannel.filter((form) => form.group === group);
  // What no budget may limit is followed for the score, which is the backbone's.
  const isAdded = (cost: CostName): boolean => costNamed(cost)?.limit !== undefined;
  const one = additive.map((cost) => (group === 0 && isAdded(cost) ? (costs[cost] ?? 0) : 0));
  const channel = additive.map((cost) =>
    isAdded(cost) ? own.reduce((sum, { adds }) => sum + (adds[cost] ?? 0), 0) : 0,
  );
  const steps = additive.map((cost) => stepped.filter((form) => form.group === group && form.cost === cost));
  const isNothing = [...one, ...channel].every((amount) => amount === 0) && steps.every((forms) => forms.length === 0);
  return isNothing ? undefined : { one, channel, stepped: steps };
}

/**
 * The forms of a group with what the downstream adds. It is in those of the first block, of which there is one in each
 * group, so that whoever reads the forms (evaluator, bound, proof) pays for the downstream without knowing of it.
 */
export function withAdded(forms: BlockForms, added: Added | undefined): BlockForms {
  if (added === undefined) return forms;
  const costs = forms.costs.map(({ differs, same, later }, c) => {
    const more = (form: CostForm): CostForm => ({
      ...form,
      one: form.one + (added.one[c] ?? 0),
      o: form.o + (added.channel[c] ?? 0),
    });
    return { differs: more(differs), same: more(same), later };
  });
  const times = forms.times.map((own, c) => {
    if (own === undefined) return undefined;
    const behind = { one: added.one[c] ?? 0, channel: added.channel[c] ?? 0, stepped: added.stepped[c] ?? [] };
    return { ...own, differs: own.differs.with(behind), same: own.same.with(behind) };
  });
  return { ...forms, costs, times };
}

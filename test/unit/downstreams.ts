import fc from 'fast-check';
import type { Backbone } from '../../server/src/backbone/backbone.ts';
import type { AliveForm, Downstream, SomeCosts } from '../../server/src/cost/downstream.ts';
import { sumCosts } from '../../server/src/cost/registry.ts';
import { channelOwner } from '../../server/src/search/model/objective.ts';
import type { SearchTask } from '../../server/src/search/task.ts';
import { violations } from '../../server/src/space/constraints.ts';
import { rulesOf } from '../../server/src/space/rules.ts';

/** Amounts are whole, so that sums of them are exact; some costs have no entry. */
const someCosts = (most: number): fc.Arbitrary<SomeCosts> =>
  fc
    .subarray(sumCosts().flatMap(({ name }) => (name === 'layers' ? [] : [name])))
    .chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), fc.nat({ max: most })))))
    .map((entries) => Object.fromEntries(entries));

const aliveForm = (groups: readonly number[], most: number): fc.Arbitrary<AliveForm> =>
  fc.record({
    one: fc.nat({ max: most }),
    perChannel: fc
      .subarray([...groups])
      .chain((own) => fc.tuple(...own.map((group) => fc.record({ group: fc.constant(group), adds: fc.nat(4096) })))),
  });

/**
 * Whatever could stand behind a backbone, beside the layers.
 *
 * @param most of what it costs at all, of any cost; a channel adds a thousandth of that
 */
export const downstreamsOf = ({ groups }: Pick<Backbone, 'groups'>, most = 1e6): fc.Arbitrary<Downstream> =>
  fc.subarray([...groups.keys()], { minLength: 1, maxLength: Math.min(3, groups.length) }).chain((reads) =>
    fc.record({
      name: fc.constant('detector'),
      costs: someCosts(most),
      perChannel: fc.tuple(
        ...reads.map((group) => fc.record({ group: fc.constant(group), adds: someCosts(most / 1000) })),
      ),
      reads: fc.constant(reads),
      kept: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray(reads) }),
      alive: fc.array(aliveForm(reads, most), { maxLength: 2 }),
    }),
  );

/** The groups of a chain whose outputs a task keeps, past max-pools. */
export const keptOutputs = ({ start, downstream }: Pick<SearchTask, 'start' | 'downstream'>): ReadonlySet<number> =>
  new Set((downstream?.kept ?? []).map((group) => channelOwner(start, group)));

/** What a design breaks of a task's space, beside the outputs that its downstream keeps. */
export function brokenOf(
  { start, space, budget, downstream }: SearchTask,
  design: Backbone,
  asked?: (g: number) => boolean,
) {
  const layers = budget.limits.find((l) => l.cost === 'layers')?.amount;
  return violations(design, space, layers, asked, rulesOf(start, space, downstream?.kept));
}

import type { Staged } from '../analysis/stage-log-stds.ts';
import { repeatsOf } from '../graph/graph.ts';
import type { Operator } from '../graph/operator.ts';
import type { DetectorNetwork, LoweredSection } from './lower.ts';

/** Operators of heads that no random pass goes through: regions that nobody proposed, and what is no feature map. */
const NOT_PASSED: ReadonlySet<Operator['op']> = new Set(['regions', 'flatten', 'linear', 'statistics']);

/**
 * A detector with the places where its signal can be measured: the outputs of the backbone that its neck reads, the levels that
 * the heads read, and what dense heads make of them. Heads of regions are left out: a pass with random weights proposes none.
 */
export function measuredPlaces(network: DetectorNetwork): Staged {
  const { parts, read, levels, backbone } = network;
  const { groups } = backbone;
  const outputs = backbone.stages.filter(({ last }) => read.some(({ section }) => section === last));
  const own = levels.flatMap(({ name, section, shape }) =>
    section < groups.length ? [] : [{ name, channels: shape.channels, last: section }],
  );
  const closed = new Set<number>();
  let index = groups.length;
  const heads = parts.flatMap(({ sections, role }) =>
    sections.flatMap((section) => {
      const last = index++;
      if (!isPassed(section) || section.reads.some((read) => closed.has(read))) closed.add(last);
      return role === 'neck' || closed.has(last) ? [] : [{ name: section.place, channels: section.to.channels, last }];
    }),
  );
  return { ...network, stages: [...outputs, ...own, ...heads] };
}

/** Whether a pass with random weights goes through a section. */
const isPassed = (section: LoweredSection): boolean =>
  repeatsOf(section).every(({ cell }) => cell.nodes.every(({ operator }) => !NOT_PASSED.has(operator.op)));

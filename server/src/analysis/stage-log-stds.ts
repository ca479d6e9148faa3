import type { LoweredStage } from '../backbone/lower.ts';
import type { Graph } from '../graph/graph.ts';
import { type Flow, flowThrough, inputFlow, type LogStd, logStdOf } from './flow.ts';

/** A graph with places in it at which log σ is asked for: the stages of a backbone, and whatever stands behind it. */
export interface Staged extends Graph {
  readonly stages: readonly Pick<LoweredStage, 'name' | 'channels' | 'last'>[];
}

/** log σ at each of the places, by every closed form. */
export function stageLogStds({ image, sections, order, stages }: Staged): LogStd[] {
  const start = inputFlow(image);
  const flows: (Flow | undefined)[] = sections.map(() => undefined);
  const needed = sectionsBefore(sections, stages);
  for (const index of order) {
    const section = sections[index];
    if (section === undefined || !needed.has(index)) continue;
    flows[index] = flowThrough(
      section.reads.map((read) => flows[read] ?? start),
      section,
    );
  }
  return stages.map(({ last }) => logStdOf(flows[last] ?? start));
}

/** The sections that the places need, these included: of others there may be no theory. */
function sectionsBefore(sections: Graph['sections'], stages: Staged['stages']): ReadonlySet<number> {
  const needed = new Set<number>();
  const open = stages.map(({ last }) => last);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next < 0 || needed.has(next)) continue;
    needed.add(next);
    open.push(...(sections[next]?.reads ?? []));
  }
  return needed;
}

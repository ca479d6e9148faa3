import type { CostName } from '../cost/budget.ts';
import { addCosts, type Costs, sectionCosts } from '../cost/cost.ts';
import type { AliveForm, Downstream, PerChannel, SomeCosts, Stepped } from '../cost/downstream.ts';
import { sumCosts } from '../cost/registry.ts';
import { aliveElements } from '../graph/memory.ts';
import { elements } from '../graph/shapes.ts';
import { deviceModel, latencyCosts } from '../latency/latency-cost.ts';
import type { DetectorAnalysis } from './analyse.ts';
import type { Level } from './builder.ts';
import { type LoweredPart, type LoweredSection, lowerParts } from './lower.ts';

/** The parts' costs that are sums, and what is alive at each of their nodes. */
interface Measured {
  readonly costs: SomeCosts;
  readonly alive: readonly number[];
}

const known = new WeakMap<DetectorAnalysis, Downstream>();

/** Made once for each analysis. */
export function downstreamOf(analysis: DetectorAnalysis): Downstream {
  const found = known.get(analysis) ?? readOff(analysis);
  known.set(analysis, found);
  return found;
}

/**
 * What a search has to know of a detector's neck and heads. All of it is read off the lowering: once as it is, and once with one
 * channel more for each output that is read.
 */
function readOff({ detector, network: { backbone, read } }: DetectorAnalysis): Downstream {
  const at = (levels: readonly Level[]): Measured =>
    measured(lowerParts(detector, backbone, levels).parts, backbone.image);
  const base = at(read);
  const groups = [...new Set(read.map(({ section }) => section))];
  const wideAt = (group: number, channels: (own: number) => number): Measured =>
    at(read.map((level) => widened(level, group, channels)));
  const wider = groups.map((group) => ({ group, wide: wideAt(group, (own) => own + 1) }));
  const channelsOf = (group: number): number => read.find(({ section }) => section === group)?.shape.channels ?? 0;
  const stepped = latencyCosts().flatMap((cost) => groups.map((group) => steppedOf(cost, group, base, wideAt)));
  const linear = sumCosts().filter(({ device }) => device === undefined);
  const perChannel = wider.map(({ group, wide }): PerChannel<SomeCosts> => {
    const adds = linear.map(({ name }) => [name, (wide.costs[name] ?? 0) - (base.costs[name] ?? 0)] as const);
    return { group, adds: Object.fromEntries(adds) };
  });
  const fixed = sumCosts().map(({ name }) => {
    const grown = perChannel.reduce((sum, { group, adds }) => sum + (adds[name] ?? 0) * channelsOf(group), 0);
    return [name, (base.costs[name] ?? 0) - grown] as const;
  });
  const alive = base.alive.map((now, i): AliveForm => {
    const adds = wider.map(({ group, wide }) => ({ group, adds: (wide.alive[i] ?? 0) - now }));
    const grown = adds.reduce((sum, own) => sum + own.adds * channelsOf(own.group), 0);
    return { one: now - grown, perChannel: adds.filter((own) => own.adds !== 0) };
  });
  return {
    name: detector.name,
    costs: Object.fromEntries(fixed),
    perChannel,
    ...(stepped.length === 0 ? {} : { stepped }),
    reads: groups,
    // One set of weights reads all levels of a backbone that has no neck.
    kept: detector.neck === undefined || detector.neck.kind === 'none' ? groups : [],
    alive: greatest(alive),
  };
}

const widened = (level: Level, group: number, channels: (own: number) => number): Level => {
  const { section, shape } = level;
  return section === group ? { ...level, shape: { ...shape, channels: channels(shape.channels) } } : level;
};

/**
 * Milliseconds more than now by the channels of one output, in steps of the kernels' block. Beyond what was timed rates stay as they
 * are, so that times are a line there.
 */
function steppedOf(
  cost: CostName,
  group: number,
  base: Measured,
  wideAt: (group: number, channels: () => number) => Measured,
): Stepped {
  const profile = deviceModel(cost)?.profile;
  const step = profile?.channelBlock ?? 1;
  const widest = Math.max(0, ...(profile?.operators ?? []).flatMap(({ points }) => points.map(([read]) => read)));
  const now = base.costs[cost] ?? 0;
  const amounts = Array.from({ length: Math.ceil(widest / step) + 3 }, (_, i) => {
    const { costs } = wideAt(group, () => Math.max(1, i * step));
    return (costs[cost] ?? 0) - now;
  });
  return { group, cost, step, amounts };
}

function measured(parts: readonly LoweredPart[], image: Level['shape']): Measured {
  const sections = parts.flatMap((part) => part.sections);
  const costs: Costs = addCosts(sections.map((section) => sectionCosts(section, image)));
  return { costs, alive: sections.flatMap(aliveIn) };
}

/** Elements alive at each node of a section, and beside it. */
function aliveIn({ merge, cells, keeps, heldElements, to }: LoweredSection): number[] {
  const cell = merge ?? cells[0]?.cell;
  const alive = cell === undefined || cell.nodes.length === 0 ? [elements(to)] : aliveElements(cell, keeps);
  return alive.map((own) => heldElements + own);
}

/** Of what does not depend on any channels only the most matters, and of what grows alike too. */
function greatest(forms: readonly AliveForm[]): AliveForm[] {
  const alike = Map.groupBy(forms, ({ perChannel }) => JSON.stringify(perChannel));
  return [...alike.values()].flatMap((own) => own.toSorted((a, b) => b.one - a.one).slice(0, 1));
}

import type { Cell } from '../graph/cell.ts';
import { repeatsOf, type Section } from '../graph/graph.ts';
import { peakElements } from '../graph/memory.ts';
import { elements, type Shape } from '../graph/shapes.ts';
import type { CostName } from './budget.ts';
import { allCosts, nothing, sumCosts } from './registry.ts';

/** A cost that is one of the ways to count multiply–accumulates; each names what it counts (docs/method.md 3). */
export type Convention = CostName;

type KnownCost =
  | 'macs'
  | 'thop'
  | 'mmcv'
  | 'tinynas'
  | 'params'
  | 'weights'
  | 'layers'
  | 'memory'
  | 'activations'
  | 'rho'
  | 'relus';

/**
 * A number for every cost of the registry: multiply–accumulates, parameters (`weights` without BatchNorm), layers, bytes,
 * elements (`relus` only those behind an activation). What belongs to a whole network (`rho`) is 0 for its parts.
 */
export interface Costs extends Readonly<Record<KnownCost, number>> {
  readonly [name: string]: number;
}

type Mutable = Record<string, number>;

/** All the known ones are in the registry; whoever adds one adds its number. */
const asCosts = (costs: Mutable): Costs => costs as Costs & Mutable;

const zero = (): Mutable => ({ ...nothing() });

/** Costs of one cell that reads nothing which somebody else still needs. */
export function cellCosts(cell: Cell, image: Shape): Costs {
  const sums = zero();
  for (const node of cell.nodes)
    for (const cost of sumCosts()) sums[cost.name] = (sums[cost.name] ?? 0) + cost.of({ node, cell, image });
  return withPeak(sums, peakElements(cell));
}

/** Costs of a section: of all its cells, and of what waits beside them. */
export function sectionCosts(section: Section, image: Shape): Costs {
  const parts = repeatsOf(section).map(({ cell, times }) => repeatCosts(cellCosts(cell, image), times));
  const total = addCosts(parts);
  const peak = peakBeside(section);
  if (peak === undefined) return total;
  return withPeak({ ...total }, peak);
}

/** Fills in what follows from the most elements that are alive at once. */
function withPeak(costs: Mutable, peak: number): Costs {
  for (const cost of allCosts()) if (cost.kind === 'peak') costs[cost.name] = cost.bytes * peak;
  return asCosts(costs);
}

/** The most elements alive in a section of a graph, beside whose tensors others wait; undefined where none do. */
export function peakBeside(section: Section): number | undefined {
  const { merge, cells, keeps, heldElements } = section;
  const [first] = cells;
  const reader = merge ?? first?.cell;
  if (reader === undefined || (heldElements === 0 && !keeps.includes(true))) return undefined;
  const kept = reader.inputs.reduce((sum, shape, i) => (keeps[i] === true ? sum + elements(shape) : sum), 0);
  const later = repeatsOf(section)
    .slice(1)
    .map(({ cell }) => kept + peakElements(cell));
  return heldElements + Math.max(peakElements(reader, keeps), ...later);
}

/** Costs of parts that run one after the other: sums, and the largest peak. */
export function addCosts(parts: Iterable<Costs>): Costs {
  const costs = allCosts();
  // Every keystroke adds up all groups: numbers in a row are quicker than those of an object.
  const sums = new Float64Array(costs.length);
  for (const part of parts)
    for (let c = 0; c < costs.length; c++) {
      const cost = costs[c];
      const own = cost === undefined ? 0 : (part[cost.name] ?? 0);
      const before = sums[c] ?? 0;
      sums[c] = cost?.kind === 'sum' ? before + own : Math.max(before, own);
    }
  const total = zero();
  for (const [c, { name }] of costs.entries()) total[name] = sums[c] ?? 0;
  return asCosts(total);
}

/** Costs of the same part `times` times over. */
export function repeatCosts(part: Costs, times: number): Costs {
  if (times === 1) return part;
  const total = zero();
  for (const { name, kind } of allCosts())
    total[name] = kind === 'sum' ? (part[name] ?? 0) * times : times > 0 ? (part[name] ?? 0) : 0;
  return asCosts(total);
}

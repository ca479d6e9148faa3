import { type Cell, outputShape } from '../graph/cell.ts';
import { CellBuilder } from '../graph/cell-builder.ts';
import { depthFirst } from '../graph/depth-first.ts';
import { type Graph, type Repeat, type Section, sameShapes } from '../graph/graph.ts';
import { type Shape, sameShape } from '../graph/shapes.ts';
import type { Backbone, Group, Wire } from './backbone.ts';
import { sameFields, sameGroup, stageName, stageNumbers } from './backbone.ts';
import { blockOf } from './blocks.ts';
import { Holding } from './holding.ts';
import { mergeOf } from './merge.ts';

/** What one group became: a section of the graph, with where it stands. */
export interface LoweredGroup extends Section {
  readonly group: Group;
  readonly index: number;
  /** Position of its stage among the network's, from 1: 1 for C1. */
  readonly stage: number;
  /** What people call where it stands: its stage in a chain, its node in a graph. */
  readonly place: string;
  /** How it is joined to the others. */
  readonly wire: Wire;
  readonly in: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** A resolution of a chain: the groups up to the next stride 2. An output of a graph: all that it and no earlier one needs. */
export interface LoweredStage {
  readonly name: string;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly groups: readonly LoweredGroup[];
  /** Index of the group that ends it. */
  readonly last: number;
}

/** A backbone as a graph with real shapes, which costs, entropy, exports and pictures read. */
export interface Network extends Graph<LoweredGroup> {
  readonly groups: readonly LoweredGroup[];
  readonly stages: readonly LoweredStage[];
}

/** What the groups of a graph's stem are called, of which only the last one is read by name. */
export const STEM = 'stem';

const NO_WIRE: Wire = { name: '', join: 'sum', reads: [] };

/** The wires of chains, made once: whoever compares two of them compares references. */
const chainWires: Wire[] = [];

/** What each group reads: in a chain the one before it. */
export function wireOf({ wiring }: Backbone, index: number): Wire {
  if (wiring !== undefined) return wiring.nodes[index] ?? NO_WIRE;
  const wire = chainWires[index] ?? { ...NO_WIRE, reads: [{ group: index - 1, asIs: false }] };
  chainWires[index] = wire;
  return wire;
}

/** The order in which groups can run, each after what it reads; the language lets no circle through. */
export function runOrder({ groups, wiring }: Backbone): number[] {
  if (wiring === undefined) return [...groups.keys()];
  const reads = wiring.nodes.map(sectionsRead);
  return depthFirst(groups.length, (index) => reads[index] ?? []);
}

/** Lowers one block of a group that reads a tensor. */
export function lowerBlock(g: Group, from: Shape, first: boolean): Cell {
  const cell = new CellBuilder(from);
  return cell.build(blockOf(g).lower(cell, g, { first, stride: first ? g.stride : 1 }));
}

/** The blocks of a group: the first, and all others, which are alike. */
export function lowerBlocks(g: Group, from: Shape): Repeat[] {
  const first = lowerBlock(g, from, true);
  if (g.depth <= 1) return [{ cell: first, times: 1 }];
  return [
    { cell: first, times: 1 },
    { cell: lowerBlock(g, outputShape(first), false), times: g.depth - 1 },
  ];
}

/**
 * Lowers a backbone once to a graph. Padding is (k−1)/2 and every size is ceil(size / stride), the arithmetic of a
 * convolution in PyTorch (docs/method.md 1). Expects positive whole numbers and odd kernels; the language checks them.
 *
 * Groups of a previous network that say the same and read the same are taken over as they are, the very objects: what
 * is known about them stays known.
 */
export function lower(backbone: Backbone, previous?: Network): Network {
  const { input, groups, wiring } = backbone;
  const image: Shape = { ...input, halvings: 0 };
  const wires = groups.map((_, index) => wireOf(backbone, index));
  const order = runOrder(backbone);
  const stages = wiring === undefined ? stageNumbers(groups) : outputNumbers(wiring.outputs, wires, groups.length);
  const held = wiring === undefined ? undefined : new Holding(wires.map(sectionsRead), order);
  const sections = new Array<LoweredGroup>(groups.length);
  const shapes: Shape[] = [];
  for (const index of order) {
    const [group, wire] = [groups[index], wires[index]];
    if (group === undefined || wire === undefined) continue;
    const plain = wiring === undefined ? previous?.groups[index] : undefined;
    if (plain !== undefined && isSame(plain, group, wire, shapes[index - 1] ?? image, stages[index])) {
      sections[index] = plain;
      shapes[index] = plain.to;
      continue;
    }
    const read = wire.reads.map((source) => shapes[source.group] ?? image);
    const stage = stages[index] ?? 1;
    const keeps = held?.keeps(index) ?? NOT_KEPT;
    const heldElements = held?.elements(index, shapes) ?? 0;
    const parts = { group, wire, read, stage, keeps, heldElements, groups, isChain: wiring === undefined };
    const lowered = unchanged(previous, index, parts) ?? section(index, parts, image);
    sections[index] = lowered;
    shapes[index] = lowered.to;
  }
  const ends = wiring?.outputs ?? chainOutputs(stages);
  const outputs = ends.map(({ name, group }) => ({ name, section: group }));
  return {
    name: backbone.name,
    image,
    sections,
    groups: sections,
    order,
    outputs,
    stages: stagesOf(sections, outputs),
  };
}

/** Whether a group of a chain is the one that stood there, and reads what that read. */
const isSame = (known: LoweredGroup, g: Group, wire: Wire, from: Shape, stage: number | undefined): boolean =>
  known.wire === wire && known.stage === stage && sameShape(known.from, from) && sameGroup(known.group, g);

const NOT_KEPT: readonly boolean[] = [false];

interface Parts {
  readonly group: Group;
  readonly wire: Wire;
  readonly read: readonly Shape[];
  readonly stage: number;
  readonly keeps: readonly boolean[];
  readonly heldElements: number;
  readonly groups: readonly Group[];
  readonly isChain: boolean;
}

/** What stood at the place, where it says and reads the same. */
function unchanged(previous: Network | undefined, index: number, parts: Parts): LoweredGroup | undefined {
  const known = previous?.groups[index];
  if (known === undefined || known.stage !== parts.stage || !sameGroup(known.group, parts.group)) return undefined;
  const { wire, read, groups } = parts;
  if (known.heldElements !== parts.heldElements || !sameFields(known.keeps, parts.keeps)) return undefined;
  if (known.wire !== wire && !sameFields(known.wire, wire)) return undefined;
  if (known.merge === undefined) return sameShape(known.from, read[0] ?? known.from) ? known : undefined;
  if (!sameShapes(known.merge.inputs, read)) return undefined;
  // A resampling looks into the blocks that it reads.
  const sameSources = wire.reads.every(({ group }) => {
    const [then, now] = [previous?.groups[group]?.group, groups[group]];
    return then === now || (then !== undefined && now !== undefined && sameGroup(then, now));
  });
  return sameSources ? known : undefined;
}

/** Whether a group takes the one tensor that it reads as it is. */
const isPlain = ({ reads, at }: Wire): boolean => reads.length === 1 && at === undefined;

function section(
  index: number,
  { group, wire, read, stage, keeps, heldElements, groups, isChain }: Parts,
  image: Shape,
): LoweredGroup {
  const merge = isPlain(wire) ? undefined : mergeOf(wire, read, group, groups, image);
  const from = merge === undefined ? (read[0] ?? image) : outputShape(merge);
  const cells = lowerBlocks(group, from);
  const to = outputShape(cells[cells.length - 1]?.cell ?? { inputs: [from], nodes: [], output: -1 });
  const { channels, height, width } = to;
  const place = wire.name || (isChain ? stageName(stage) : STEM);
  const where = { group, index, stage, place, wire, in: from.channels, channels, height, width };
  return { ...where, reads: sectionsRead(wire), merge, cells, from, to, keeps, heldElements };
}

const sectionsRead = ({ reads }: Wire): number[] => reads.map((source) => source.group);

const chainOutputs = (stages: readonly number[]) =>
  stages.flatMap((stage, group) => (stages[group + 1] === stage ? [] : [{ name: stageName(stage), group }]));

/** For every group the number of the first output that needs it; what none needs belongs to the last. */
function outputNumbers(
  outputs: readonly { readonly group: number }[],
  wires: readonly Wire[],
  count: number,
): number[] {
  const numbers = new Array<number>(count).fill(0);
  outputs.forEach(({ group }, index) => {
    const open = [group];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next < 0 || numbers[next] !== 0) continue;
      numbers[next] = index + 1;
      open.push(...sectionsRead(wires[next] ?? NO_WIRE));
    }
  });
  return numbers.map((n) => n || Math.max(1, outputs.length));
}

function stagesOf(
  groups: readonly LoweredGroup[],
  outputs: readonly { name: string; section: number }[],
): LoweredStage[] {
  return outputs.flatMap(({ name, section: last }, index) => {
    const end = groups[last];
    if (end === undefined) return [];
    const { channels, height, width } = end;
    return [{ name, channels, height, width, groups: groups.filter((g) => g.stage === index + 1), last }];
  });
}

import type { LoweredGroup, Network } from '../../backbone/lower.ts';
import type { BlockClasses } from './block-classes.ts';
import { joined, mergeCall } from './merges.ts';
import { quoted } from './names.ts';
import { type Place, placesOf } from './places.ts';
import { indent, type Line, lines } from './python.ts';

/** The part of the main class that every framework's version of it shares: what it builds, and how that runs. */
export interface NetworkBody {
  /** Assignments of the constructor. */
  readonly build: string;
  /** What `forward` does; it ends with the tuple `features` of all outputs. */
  readonly run: string;
  /** Keys of the modules that only the first output needs, then those of the first two, and so on. */
  readonly upTo: readonly (readonly string[])[];
  /** What holds the blocks: `stages` of a chain, `nodes` of a graph. */
  readonly held: 'stages' | 'nodes';
}

/** Columns of a line in the dictionary of blocks. */
const LINE = 100;

export function networkBody(network: Network, blocks: BlockClasses, isChain: boolean): NetworkBody {
  const places = placesOf(network);
  const held = isChain ? 'stages' : 'nodes';
  const modules = network.groups.map((group, i) => module(group, places[i], blocks));
  const build = lines(`self.${held} = nn.ModuleDict({`, indent(lines(modules)), '})', merges(network.groups, places));
  const ends = network.outputs.map(({ section }) => section);
  const keyAt = (index: number): string => quoted(places[index]?.key ?? '');
  const run = isChain ? runChain(ends.map(keyAt), network.groups.length) : runGraph(network, places);
  const upTo = isChain
    ? ends.map((end) => network.groups.slice(0, end + 1).map(({ index }) => keyAt(index)))
    : stemFirst(network, keyAt);
  return { build, run, upTo, held };
}

/** Blocks in a row: the first, and all others. */
function module({ cells }: LoweredGroup, place: Place | undefined, blocks: BlockClasses): string {
  const runs: { call: string; times: number }[] = [];
  for (const { cell, times } of cells) {
    const call = blocks.callOf(cell);
    const last = runs.at(-1);
    if (last?.call === call) last.times += times;
    else runs.push({ call, times });
  }
  const items = runs.map(({ call, times }) => (times === 1 ? call : `*(${call} for _ in range(${times}))`));
  const key = quoted(place?.key ?? '');
  const line = `${key}: nn.Sequential(${items.join(', ')}),`;
  if (items.length === 1 && line.length <= LINE) return line;
  return lines(`${key}: nn.Sequential(`, indent(lines(items.map((item) => `${item},`))), '),');
}

function merges(groups: readonly LoweredGroup[], places: readonly Place[]): Line[] {
  const all = groups.flatMap((group, i) => {
    const call = mergeCall(group);
    return call === undefined ? [] : [`${quoted(places[i]?.key ?? '')}: ${call},`];
  });
  return all.length === 0 ? [] : ['self.merges = nn.ModuleDict({', indent(lines(all)), '})'];
}

/** Every stage reads the one before it; those that are not the last of a resolution are no outputs. */
function runChain(ends: readonly string[], groups: number): string {
  if (ends.length === groups)
    return lines(
      'features = []',
      'for stage in self.stages.values():',
      indent(lines('x = stage(x)', 'features.append(x)')),
    );
  return lines(
    'features = []',
    'for name, stage in self.stages.items():',
    indent(lines('x = stage(x)', `if name in (${ends.join(', ')}${ends.length === 1 ? ',' : ''}):`)),
    indent('features.append(x)', 2),
  );
}

/** A line for each node, in the order in which they can run. */
function runGraph({ groups, order, outputs }: Network, places: readonly Place[]): string {
  const variable = (index: number): string => places[index]?.variable ?? 'x';
  const runs = order.flatMap((index) => {
    const group = groups[index];
    if (group === undefined) return [];
    const key = quoted(places[index]?.key ?? '');
    return [`${variable(index)} = nodes[${key}](${joined(group, key, group.reads.map(variable))})`];
  });
  const resamples = groups.some((group) => mergeCall(group) !== undefined);
  return lines(
    resamples ? 'nodes, merges, size = self.nodes, self.merges, x.shape[-2:]' : 'nodes = self.nodes',
    runs,
    `features = [${outputs.map(({ section }) => variable(section)).join(', ')}]`,
  );
}

/** The stem, then one node more each time. */
function stemFirst({ groups, order }: Network, keyAt: (index: number) => string): string[][] {
  const stem = order.filter((index) => groups[index]?.place === 'stem');
  const nodes = order.filter((index) => groups[index]?.place !== 'stem');
  return [stem, ...nodes.map((_, i) => [...stem, ...nodes.slice(0, i + 1)])].map((all) => all.map(keyAt));
}

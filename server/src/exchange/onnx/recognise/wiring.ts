import type { NamedOutput, Wire, Wiring } from '../../../backbone/backbone.ts';
import { blockOf } from '../../../backbone/blocks.ts';
import { STEM } from '../../../backbone/lower.ts';
import type { Explanation, FoundGroup } from './explanation.ts';
import { shapeAt } from './skeleton.ts';
import type { Trunk } from './trunk.ts';

/** How groups are joined; undefined where each reads the one before it. */
export function wiringOf({ groups, ends }: Explanation, { net, names, isWhole }: Trunk): Wiring | undefined {
  const isAfter = ({ wire }: FoundGroup, index: number): boolean =>
    wire.reads.length === 1 && wire.at === undefined && wire.reads[0]?.group === index - 1;
  if (groups.every(isAfter)) return undefined;
  const stem = stemOf(groups, isAfter);
  const level = ({ end }: FoundGroup): number => shapeAt(net, end).halvings;
  const counts = new Map<number, number>();
  const nodes = groups.map((found, index): Wire => {
    if (index <= stem) return { name: index === stem ? STEM : '', ...found.wire };
    const count = (counts.get(level(found)) ?? 0) + 1;
    counts.set(level(found), count);
    return { name: `c${level(found)}_${count}`, ...found.wire };
  });
  return { nodes, outputs: named(outputsOf({ groups, ends, stem, isWhole }, level), groups, names) };
}

/** The last of the single layers in a row that begin the network, none of which but the last is read by others. */
function stemOf(groups: readonly FoundGroup[], isAfter: (found: FoundGroup, index: number) => boolean): number {
  const isLayer = ({ group }: FoundGroup): boolean => !blockOf(group).repeats;
  const first = groups.findIndex((found, index) => index > 0 && !(isLayer(found) && isAfter(found, index)));
  let stem = (first < 0 ? groups.length : first) - 1;
  for (const [index, { wire }] of groups.entries())
    for (const read of wire.reads)
      if (read.group < index - 1 || index > stem) stem = Math.min(stem, Math.max(0, read.group));
  return stem;
}

/** Outputs by the names that the model has for them, each once. */
function named(
  outputs: readonly NamedOutput[],
  groups: readonly FoundGroup[],
  names: Trunk['names'],
): readonly NamedOutput[] {
  const own = outputs.map(({ name, group }) => ({ name: names.get(groups[group]?.end ?? -1) ?? name, group }));
  return new Set(own.map(({ name }) => name)).size === own.length ? own : outputs;
}

/**
 * What the network hands on, by resolution; of one that is cut what it has of each resolution. What is
 * put beside one another behind the backbone is several outputs.
 */
function outputsOf(
  {
    groups,
    ends,
    stem,
    isWhole,
  }: Pick<Explanation, 'groups' | 'ends'> & Pick<Trunk, 'isWhole'> & { readonly stem: number },
  level: (found: FoundGroup) => number,
): readonly NamedOutput[] {
  const last = new Set(ends.flatMap(({ reads }) => reads.map(({ group }) => group)));
  const read = new Set(groups.flatMap(({ wire }) => wire.reads.map(({ group }) => group)));
  for (const index of groups.keys()) if (index >= stem && !read.has(index)) last.add(index);
  const levels = new Map<number, number>();
  if (!isWhole) for (const [index, found] of groups.entries()) if (index >= stem) levels.set(level(found), index);
  const ended = new Set([...last].flatMap((index) => (groups[index] === undefined ? [] : [level(groups[index])])));
  for (const [halvings, index] of levels) if (!ended.has(halvings) && halvings > 0) last.add(index);
  const counts = new Map<number, number>();
  return [...last]
    .flatMap((index) => (groups[index] === undefined ? [] : [{ index, halvings: level(groups[index]) }]))
    .sort((a, b) => a.halvings - b.halvings || a.index - b.index)
    .map(({ index, halvings }) => {
      const count = (counts.get(halvings) ?? 0) + 1;
      counts.set(halvings, count);
      return { name: count === 1 ? `C${halvings}` : `C${halvings}_${count}`, group: index };
    });
}

import { type Backbone, type Group, group } from '../backbone/backbone.ts';
import { likelyWiring } from './likely-graph.ts';
import type { BackboneSource } from './read-backbone.ts';
import type { GroupSource } from './read-group.ts';
import { requiredNames } from './vocabulary.ts';

/** A backbone as far as it can be read, for its numbers while something in it is wrong. Nothing is judged by it. */
export interface LikelyBackbone {
  readonly backbone: Backbone;
  /** For each group of the text its place in the backbone; undefined where it is left out. */
  readonly places: readonly (number | undefined)[];
}

/** The last text that could be read, by the source it had then. */
export interface LastGood {
  readonly source: BackboneSource;
  readonly backbone: Backbone;
}

/**
 * What a broken text most likely says. Words that mean nothing are passed over. In the place of what cannot be read
 * stands what stood there when the text could last be read, or else what its neighbours have. A group of which less
 * than half is there is left out, and so are lines that are no groups at all.
 */
export function likelyBackbone(source: BackboneSource, last: LastGood | undefined): LikelyBackbone | undefined {
  const input = source.meantInput ?? last?.backbone.input;
  const known = lastGroups(source, last);
  const groups: Group[] = [];
  const places = source.groups.map((member, index): number | undefined => {
    const likely = likelyGroup(member, known[index], groups[groups.length - 1], source.groups[index + 1]);
    return likely === undefined ? undefined : groups.push(likely) - 1;
  });
  if (input === undefined || groups.length === 0) return undefined;
  const backbone = { name: source.name, input, groups, weights: source.weights };
  if (source.graph === undefined) return { backbone, places };
  const wiring = likelyWiring(source, source.graph, input.channels, { groups, places });
  return { backbone: { ...backbone, wiring }, places };
}

function likelyGroup(
  { meant, group: whole, node, statement }: GroupSource,
  known: Group | undefined,
  before: Group | undefined,
  next: GroupSource | undefined,
): Group | undefined {
  if (whole !== undefined) return whole;
  const block = meant.block ?? known?.block;
  if (block === undefined) return undefined;
  const required = requiredNames(block);
  const fields = { out: meant.out, btn: meant.btn, k: meant.kernel, s: meant.stride };
  const there = required.filter((name) => fields[name as keyof typeof fields] !== undefined);
  if (known === undefined && 2 * there.length < required.length) return undefined;
  const opens = statement.$type !== 'GraphNode' && statement.groups[0] === node;
  const like = [known, before, next?.meant].find((other) => other?.block === block && other.out !== undefined);
  const out = required.includes('out') ? (meant.out ?? known?.out ?? before?.out ?? next?.meant.out) : 0;
  if (out === undefined || (out === 0 && required.includes('out'))) return undefined;
  const share = like?.btn === undefined || !like.out ? 1 : like.btn / like.out;
  return group({
    ...meant,
    block,
    out,
    btn: meant.btn ?? (required.includes('btn') ? (known?.btn ?? Math.max(1, Math.round(out * share))) : 0),
    kernel: meant.kernel ?? known?.kernel ?? like?.kernel ?? 3,
    stride: meant.stride ?? known?.stride ?? (opens ? 2 : 1),
    depth: meant.depth ?? known?.depth ?? 1,
  });
}

/** For each group of the text the one that stood there last, in stages that still have as many groups. */
function lastGroups(source: BackboneSource, last: LastGood | undefined): (Group | undefined)[] {
  if (last === undefined) return [];
  const then = stagesOf(last.source);
  const known: (Group | undefined)[] = [];
  for (const [stage, indexes] of stagesOf(source)) {
    const others = then.get(stage) ?? [];
    if (others.length !== indexes.length) continue;
    for (const [place, index] of indexes.entries()) known[index] = last.backbone.groups[others[place] ?? -1];
  }
  return known;
}

/** The groups of each stage or node as the text names it. */
function stagesOf({ groups }: BackboneSource): Map<string, number[]> {
  const stages = new Map<string, number[]>();
  for (const [index, { statement }] of groups.entries()) {
    const stage = statement.$type === 'Stem' ? 'stem' : `${statement.$type} ${statement.name ?? ''}`;
    const members = stages.get(stage);
    if (members === undefined) stages.set(stage, [index]);
    else members.push(index);
  }
  return stages;
}

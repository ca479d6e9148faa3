import type { Group, NamedOutput, Source, Wire, Wiring } from '../backbone/backbone.ts';
import { depthFirst } from '../graph/depth-first.ts';
import { fits, type Shape } from './graph-shapes.ts';
import { type GraphSource, type NodeSource, STEM } from './graph-source.ts';
import type { BackboneSource } from './read-backbone.ts';
import { keepsChannels } from './vocabulary.ts';

/** The groups that have numbers, with where those of the text are among them. */
export interface LikelyGroups {
  readonly groups: readonly Group[];
  readonly places: readonly (number | undefined)[];
}

/**
 * The wiring of a graph that something is wrong with. What cannot be read is left out, and a node that then reads nothing
 * reads the line above. Of a circle one read is left out, and what does not fit together is resampled.
 */
export function likelyWiring(
  { groups: members }: BackboneSource,
  graph: GraphSource,
  channels: number,
  { groups, places }: LikelyGroups,
): Wiring {
  const byGroup = new Map(graph.nodes.map((node) => [node.group, node]));
  const stems = members.flatMap(({ statement }, index) =>
    statement.$type === 'Stem' && places[index] !== undefined ? [places[index]] : [],
  );
  const stem = stems.at(-1) ?? -1;
  const drafts: Draft[] = groups.map(() => ({ node: undefined, reads: [] }));
  for (const [index, place] of places.entries()) {
    if (place === undefined) continue;
    const own = stems.indexOf(place);
    if (own >= 0) drafts[place] = { node: undefined, reads: [plain(stems[own - 1] ?? -1)] };
    else drafts[place] = draftOf(byGroup.get(index), place, places);
  }
  const order = withoutCircles(drafts, stem);
  const image: Shape = { channels, halvings: 0 };
  const shapes: Shape[] = [];
  const wires: Wire[] = drafts.map(() => ({ name: '', reads: [], join: 'sum' }));
  for (const place of order) {
    const [draft, group] = [drafts[place], groups[place]];
    if (draft === undefined || group === undefined) continue;
    const name = place === stem ? STEM : (draft.node?.name ?? '');
    const fitted = fittedWire(draft, group, places, (read) => shapes[read] ?? image);
    wires[place] = { name, ...fitted.wire };
    shapes[place] = fitted.to;
  }
  return { nodes: wires, outputs: outputsOf(graph, places, shapes) };
}

interface Draft {
  readonly node: NodeSource | undefined;
  readonly reads: readonly Source[];
}

const plain = (group: number): Source => ({ group, asIs: false });

function draftOf(node: NodeSource | undefined, place: number, places: LikelyGroups['places']): Draft {
  const reads = new Map<number, Source>();
  for (const { group, asIs } of node?.reads ?? []) {
    const read = group === undefined ? undefined : places[group];
    if (read !== undefined && read !== place) reads.set(read, { group: read, asIs });
  }
  return { node, reads: reads.size === 0 ? [plain(place - 1)] : [...reads.values()] };
}

/** Leaves out each read that closes a circle; gives the order in which what is read stands before what reads it. */
function withoutCircles(drafts: Draft[], stem: number): number[] {
  return depthFirst(
    drafts.length,
    (place) => drafts[place]?.reads.map(({ group }) => group) ?? [],
    (way, to) => {
      const end = way.at(-1);
      const draft = drafts[end?.node ?? -1];
      if (end === undefined || draft === undefined) return;
      const left = draft.reads.filter(({ group }) => group !== to);
      drafts[end.node] = { ...draft, reads: left.length > 0 ? left : [plain(stem)] };
      // What stands in its place now is looked at next.
      end.next -= 1;
    },
  );
}

/** @param shapeAt the shape of what a group gives; that of the image for what is not known */
function fittedWire(
  { node, reads }: Draft,
  group: Group,
  places: LikelyGroups['places'],
  shapeAt: (place: number) => Shape,
): { readonly wire: Omit<Wire, 'name'>; readonly to: Shape } {
  const shapeOf = ({ group: read }: Source): Shape => shapeAt(read);
  const [first = plain(-1)] = reads;
  const join = node?.join ?? 'sum';
  const fitting = reads.every((read) => fits(shapeOf(first), shapeOf(read), join));
  const widthless = keepsChannels(group.block);
  const halving = group.stride === 2 ? 1 : 0;
  const resampled = !widthless && (!fitting || (node?.at !== undefined && join === 'sum'));
  if (!resampled) {
    const read = fitting ? reads : [first];
    const channels =
      join === 'concat' ? read.reduce((sum, r) => sum + shapeOf(r).channels, 0) : shapeOf(first).channels;
    const to = { channels: widthless ? channels : group.out, halvings: shapeOf(first).halvings + halving };
    return { wire: { reads: read.map(({ group: g }) => plain(g)), join }, to };
  }
  const like = node?.at?.like?.group;
  const likePlace = like === undefined ? undefined : places[like];
  const at =
    node?.at?.halvings ??
    (likePlace === undefined ? undefined : shapeAt(likePlace).halvings) ??
    Math.max(...reads.map((read) => shapeOf(read).halvings));
  const target = { channels: group.out, halvings: at };
  const read = reads.map((r) => ({ ...r, asIs: r.asIs && fits(target, shapeOf(r), 'sum') }));
  return { wire: { reads: read, join: 'sum', at }, to: { channels: group.out, halvings: at + halving } };
}

/** The outputs that can be read; without any, the last line as the stage of its resolution. */
function outputsOf(
  { outputs }: GraphSource,
  places: LikelyGroups['places'],
  shapes: readonly Shape[],
): readonly NamedOutput[] {
  const named = new Map<string, number>();
  for (const { name, use } of outputs) {
    const place = use?.group === undefined ? undefined : places[use.group];
    if (place !== undefined && !named.has(name)) named.set(name, place);
  }
  if (named.size > 0) return [...named].map(([name, group]) => ({ name, group }));
  const last = shapes.length - 1;
  return [{ name: `C${shapes[last]?.halvings ?? 1}`, group: last }];
}

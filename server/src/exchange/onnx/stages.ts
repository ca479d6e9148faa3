import { countWeights, type Layer } from './costs.ts';
import type { Place, Places } from './places.ts';

/** A feature map that a detector could read, with what it takes to compute beyond the earlier ones. */
export interface Stage {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Multiply–accumulates of convolutions and linear layers. */
  readonly macs: number;
  readonly params: number;
}

const isMap = ({ spatial, convolved, tensor }: Place): boolean => spatial && convolved && tensor?.dims.length === 4;

/**
 * The feature maps of each resolution, the stem's first: what the next strided operator reads. The last is the last tensor of
 * the smallest resolution, or, where there is a pyramid, what its lateral convolution reads.
 */
export const stagesOf = (layers: readonly Layer[], places: Places): readonly Stage[] =>
  measured(endsOf(places), layers);

/** The feature map that a backbone ends with. */
export const lastMap = (places: Places): Place | undefined => endsOf(places).at(-1);

/** Where the stages end. */
function endsOf(places: Places): readonly Place[] {
  const found = new Map<number, Place>();
  // Where several read, the first tensor is what all of them come from.
  const take = (place: Place): void => {
    const other = found.get(place.stride);
    if (isMap(place) && (other === undefined || place.order < other.order)) found.set(place.stride, place);
  };
  for (const place of readByStrided(places)) take(before(place, places));
  const laterals = lateralsOf(places);
  if (laterals.length > 0) {
    const top = laterals.reduce((a, b) =>
      b.stride > a.stride || (b.stride === a.stride && b.order > a.order) ? b : a,
    );
    for (const stride of found.keys()) if (stride >= top.stride) found.delete(stride);
    for (const lateral of laterals) take(lateral);
    // Of two levels of one size the last is the end of the network.
    found.set(top.stride, top);
  } else {
    const last = lastOf(places);
    if (last !== undefined) found.set(last.stride, last);
  }
  return [...found.values()].sort((a, b) => a.stride - b.stride);
}

/** What operators read that make the map smaller. */
function* readByStrided(places: Places): Iterable<Place> {
  for (const { step, down } of places.values()) {
    const input = down > 1 ? places.get(step?.node.inputs[0] ?? '') : undefined;
    if (input?.spatial === true) yield input;
  }
}

/** The last map of the smallest resolution before global pooling or flattening. */
function lastOf(places: Places): Place | undefined {
  let last: Place | undefined;
  for (const place of places.values())
    if (isMap(place) && (last === undefined || place.stride >= last.stride)) last = place;
  return last;
}

/** The 1×1 convolution of stride 1 that made a tensor, if it is one: its input. */
function pointwiseInput({ step }: Place): string | undefined {
  if (step?.node.op !== 'Conv') return undefined;
  const [, weight] = step.inputs;
  const strides = step.node.attributes.get('strides')?.ints ?? [];
  const isPoint = weight?.dims.slice(2).every((size) => size === 1) === true && strides.every((stride) => stride === 1);
  return isPoint ? step.node.inputs[0] : undefined;
}

/**
 * Goes back over the 1×1 convolutions that prepare a strided operator, with their norm and activation. One without either
 * is a block's linear end, and stays; but where norm and activation come first (DenseNet), they go with it.
 */
function before(place: Place, places: Places): Place {
  let at = place;
  for (;;) {
    const origin = places.get(at.origin) ?? at;
    const read = places.get(pointwiseInput(origin) ?? '');
    if (read === undefined) return isPadded(at) ? (places.get(at.step?.node.inputs[0] ?? '') ?? at) : at;
    if (at.acted) at = read;
    else {
      const start = places.get(read.origin);
      const isPre = !at.normed && read.acted && read.normed && start !== undefined && start.step?.node.op !== 'Conv';
      return isPre ? start : at;
    }
  }
}

const isPadded = ({ step }: Place): boolean => step?.node.op === 'Pad';

/**
 * What the lateral convolutions of a pyramid read: 1×1 convolutions whose output a map is added to, or put beside, that was
 * made larger, and the one from which the first such map was made.
 */
function lateralsOf(places: Places): readonly Place[] {
  const laterals: Place[] = [];
  for (const { step } of places.values()) {
    if (step === undefined || !/^(Add|Sum|Concat)$/.test(step.node.op)) continue;
    const read = step.node.inputs.flatMap((name) => places.get(name) ?? []);
    const origins = read.map((place) => places.get(place.origin) ?? place);
    const larger = origins.filter(
      ({ raised, step: made }) => raised && places.get(made?.node.inputs[0] ?? '')?.spatial === true,
    );
    if (larger.length === 0 || larger.length === origins.length) continue;
    const sources = larger.map(({ step: made }) => places.get(made?.node.inputs[0] ?? ''));
    for (const place of [...origins, ...sources]) {
      const origin = place === undefined ? undefined : (places.get(place.origin) ?? place);
      const lateral = places.get((origin && pointwiseInput(origin)) ?? '');
      if (lateral !== undefined && isMap(lateral)) laterals.push(lateral);
    }
  }
  return laterals;
}

/** What each map needs that no earlier one does. */
function measured(maps: readonly Place[], layers: readonly Layer[]): readonly Stage[] {
  const makers = new Map<string, number>();
  for (const [i, { step }] of layers.entries()) for (const name of step.node.outputs) makers.set(name, i);
  const done = new Set<number>();
  const seen = new Set<string>();
  return maps.map(({ name, tensor }) => {
    const [, channels = 0, height = 0, width = 0] = tensor?.dims ?? [];
    const needed: Layer[] = [];
    const open = [name];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const index = makers.get(next);
      const layer = index === undefined ? undefined : layers[index];
      if (index === undefined || layer === undefined || done.has(index)) continue;
      done.add(index);
      needed.push(layer);
      for (const input of layer.step.node.inputs) open.push(input);
    }
    const macs = needed.reduce((sum, layer) => sum + (layer.kind === 'other' ? 0 : layer.macs), 0);
    return { channels, height, width, macs, params: countWeights(needed, seen).total };
  });
}

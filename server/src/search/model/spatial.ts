import { spatialLogs } from '../../entropy/exact.ts';
import { type Field, uniformField } from '../../entropy/field.ts';
import type { Step } from '../../entropy/scored.ts';
import { spatialPath } from './block-terms.ts';
import type { ChainModel } from './model.ts';

/** The state of the exact estimator after a group. */
interface Place {
  readonly field: Field;
  /** ½ log of what the windows of the group gave, up to here. */
  readonly logStd: number;
}

/** Places kept at most; a search that meets more starts over, which costs time and changes nothing. */
const MOST_PLACES = 150_000;

/**
 * The spatial factor of the exact estimator. It depends on kernels, strides and depths but not on widths, so it is a
 * tree over the groups: each path of (variant, depth) is computed once, and a design is a walk of one lookup a group.
 */
export class SpatialTree {
  private readonly model: ChainModel;
  private readonly weights: Float64Array;
  private readonly paths: { readonly first: readonly Step[]; readonly later: readonly Step[] }[][];
  /** Children of one place of group g: variant · depths + depth − 1. */
  private readonly depths: Int32Array;
  private readonly fanOut: Int32Array;
  private children = new Int32Array(1 << 16);
  private used = 0;
  private places: Place[] = [];
  private firstChild: number[] = [];
  private value = new Float64Array(1 << 12);

  constructor(model: ChainModel) {
    this.model = model;
    this.weights = Float64Array.from(model.score.groupWeights);
    this.paths = model.slots.map((slot) =>
      slot.variants.map(({ site, later }) => ({ first: spatialPath(site), later: spatialPath(later) })),
    );
    this.depths = Int32Array.from(
      model.slots.map((slot, g) => (slot.movesDepth ? slot.depth.most : (model.start.groups[g]?.depth ?? 1))),
    );
    this.fanOut = Int32Array.from(model.slots.map((slot, g) => slot.variants.length * (this.depths[g] ?? 1)));
    this.clear();
  }

  /** Σ_g W_g · (spatial log γ of group g) of a design. */
  score(genes: Int32Array, at: number): number {
    const { depths, weights } = this;
    const groups = depths.length;
    let place = 0;
    let sum = 0;
    for (let g = 0; g < groups; g++) {
      const gene = at + 4 * g;
      const child = (genes[gene + 2] ?? 0) * (depths[g] ?? 0) + (genes[gene + 3] ?? 0) - 1;
      const next = this.children[(this.firstChild[place] ?? 0) + child] ?? 0;
      place = next > 0 ? next : this.grow(place, g, child);
      if (place < 0) return this.score(genes, at);
      sum += (weights[g] ?? 0) * (this.value[place] ?? 0);
    }
    return sum;
  }

  /** The place behind a group that is walked from another place, 0 before the first; −1 where there is no room for more. */
  step(place: number, g: number, variant: number, depth: number): number {
    const child = variant * (this.depths[g] ?? 0) + depth - 1;
    const known = this.children[(this.firstChild[place] ?? 0) + child] ?? 0;
    if (known > 0) return known;
    return this.places.length + depth > MOST_PLACES ? -1 : this.grow(place, g, child);
  }

  /** W_g · (spatial log γ of group g) at the place behind it. */
  worth(place: number, g: number): number {
    return (this.weights[g] ?? 0) * (this.value[place] ?? 0);
  }

  private clear(): void {
    this.used = 0;
    this.children.fill(0);
    this.places = [];
    this.firstChild = [];
    this.add({ field: uniformField(this.model.start.input), logStd: 0 }, this.fanOut[0] ?? 0);
  }

  private add(place: Place, children: number): number {
    const id = this.places.length;
    this.places.push(place);
    this.firstChild.push(this.used);
    this.used += children;
    if (this.used > this.children.length) this.children = widened(this.children, 2 * this.used);
    if (id >= this.value.length) {
      const value = new Float64Array(2 * id);
      value.set(this.value);
      this.value = value;
    }
    this.value[id] = place.logStd;
    return id;
  }

  /** Computes a child that is missing, block by block from the one that is a block shallower. −1 after starting over. */
  private grow(parent: number, g: number, child: number): number {
    if (this.places.length >= MOST_PLACES) {
      this.clear();
      return -1;
    }
    const depths = this.depths[g] ?? 1;
    const variant = Math.floor(child / depths);
    const first = (this.firstChild[parent] ?? 0) + variant * depths;
    const paths = this.paths[g]?.[variant];
    let place = this.places[parent];
    if (place === undefined || paths === undefined) throw new Error('a design walks known groups');
    place = { ...place, logStd: 0 };
    let id = -1;
    for (let d = 0; d <= child - variant * depths; d++) {
      id = this.children[first + d] ?? 0;
      if (id === 0) {
        place = through(place, d === 0 ? paths.first : paths.later);
        id = this.add(place, this.fanOut[g + 1] ?? 0);
        this.children[first + d] = id;
      } else place = this.places[id] ?? place;
    }
    return id;
  }
}

function widened(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const wide = new Int32Array(length);
  wide.set(array);
  return wide;
}

function through({ field, logStd }: Place, path: readonly Step[]): Place {
  const passed = spatialLogs(path, field);
  return { field: passed.field, logStd: passed.logs.reduce((sum, log) => sum + log, logStd) };
}

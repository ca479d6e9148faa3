import type { Backbone, Group } from '../../backbone/backbone.ts';
import type { Model } from './model.ts';

/**
 * A design as whole numbers, four per group, so that the inner loop touches no objects: output channels, bottleneck
 * width, index of the variant (block type and kernel) and depth.
 */
export const GENES = 4;
export const OUT = 0;
export const BTN = 1;
export const VARIANT = 2;
export const DEPTH = 3;

/**
 * Reads a backbone of the model's shape. A max-pool's output gene is 0, as in the backbone; a type and kernel that the
 * space does not allow become the first that it does.
 */
export function encode(model: Model, groups: readonly Group[]): Int32Array {
  const genes = new Int32Array(GENES * model.slots.length);
  model.slots.forEach((slot, index) => {
    const g = groups[index];
    if (g === undefined) throw new Error('a design has the groups of its start');
    const variant = slot.variants.findIndex((v) => v.template.block === g.block && v.template.kernel === g.kernel);
    genes.set([g.out, g.btn, Math.max(0, variant), g.depth], GENES * index);
  });
  return genes;
}

/** The backbone of a design; everything that no gene says is the start's. */
export function decode(model: Model, genes: ArrayLike<number>, at = 0): Backbone {
  const groups = model.slots.map((slot, index): Group => {
    const gene = (which: number): number => genes[at + GENES * index + which] ?? 0;
    const template = slot.variants[gene(VARIANT)]?.template;
    if (template === undefined) throw new Error('a design has a variant at every group');
    return { ...template, out: gene(OUT), btn: gene(BTN), depth: gene(DEPTH) };
  });
  return { ...model.start, groups };
}

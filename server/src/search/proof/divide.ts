import { DEPTH, GENES, VARIANT } from '../model/genome.ts';
import type { ChainModel } from '../model/model.ts';
import { holds, type Part } from './part.ts';

/**
 * Divides a part in two, where designs that are the best at about the best prices differ: by the type of a group, by its
 * kernel, then by its depth. Where they do not differ, what has most left is halved: depths, then types and kernels, then
 * widths. Every design of the part lies in one of the two; undefined where nothing is left to divide.
 */
export function divided(part: Part, model: ChainModel, telling: readonly Int32Array[]): readonly Part[] | undefined {
  const known = telling.filter((genes) => holds(part, genes));
  return byVariant(part, model, known) ?? byDepth(part, known) ?? halved(part, 'variants') ?? halved(part, 'outs');
}

/** Whether designs differ in some gene of a group. */
export const differ = (designs: readonly Int32Array[], gene: number): boolean =>
  designs.some((genes) => genes.some((value, i) => i % GENES === gene && value !== designs[0]?.[i]));

const geneOf = (known: readonly Int32Array[], g: number, gene: number): number[] =>
  known.map((genes) => genes[GENES * g + gene] ?? 0);

function byVariant(part: Part, model: ChainModel, known: readonly Int32Array[]): readonly Part[] | undefined {
  const typeOf = (g: number, v: number) => model.slots[g]?.variants[v]?.template.block;
  for (const alike of [(g: number, v: number) => typeOf(g, v), (_: number, v: number) => v]) {
    const g = part.variants.findIndex((_, i) => new Set(geneOf(known, i, VARIANT).map((v) => alike(i, v))).size > 1);
    if (g < 0) continue;
    const [first = 0] = geneOf(known, g, VARIANT);
    const like = (v: number): boolean => alike(g, v) === alike(g, first);
    const own = part.variants[g] ?? [];
    return [own.filter(like), own.filter((v) => !like(v))].map((side) => ({
      ...part,
      variants: part.variants.with(g, side),
    }));
  }
  return undefined;
}

function byDepth(part: Part, known: readonly Int32Array[]): readonly Part[] | undefined {
  const spreads = part.depths.map((own, g) => {
    const met = geneOf(known, g, DEPTH);
    return own.length > 1 && met.length > 0 ? Math.max(...met) - Math.min(...met) : 0;
  });
  const most = Math.max(...spreads);
  return most > 0 ? halves(part, 'depths', spreads.indexOf(most)) : halved(part, 'depths');
}

/** Halves what has most left of something. */
function halved(part: Part, key: keyof Part): readonly Part[] | undefined {
  const left = part[key].map((own) => own.length);
  const most = Math.max(...left);
  return most > 1 ? halves(part, key, left.indexOf(most)) : undefined;
}

function halves(part: Part, key: keyof Part, g: number): readonly Part[] {
  const own = part[key][g] ?? [];
  const middle = own.length >> 1;
  return [own.slice(0, middle), own.slice(middle)].map((side) => ({
    ...part,
    [key]: part[key].map((all, i) => (i === g ? side : all)),
  }));
}

import { readFileSync } from 'node:fs';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { type Backbone, stageNumbers } from '../../server/src/backbone/backbone.ts';
import { blockOf } from '../../server/src/backbone/blocks.ts';
import { groupChannels } from '../../server/src/backbone/channels.ts';
import { readDesign } from '../../server/src/language/design.ts';
import { quantile } from '../../server/src/profiling/statistics.ts';
import { search } from '../../server/src/search/node/run-search.ts';
import { PRESETS, type PresetName } from '../../server/src/space/presets.ts';
import { publishedTask } from '../tasks.ts';
import { accelDesign, macroDesign, transnasDesign } from './codes.ts';
import { column, type EvidenceSet, equalPairsOf } from './sets.ts';
import { mean, once, outcomes, rankingOf, sharesWon } from './statistics.ts';

/** Networks between two values of a count, and the pairs of equal macs whose larger value lies there. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly pairs: number;
  /** The share of these pairs in which the higher score is the more accurate. */
  readonly won: number;
}

const FIFTHS = [0.2, 0.4, 0.6, 0.8, 1] as const;

/** Bands of a count, each of about a fifth of the networks; those that would be empty are left out. */
export function bandsOf(set: EvidenceSet, count: 'layers' | 'rho'): Band[] {
  const [values, score] = [column(set, count), column(set, 'multi-scale')];
  const pairs = equalPairsOf(set);
  const ranks = rankingOf(set.accuracies);
  const edges = [...new Set(FIFTHS.map((share) => quantile(values, share)))];
  let before = -Infinity;
  return edges.flatMap((to): Band[] => {
    const low = before;
    before = to;
    const places = Array.from(pairs.left, (_, p) => p).filter((p) => {
      const larger = Math.max(values[pairs.left[p] ?? 0] ?? 0, values[pairs.right[p] ?? 0] ?? 0);
      return larger > low && larger <= to;
    });
    if (places.length === 0) return [];
    const own = {
      left: Int32Array.from(places, (p) => pairs.left[p] ?? 0),
      right: Int32Array.from(places, (p) => pairs.right[p] ?? 0),
    };
    const [won = Number.NaN] = sharesWon(own, outcomes(own, [rankingOf(score)], ranks), once(values.length));
    const from = Math.min(...values.filter((value) => value > low));
    return [{ from, to, pairs: places.length, won }];
  });
}

/** The networks of the highest score in a set, so many: how accurate they are beside as many others. */
export interface Liked {
  readonly count: number;
  readonly accuracy: number;
  readonly best: number;
  readonly any: number;
  readonly layers: number;
  readonly rho: number;
}

export function likedOf(set: EvidenceSet): Liked[] {
  const [score, layers, rho] = [column(set, 'multi-scale'), column(set, 'layers'), column(set, 'rho')];
  const order = score.map((_, i) => i).sort((i, j) => (score[j] ?? 0) - (score[i] ?? 0));
  const best = set.accuracies.toSorted((a, b) => b - a);
  return [10, 100].map((count) => {
    const of = (values: readonly number[]): number => mean(order.slice(0, count).map((i) => values[i] ?? Number.NaN));
    return {
      count,
      accuracy: of(set.accuracies),
      best: mean(best.slice(0, count)),
      any: mean(set.accuracies),
      layers: of(layers),
      rho: of(rho),
    };
  });
}

/** What the limits of a space are about, of one network or of the extremes of many. */
export interface Looks {
  readonly name: string;
  /** Blocks of the deepest stage. */
  readonly depth: number;
  readonly layers: number;
  /** The least btn / out and the most out / in of groups of blocks. */
  readonly narrowest: number;
  readonly growth: number;
  readonly rho: number;
  readonly score?: number;
  readonly design?: Backbone;
  readonly proven?: boolean;
}

export function looksOf(name: string, design: Backbone): Looks {
  const { groups } = design;
  const channels = groupChannels(design);
  const stages = stageNumbers(groups);
  const blocks = groups.flatMap((g, i) => (blockOf(g).repeats ? [{ g, i }] : []));
  const depths = new Map<number, number>();
  for (const { g, i } of blocks) depths.set(stages[i] ?? 0, (depths.get(stages[i] ?? 0) ?? 0) + g.depth);
  const { costs, score } = analyse(design);
  return {
    name,
    depth: Math.max(0, ...depths.values()),
    layers: costs.layers,
    narrowest: Math.min(...blocks.map(({ g, i }) => (g.btn > 0 ? g.btn : (channels[i]?.in ?? g.out)) / g.out)),
    growth: Math.max(...blocks.map(({ g, i }) => g.out / (channels[i]?.in ?? g.out))),
    rho: costs.rho,
    score: score.fanIn,
  };
}

/** The extremes of each benchmark. */
export function looksOfData(sets: readonly EvidenceSet[]): Looks[] {
  const designs = [macroDesign, accelDesign, transnasDesign];
  return [sets[0], sets[1], sets.at(-1)].flatMap((set, s): Looks[] => {
    const design = designs[s];
    if (set === undefined || design === undefined) return [];
    const all = set.samples.map(({ code }) => looksOf(code, design(code)));
    const most = (of: (looks: Looks) => number): number => all.reduce((found, one) => Math.max(found, of(one)), 0);
    const least = all.reduce((found, { narrowest }) => Math.min(found, narrowest), Infinity);
    return [
      {
        name: `${set.benchmark}, the most of any`,
        depth: most(({ depth }) => depth),
        layers: most(({ layers }) => layers),
        narrowest: least,
        growth: most(({ growth }) => growth),
        rho: most(({ rho }) => rho),
      },
    ];
  });
}

/** Networks that people trained, as the files of examples/ have them, by the names that their papers give. */
const TRAINED = {
  resnet18: 'ResNet-18',
  resnet50: 'ResNet-50',
  resnet101: 'ResNet-101',
  resnext50: 'ResNeXt-50',
  regnetx_400mf: 'RegNetX-400MF',
  mobilenetv2: 'MobileNetV2',
  efficientnet_b0: 'EfficientNet-B0',
  maedet_s: 'MAE-DET-S',
  maedet_m: 'MAE-DET-M',
  maedet_l: 'MAE-DET-L',
} as const;

export function looksOfTrained(): Looks[] {
  return Object.entries(TRAINED).flatMap(([file, title]) => {
    const text = readFileSync(new URL(`../../examples/${file}.mae`, import.meta.url), 'utf8');
    const backbone = readDesign(text).backbones[0]?.backbone;
    if (backbone === undefined) throw new Error(`examples/${file}.mae has no backbone`);
    return [looksOf(title, backbone)];
  });
}

/** The best of a space within the budgets of the three published designs. */
export async function looksOfOptima(space: PresetName): Promise<Looks[]> {
  const found: Looks[] = [];
  for (const name of ['S', 'M', 'L'] as const) {
    const result = await search({ ...publishedTask(name), space: PRESETS[space], prove: true });
    if (result.kind === 'problem') throw new Error(result.message);
    const { backbone, proven } = result;
    found.push({ ...looksOf(`${space}, budget of MAE-DET-${name}`, backbone), design: backbone, proven });
  }
  return found;
}

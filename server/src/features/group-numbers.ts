import { percent } from '../../../common/numbers.ts';
import { type Outlook, WhatIf } from '../analysis/what-if.ts';
import { type BlockKind, type Group, sameGroup } from '../backbone/backbone.ts';
import { blockNamed } from '../backbone/blocks.ts';
import { exceeded } from '../cost/budget.ts';
import type { GroupCursor } from '../language/cursor-group.ts';
import type { GroupSource } from '../language/read-group.ts';
import { largestKernel, roundToGrid } from '../space/grid.ts';
import { scaleWidth } from '../space/moves.ts';
import { tiesOf, withGroup } from '../space/ties.ts';
import { graphSurroundings } from './graph-surroundings.ts';
import { effectText } from './move-effect.ts';
import { type FeatureOptions, toldCosts } from './options.ts';
import { scoringOf } from './scoring-of.ts';
import { type SnapshotBackbone, shownGroups } from './snapshot.ts';

const STEM_WIDTHS = [16, 24, 32, 48, 64];
const MOST_CHANNELS = 2048;

/** What the groups before the cursor hand on to the one that is typed. */
export interface Surroundings {
  /** Channels that come in; undefined for the first group. */
  readonly channels: number | undefined;
  /** Side of the feature map that comes in; undefined while the input is not known. */
  readonly side: number | undefined;
  readonly block: BlockKind | undefined;
}

export function surroundings(backbone: SnapshotBackbone | undefined, index: number): Surroundings {
  const before = backbone?.source.groups.slice(0, Math.max(0, index)) ?? [];
  const input = backbone?.source.input;
  const block = before.findLast((g) => g.block !== undefined && g.statement.$type !== 'Stem')?.block;
  if (backbone?.source.graph !== undefined)
    return { ...graphSurroundings(backbone.source, backbone.source.graph, index), block };
  const stride = before.reduce((product, g) => product * (g.fields.stride ?? 1), 1);
  return {
    channels: before.findLast((g) => g.fields.out !== undefined)?.fields.out,
    side: input === undefined ? undefined : Math.ceil(Math.min(input.height, input.width) / stride),
    block,
  };
}

/** Output widths to begin with: for a new stage from the same width up to four times as wide, twice first. */
export function outputs({ channels }: Surroundings, head: GroupCursor['head']): number[] {
  if (channels === undefined) return STEM_WIDTHS;
  const factors = head === '+' ? [1, 1.25, 1.5, 2] : [2, 1, 1.25, 1.5, 3, 4];
  const widths = factors.map((factor) => scaleWidth(channels, factor));
  return [...new Set(widths.filter((w) => w <= MOST_CHANNELS || w === channels))];
}

/** As many times the output as the bottlenecks of residual blocks, a quarter first as in ResNet. */
const NARROW = [1 / 4, 1 / 8, 3 / 8, 1 / 2];

/** Bottleneck widths for an output: those that are usual for the block. */
export function bottlenecks(out: number, block: string | undefined): number[] {
  const usual = block === undefined ? [] : (blockNamed(block)?.usualBottlenecks ?? []);
  return [...new Set((usual.length > 0 ? usual : NARROW).map((factor) => roundToGrid(out * factor)))];
}

/** Odd kernels that fit the feature map. */
export const kernels = ({ side }: Surroundings): number[] => {
  const fitting = [3, 5, 7].filter((k) => side === undefined || k <= largestKernel(side));
  return fitting.length > 0 ? fitting : [1];
};

/** The steps of the search around a width that is written already. */
export const around = (width: number | undefined): number[] =>
  width === undefined ? [] : [0.8, 1.25, 1.5, 2].map((factor) => scaleWidth(width, factor)).filter((w) => w !== width);

/** What a value would change, from the last good numbers of the backbone: «+4.1 score, +1.2 G macs», and by how much it breaks a budget. */
export interface ValueEffect {
  readonly text: string;
  readonly score: number;
  readonly fits: boolean;
}

/** Tries values of one field of a group; undefined where the group has no numbers yet. */
export function effectsOf(
  backbone: SnapshotBackbone,
  group: GroupSource | undefined,
  fieldOf: (value: number) => Partial<Group>,
  options: FeatureOptions,
): ((value: number) => ValueEffect) | undefined {
  const { analysis, budgets } = backbone;
  const own = shownGroups(backbone).find(({ source }) => source === group)?.analysis.lowered;
  if (analysis === undefined || own === undefined) return undefined;
  const told = toldCosts(backbone, options);
  const whatIf = new WhatIf(analysis, scoringOf(backbone, options));
  const before: Outlook = { costs: analysis.costs, score: whatIf.score };
  const ties = tiesOf(analysis.backbone);
  return (value) => {
    const tried = { ...own.group, ...fieldOf(value) };
    const same = sameGroup(tried, own.group);
    const after = same ? before : whatIf.try(withGroup(analysis.backbone.groups, ties, own.index, tried));
    const broken = budgets.flatMap((b) => exceeded(after.costs, b.budget).map((e) => ({ name: b.name, ...e })));
    const [worst] = broken.sort((a, b) => b.over - a.over);
    const over = worst === undefined ? '' : `, ${percent(worst.over)} over ${worst.name} ${worst.limit.cost}`;
    const text = same
      ? 'as it is'
      : `${effectText(after.score - before.score, before.costs, after.costs, told)}${over}`;
    return { text, score: after.score, fits: worst === undefined };
  };
}

import { stepsOf } from '../../analysis/flow.ts';
import type { Backbone, Group } from '../../backbone/backbone.ts';
import { Holding } from '../../backbone/holding.ts';
import { type LoweredGroup, lower, lowerBlock, type Network } from '../../backbone/lower.ts';
import type { Shape } from '../../graph/shapes.ts';
import { type BlockForms, blockForms } from './block-terms.ts';
import { LoweredBlocks } from './block-value.ts';
import { hasInnerBase, type MergeAt, type MergeForms, mergeAt, mergeForms } from './merge-forms.ts';
import type { GraphModel, Variant } from './model.ts';

/** One group of a graph, ready to be computed again and again. */
export interface GroupPlan {
  /** The groups that it reads, −1 for the image. */
  readonly reads: readonly number[];
  readonly concat: boolean;
  /** Whether what it reads is brought to its own width. */
  readonly resampled: boolean;
  readonly merge: { readonly at: MergeAt; readonly forms: MergeForms } | undefined;
  readonly variants: readonly VariantPlan[];
  /** For each tensor that it reads whether a later group reads it too. */
  readonly keeps: readonly boolean[];
  /** Bytes for each channel of what it reads and a later group reads too, 0 for others. */
  readonly kept: readonly number[];
  /** Tensors that wait for later groups, and bytes for each of their channels. */
  readonly waiting: readonly { readonly group: number; readonly bytes: number }[];
}

export interface VariantPlan {
  /** Of blocks that the signal passes in one line; others are lowered as they come. */
  readonly forms: BlockForms | undefined;
  readonly blocks: LoweredBlocks;
  /** Whether a resampling behind it takes its bottleneck for its width. */
  readonly innerBase: boolean;
}

export interface GraphPlan {
  readonly network: Network;
  readonly groups: readonly GroupPlan[];
}

const plans = new WeakMap<GraphModel, GraphPlan>();

/** The plan of a model, made once: its evaluators share what they learn of blocks. */
export function graphPlan(model: GraphModel): GraphPlan {
  const found = plans.get(model) ?? compile(model);
  plans.set(model, found);
  return found;
}

function compile(model: GraphModel): GraphPlan {
  const { start } = model;
  const network = lower(start);
  const holding = new Holding(
    network.groups.map(({ reads }) => reads),
    network.order,
  );
  const waits = start.wiring === undefined ? (): readonly number[] => [] : (index: number) => holding.waiting(index);
  return { network, groups: network.groups.map((lowered) => groupPlan(model, network, lowered, waits(lowered.index))) };
}

function groupPlan(model: GraphModel, network: Network, lowered: LoweredGroup, waiting: readonly number[]): GroupPlan {
  const { index, wire, merge, keeps } = lowered;
  const { image, groups } = network;
  const bytesOf = ({ height, width }: Shape): number => model.bytes * height * width;
  const shapes = lowered.reads.map((read) => groups[read]?.to ?? image);
  // Behind a merge nobody else reads what the first block does.
  const keepsInput = merge === undefined && keeps[0] === true;
  return {
    reads: lowered.reads,
    concat: wire.join === 'concat',
    resampled: wire.at !== undefined,
    merge: merge === undefined ? undefined : mergePlan(model, network, lowered, shapes),
    variants: (model.slots[index]?.variants ?? []).map((variant) => variantPlan(model, variant, lowered, keepsInput)),
    keeps,
    kept: shapes.map((shape, i) => (keeps[i] === true ? bytesOf(shape) : 0)),
    waiting: waiting.flatMap((group) => {
      const shape = groups[group]?.to;
      return shape === undefined ? [] : [{ group, bytes: bytesOf(shape) }];
    }),
  };
}

function mergePlan(model: GraphModel, { image }: Network, lowered: LoweredGroup, shapes: readonly Shape[]) {
  const parents = lowered.reads.map((read) => parentOf(model, read));
  const at = mergeAt(lowered, shapes, parents, model.start, image);
  return { at, forms: mergeForms(at, shapes.length, lowered.keeps, image, model.additive) };
}

/** What a group may be as a parent: of its block types one whose base width is its own, where there is any. */
function parentOf({ slots, start }: { slots: GraphModel['slots']; start: Backbone }, read: number): Group | undefined {
  const templates = (slots[read]?.variants ?? []).map(({ template }) => template);
  return templates.find(hasInnerBase) ?? templates[0] ?? start.groups[read];
}

function variantPlan(
  { additive, bytes }: GraphModel,
  { template, site, later }: Variant,
  { from, to }: LoweredGroup,
  keeps: boolean,
): VariantPlan {
  const cells = [lowerBlock(template, from, true), lowerBlock(template, to, false)];
  const passes = stepsOf({ cells: cells.map((cell) => ({ cell, times: 1 })) }) !== undefined;
  return {
    forms: passes ? blockForms(site, later, additive, bytes, keeps) : undefined,
    blocks: new LoweredBlocks(site, later, additive, bytes, keeps),
    innerBase: hasInnerBase(template),
  };
}

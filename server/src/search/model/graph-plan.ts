import { stepsOf } from '../../analysis/flow.ts';
import type { Backbone, Group } from '../../backbone/backbone.ts';
import { type LoweredGroup, lower, lowerBlock, type Network } from '../../backbone/lower.ts';
import type { Shape } from '../../graph/shapes.ts';
import { type Beside, type BesideGroup, besideOf } from './beside.ts';
import { type BlockForms, blockForms } from './block-terms.ts';
import { LoweredBlocks } from './block-value.ts';
import { type Added, addedOf } from './downstream-forms.ts';
import { hasInnerBase, type MergeAt, type MergeForms, mergeAt, mergeForms } from './merge-forms.ts';
import type { GraphModel, Variant } from './model.ts';

/** One group of a graph, ready to be computed again and again. */
export interface GroupPlan extends BesideGroup {
  /** The groups that it reads, −1 for the image. */
  readonly reads: readonly number[];
  readonly concat: boolean;
  /** Whether what it reads is brought to its own width. */
  readonly resampled: boolean;
  readonly merge: { readonly at: MergeAt; readonly forms: MergeForms } | undefined;
  readonly variants: readonly VariantPlan[];
  /** What a downstream adds to its costs. */
  readonly added: Added | undefined;
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
  /** Bytes alive in each piece of the downstream. */
  readonly alive: Beside['alive'];
}

const plans = new WeakMap<GraphModel, GraphPlan>();

/** The plan of a model, made once: its evaluators share what they learn of blocks. */
export function graphPlan(model: GraphModel): GraphPlan {
  const found = plans.get(model) ?? compile(model);
  plans.set(model, found);
  return found;
}

function compile(model: GraphModel): GraphPlan {
  const network = lower(model.start);
  const { groups, alive } = besideOf(network, model.task.downstream, model.bytes);
  return { network, groups: network.groups.map((lowered, g) => groupPlan(model, network, lowered, groups[g])), alive };
}

function groupPlan(model: GraphModel, network: Network, lowered: LoweredGroup, beside = NOTHING_BESIDE): GroupPlan {
  const { index, wire, merge } = lowered;
  const { image, groups } = network;
  const shapes = lowered.reads.map((read) => groups[read]?.to ?? image);
  // Behind a merge nobody else reads what the first block does.
  const keepsInput = merge === undefined && beside.keeps[0] === true;
  return {
    reads: lowered.reads,
    concat: wire.join === 'concat',
    resampled: wire.at !== undefined,
    merge: merge === undefined ? undefined : mergePlan(model, network, lowered, shapes, beside.keeps),
    variants: (model.slots[index]?.variants ?? []).map((variant) => variantPlan(model, variant, lowered, keepsInput)),
    added: addedOf(model.task.downstream, index, model.additive),
    ...beside,
  };
}

const NOTHING_BESIDE: BesideGroup = { keeps: [], kept: [], waiting: [] };

function mergePlan(
  model: GraphModel,
  { image }: Network,
  lowered: LoweredGroup,
  shapes: readonly Shape[],
  keeps: readonly boolean[],
) {
  const parents = lowered.reads.map((read) => parentOf(model, read));
  const at = mergeAt(lowered, shapes, parents, model.start, image);
  return { at, forms: mergeForms(at, shapes.length, keeps, image, model.additive) };
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

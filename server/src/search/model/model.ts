import { stepsOf } from '../../analysis/flow.ts';
import type { Backbone, Group } from '../../backbone/backbone.ts';
import { blockOf } from '../../backbone/blocks.ts';
import { type LoweredGroup, lower } from '../../backbone/lower.ts';
import type { CostName } from '../../cost/budget.ts';
import { isOfWhole, isPeak, peakBytes } from '../../cost/registry.ts';
import type { Shape } from '../../graph/shapes.ts';
import { deepest, expansionOf, outputSides } from '../../space/constraints.ts';
import { gridCeil, largestKernel, onGrid } from '../../space/grid.ts';
import type { GroupLimits } from '../../space/limits.ts';
import { asBlock, blocksFor, movesWidth } from '../../space/moves.ts';
import { type Rules, rulesOf } from '../../space/rules.ts';
import type { Range, Space, Widths } from '../../space/space.ts';
import type { Ties } from '../../space/ties.ts';
import type { SearchTask } from '../task.ts';
import { countedCosts } from '../watched.ts';
import { type Beside, besideOf } from './beside.ts';
import { type BlockForms, type BlockSite, blockForms } from './block-terms.ts';
import { addedOf, withAdded } from './downstream-forms.ts';
import { type ScoreShape, scoreShape } from './objective.ts';

/** One choice of block type and kernel at one group. */
export interface Variant {
  /** The group with this type and kernel; its widths and depth are those of the start. */
  readonly template: Group;
  /** Where its first block stands, and where its later ones do. */
  readonly site: BlockSite;
  readonly later: BlockSite;
  /** btn ≤ expansion · out */
  readonly expansion: number;
}

/** With everything that it costs and gains as functions of the widths. */
export interface ChainVariant extends Variant {
  readonly forms: BlockForms;
}

/** One group of the design space. */
export interface Slot<V extends Variant = Variant> {
  /** Block types and kernels that the search may use here, the start's first where it is allowed. */
  readonly variants: readonly V[];
  readonly stem: boolean;
  /** Whether it hands on the channels that it reads. */
  readonly keepsChannels: boolean;
  readonly movesOut: boolean;
  /** Whether its output is held to what it reads: not between two that stay as they are. */
  readonly held: boolean;
  readonly movesBtn: boolean;
  readonly movesDepth: boolean;
  /** Where its widths lie, if they move: both ends on the grid. */
  readonly out: Widths;
  readonly btn: Widths;
  readonly depth: Range;
}

export interface ChainSlot extends Slot<ChainVariant> {
  /** The group whose output channels this one reads, −1 for the input. */
  readonly source: number;
  /** The groups that read this one's output channels. */
  readonly readers: readonly number[];
}

/** A search task compiled: additive costs first, then those of the whole network, then memory where anything asks for it. */
interface ModelOf<S extends Slot> {
  readonly task: SearchTask;
  readonly start: Backbone;
  readonly space: Space;
  /** What the space means for the start's groups, and what the downstream keeps of them. */
  readonly rules: Rules;
  readonly slots: readonly S[];
  readonly additive: readonly CostName[];
  /** Costs that are no sum over groups but follow from the stages. */
  readonly ofStages: readonly CostName[];
  /** The cost that is a peak and no sum, where anything asks for it, and the bytes of each of its elements. */
  readonly peak: CostName | undefined;
  readonly bytes: number;
  readonly usesMemory: boolean;
  /** What the budget allows of every cost but memory; Infinity for those that are only watched. */
  readonly limits: readonly number[];
  readonly memoryLimit: number;
  readonly inputChannels: number;
  /** The widest tensor that any design can have. */
  readonly widest: number;
}

/** A chain of ordinary blocks, whose costs and scores are sums over its groups. */
export interface ChainModel extends ModelOf<ChainSlot> {
  readonly kind: 'chain';
  readonly score: ScoreShape;
  /** What is alive beside the groups, where a downstream reads their outputs. */
  readonly beside: Beside | undefined;
}

/** Anything else: nodes that read one another, or blocks in which the signal branches. */
export interface GraphModel extends ModelOf<Slot> {
  readonly kind: 'graph';
  readonly ties: Ties;
}

export type Model = ChainModel | GraphModel;

/** The place of a cost among all that are watched; memory is behind all others. */
export function placeOf({ additive, ofStages }: Model, cost: CostName): number {
  return isPeak(cost) ? additive.length + ofStages.length : [...additive, ...ofStages].indexOf(cost);
}

/** The cost at a place that is one. */
export const costAt = ({ additive, ofStages, peak }: Model, place: number): CostName | undefined =>
  [...additive, ...ofStages][place] ?? peak;

const chains = new WeakMap<Backbone, boolean>();

/** Whether a backbone is a chain in whose blocks no signal branches, so that its terms add up group by group. */
export function isPlainChain(start: Backbone): boolean {
  const found = chains.get(start);
  if (found !== undefined) return found;
  const plain = start.wiring === undefined && lower(start).groups.every((g) => stepsOf(g) !== undefined);
  chains.set(start, plain);
  return plain;
}

/** @param space the task's, or one without its limits to weigh a network that breaks them */
export const compileModel = (task: SearchTask, space: Space = task.space): Model =>
  isPlainChain(task.start) ? compileChain(task, space) : compileGraph(task, space);

/** The model of a start that is known to be a plain chain. */
export function compileChain(task: SearchTask, space: Space = task.space): ChainModel {
  const { start, downstream } = task;
  const common = watchedOf(task);
  const rules = rulesOf(start, space, downstream?.kept);
  const beside = downstream === undefined ? undefined : besideOf(lower(start), downstream, common.bytes);
  let source = -1;
  const sources = start.groups.map((g, index) => {
    const from = source;
    if (!blockOf(g).keepsChannels) source = index;
    return from;
  });
  const slots = slotsOf(task, rules).map(
    (slot, index): ChainSlot => ({
      ...slot,
      variants: slot.variants.map((v) => ({
        ...v,
        forms: withAdded(
          blockForms(v.site, v.later, common.additive, common.bytes, beside?.groups[index]?.keeps[0]),
          addedOf(downstream, index, common.additive),
        ),
      })),
      source: sources[index] ?? -1,
      readers: sources.flatMap((from, reader) => (from === index ? [reader] : [])),
    }),
  );
  const widest = widestOf(start, slots);
  const score = scoreShape(start, task);
  return { kind: 'chain', task, start, space, rules, slots, ...common, beside, score, widest };
}

/** Of any start, a chain of ordinary blocks too. */
export function compileGraph(task: SearchTask, space: Space = task.space): GraphModel {
  const { start } = task;
  const rules = rulesOf(start, space, task.downstream?.kept);
  const { ties } = rules;
  const slots = slotsOf(task, rules);
  return { kind: 'graph', task, start, space, rules, slots, ...watchedOf(task), ties, widest: widestOf(start, slots) };
}

function watchedOf(task: SearchTask) {
  const watched = countedCosts(task);
  const limitOf = (cost: CostName): number =>
    Math.min(Infinity, ...task.budget.limits.filter((l) => l.cost === cost).map((l) => l.amount));
  const others = watched.filter((cost) => !isPeak(cost));
  const peak = watched.find(isPeak);
  const additive = others.filter((cost) => !isOfWhole(cost));
  const ofStages = others.filter(isOfWhole);
  return {
    additive,
    ofStages,
    peak,
    bytes: peak === undefined ? 0 : (peakBytes(peak) ?? 0),
    usesMemory: peak !== undefined,
    limits: [...additive, ...ofStages].map(limitOf),
    memoryLimit: peak === undefined ? Infinity : limitOf(peak),
    inputChannels: task.start.input.channels,
  };
}

function widestOf(start: Backbone, slots: readonly Slot[]): number {
  const expansion = Math.max(1, ...slots.flatMap((s) => s.variants.map((v) => v.expansion)));
  const outs = slots.map((s, i) => Math.max(s.movesOut ? s.out.most : 0, start.groups[i]?.out ?? 0));
  return Math.max(start.input.channels, Math.ceil(expansion * Math.max(...outs)), ...start.groups.map((g) => g.btn));
}

function slotsOf(task: SearchTask, rules: Rules): Slot[] {
  const { start } = task;
  const { space } = rules;
  const layers = Math.min(Infinity, ...task.budget.limits.filter((l) => l.cost === 'layers').map((l) => l.amount));
  const sides = outputSides(start);
  const { image, groups } = lower(start);
  return groups.map((lowered, index): Slot => {
    const { group: g } = lowered;
    const limits = rules.limits(index);
    const most = largestKernel(sides[index] ?? 1, space.kernelMargin);
    const deep = Math.min(deepest(start, index, space, layers, limits), Number.MAX_SAFE_INTEGER);
    const isGraph = start.wiring !== undefined;
    const [out, btn] = [onGrid(evenWhere(isGraph, limits.out)), onGrid(evenWhere(isGraph, limits.btn))];
    const variants = templatesOf(g, limits, most).map((template) => variantOf(template, lowered, image, space));
    const movesBtn = movesWidth(g, 'btn') && !limits.kept.has('btn');
    return {
      variants,
      stem: index < rules.stem,
      keepsChannels: blockOf(g).keepsChannels,
      movesOut: !blockOf(g).keepsChannels && !rules.stays(index),
      held: rules.held(index),
      movesBtn,
      movesDepth: blockOf(g).search.depth && !limits.kept.has('depth'),
      out: movesBtn ? { ...out, least: leastAround(out, btn, variants, space) } : out,
      btn,
      depth: { least: Math.min(limits.depth.least, deep), most: deep },
    };
  });
}

/** The least output that some bottleneck fits into; beyond all outputs where there is none. */
function leastAround(out: Widths, btn: Widths, variants: readonly Variant[], { squeeze }: Space): number {
  const expansion = Math.max(0, ...variants.map((v) => v.expansion));
  for (let o = out.least; o <= out.most; o += out.step) {
    const narrowest = gridCeil(Math.max(btn.least, o / squeeze), btn.step);
    if (narrowest <= Math.min(btn.most, expansion * o)) return o;
  }
  return out.most + out.step;
}

/** What a resampling reads is halved, so that the widths of graphs are even. */
const evenWhere = (isGraph: boolean, widths: Widths): Widths =>
  isGraph && widths.step % 2 === 1 ? { ...widths, step: 2 * widths.step } : widths;

/** Types and kernels a group may take: its own first, where that is allowed, as far as the feature map allows. */
function templatesOf(g: Group, limits: GroupLimits, largest: number): Group[] {
  const { search, keepsChannels } = blockOf(g);
  if (keepsChannels) return [g];
  const { own, of } = limits.kernels;
  const isKept = limits.kept.has('kernel');
  // A plain convolution keeps its kernel, unless that must shrink to fit.
  const stays = isKept || (!search.kernel && g.kernel <= largest);
  const hasOwn = own || of.includes(g.kernel) || !search.kernel;
  const kernels = stays ? [g.kernel] : [...new Set([...(hasOwn ? [g.kernel] : []), ...of])];
  const others = blocksFor(g, limits);
  const hasBlock = others.length === 0 || others.includes(g.block);
  const blocks = [...new Set([...(hasBlock ? [g.block] : []), ...others])];
  return blocks.flatMap((block) =>
    kernels.filter((k) => isKept || k === 1 || k <= largest).map((kernel) => ({ ...asBlock(g, block), kernel })),
  );
}

function variantOf(template: Group, { from, to }: LoweredGroup, image: Shape, space: Space): Variant {
  const at = ({ height, width, halvings }: Shape) => ({ height, width, halvings, image });
  return {
    template,
    site: { group: template, block: 'first', ...at(from) },
    later: { group: template, block: 'later', ...at(to) },
    expansion: expansionOf(template, space),
  };
}

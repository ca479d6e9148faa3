import type { Backbone, Group } from '../../backbone/backbone.ts';
import { blockOf } from '../../backbone/blocks.ts';
import type { CostName } from '../../cost/budget.ts';
import { isPeak, peakBytes } from '../../cost/registry.ts';
import { deepest, expansionOf, outputSides, stemLength } from '../../space/constraints.ts';
import { gridFloor, largestKernel } from '../../space/grid.ts';
import { asBlock, KERNELS, movesWidth } from '../../space/moves.ts';
import { SPACES, type Space } from '../../space/space.ts';
import type { SearchTask } from '../task.ts';
import {
  type BlockSite,
  blockCosts,
  type CostForm,
  costForm,
  type LogForm,
  logForm,
  type MemoryForm,
  memoryForms,
  type Squeezed,
  squeezedOf,
} from './block-terms.ts';
import { type ScoreShape, scoreShape } from './objective.ts';

/** One choice of block type and kernel at one group, with everything it costs and gains as functions of the widths. */
export interface Variant {
  /** The group with this type and kernel; its widths and depth are those of the start. */
  readonly template: Group;
  readonly site: BlockSite;
  readonly costs: readonly { readonly differs: CostForm; readonly same: CostForm; readonly later: CostForm }[];
  readonly memory: {
    readonly differs: readonly MemoryForm[];
    readonly same: readonly MemoryForm[];
    readonly later: readonly MemoryForm[];
  };
  readonly log: { readonly first: LogForm; readonly later: LogForm };
  /** What squeeze-and-excitation squeezes in the first block and in later ones. */
  readonly squeezed: { readonly first: Squeezed; readonly later: Squeezed };
  /** btn ≤ expansion · out */
  readonly expansion: number;
}

/** One group of the design space. */
export interface Slot {
  /** Block types and kernels that the search may use here, the start's first where it is allowed. */
  readonly variants: readonly Variant[];
  /** The group whose output channels this one reads, −1 for the input. */
  readonly source: number;
  /** The groups that read this one's output channels. */
  readonly readers: readonly number[];
  readonly stem: boolean;
  /** Whether it hands on the channels that it reads. */
  readonly keepsChannels: boolean;
  readonly movesOut: boolean;
  readonly movesBtn: boolean;
  readonly movesDepth: boolean;
  readonly maxOut: number;
  readonly maxDepth: number;
}

/** A search task compiled: additive costs first, then memory where anything asks for it. */
export interface Model {
  readonly task: SearchTask;
  readonly start: Backbone;
  readonly space: Space;
  readonly slots: readonly Slot[];
  readonly additive: readonly CostName[];
  /** The cost that is a peak and no sum, where anything asks for it. */
  readonly peak: CostName | undefined;
  readonly usesMemory: boolean;
  /** What the budget allows of every additive cost; Infinity for those that are only watched. */
  readonly limits: readonly number[];
  readonly memoryLimit: number;
  readonly score: ScoreShape;
  readonly inputChannels: number;
  /** The widest tensor that any design can have. */
  readonly widest: number;
}

/** The costs that a search has to follow: limited, minimised or on the front. */
function watchedCosts(task: SearchTask): CostName[] {
  const minimised = task.goal.kind === 'minimise' ? [task.goal.cost] : [];
  return [...new Set([...task.budget.limits.map((l) => l.cost), ...minimised, ...(task.pareto ?? [])])];
}

/** @param space the task's, or one without its limits to weigh a network that breaks them */
export function compileModel(task: SearchTask, space: Space = SPACES[task.space]): Model {
  const { start } = task;
  const watched = watchedCosts(task);
  const limitOf = (cost: CostName): number =>
    Math.min(Infinity, ...task.budget.limits.filter((l) => l.cost === cost).map((l) => l.amount));
  const additive = watched.filter((cost) => !isPeak(cost));
  const peak = watched.find(isPeak);
  const bytes = peak === undefined ? undefined : peakBytes(peak);
  const slots = compileSlots(task, space, additive, bytes, limitOf('layers'));
  const expansion = Math.max(1, ...slots.flatMap((s) => s.variants.map((v) => v.expansion)));
  const outs = slots.map((s, i) => Math.max(s.maxOut, start.groups[i]?.out ?? 0));
  return {
    task,
    start,
    space,
    slots,
    additive,
    peak,
    usesMemory: peak !== undefined,
    limits: additive.map(limitOf),
    memoryLimit: peak === undefined ? Infinity : limitOf(peak),
    score: scoreShape(start, task),
    inputChannels: start.input.channels,
    widest: Math.max(start.input.channels, expansion * Math.max(...outs), ...start.groups.map((g) => g.btn)),
  };
}

function compileSlots(
  task: SearchTask,
  space: Space,
  additive: readonly CostName[],
  bytes: number | undefined,
  layersLimit: number,
): Slot[] {
  const { start } = task;
  const stem = stemLength(start.groups);
  const sides = outputSides(start);
  let { height, width } = start.input;
  let halvings = 0;
  const image = { ...start.input, halvings: 0 };
  let source = -1;
  const sources = start.groups.map((g, index) => {
    const from = source;
    if (!blockOf(g).keepsChannels) source = index;
    return from;
  });
  return start.groups.map((g, index): Slot => {
    const place = { height, width, halvings, image };
    height = Math.ceil(height / g.stride);
    width = Math.ceil(width / g.stride);
    halvings += g.stride === 2 ? 1 : 0;
    const after = { height, width, halvings, image };
    const most = largestKernel(sides[index] ?? 1, space.kernelMargin);
    return {
      variants: templatesOf(g, space, most).map((t) => compileVariant(t, place, after, additive, bytes, space)),
      source: sources[index] ?? -1,
      readers: sources.flatMap((from, reader) => (from === index ? [reader] : [])),
      stem: index < stem,
      keepsChannels: blockOf(g).keepsChannels,
      movesOut: movesWidth(g, 'out'),
      movesBtn: movesWidth(g, 'btn'),
      movesDepth: blockOf(g).search.depth,
      maxOut: gridFloor(index < stem ? space.stemChannels : space.channels),
      maxDepth: Math.min(deepest(start.groups, index, space, layersLimit), Number.MAX_SAFE_INTEGER),
    };
  });
}

/** Types and kernels a group may take: those that moves lead to, and its own, as far as the feature map allows. */
function templatesOf(g: Group, space: Space, largest: number): Group[] {
  const { search, keepsChannels } = blockOf(g);
  if (keepsChannels) return [g];
  // A plain convolution keeps its kernel, unless that must shrink to fit.
  const kernels = !search.kernel && g.kernel <= largest ? [g.kernel] : [...new Set([g.kernel, ...KERNELS])];
  const blocks = space.blocks.includes(g.block) && g.btn > 0 ? [...new Set([g.block, ...space.blocks])] : [g.block];
  return blocks.flatMap((block) =>
    kernels.filter((k) => k === 1 || k <= largest).map((kernel) => ({ ...asBlock(g, block), kernel })),
  );
}

function compileVariant(
  template: Group,
  before: Omit<BlockSite, 'group' | 'block'>,
  after: Omit<BlockSite, 'group' | 'block'>,
  additive: readonly CostName[],
  bytes: number | undefined,
  space: Space,
): Variant {
  const first: BlockSite = { group: template, block: 'first', ...before };
  const later: BlockSite = { group: template, block: 'later', ...after };
  const firstCosts = blockCosts(first);
  const laterCosts = blockCosts(later);
  const memory = (site: BlockSite, same: boolean): MemoryForm[] =>
    bytes === undefined ? [] : memoryForms(site, same, bytes);
  return {
    template,
    site: first,
    costs: additive.map((cost) => ({
      differs: costForm(first, firstCosts, cost, false),
      same: costForm(first, firstCosts, cost, true),
      later: costForm(later, laterCosts, cost, true),
    })),
    memory: { differs: memory(first, false), same: memory(first, true), later: memory(later, true) },
    log: { first: logForm(first), later: logForm(later) },
    squeezed: { first: squeezedOf(first), later: squeezedOf(later) },
    expansion: expansionOf(template, space),
  };
}

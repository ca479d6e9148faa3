import { analyse } from '../../../server/src/analysis/analyse.ts';
import type { Backbone, Group } from '../../../server/src/backbone/backbone.ts';
import { ChainEvaluator } from '../../../server/src/search/model/chain-evaluator.ts';
import { compileChain, type Model } from '../../../server/src/search/model/model.ts';
import type { SearchTask } from '../../../server/src/search/task.ts';
import { deepest } from '../../../server/src/space/constraints.ts';
import { brokenOf, keptOutputs } from '../downstreams.ts';

/** The best design of a task whose space is small enough to look at all of it. */
export interface Optimum {
  /** The score, or the cost that is minimised; NaN where no design is allowed. */
  readonly value: number;
  readonly design: Backbone;
  readonly genes: Int32Array;
  /** Designs that were looked at. */
  readonly looked: number;
}

/**
 * Looks at every design. What may be is asked of the constraints as the editor checks them, what is best of the closed
 * forms; of the search only its flat evaluator is used, to be quick, and the answer is computed afresh. Undefined for a
 * space of more than `most` designs.
 *
 * @param met is told the genes of every design that is looked at, in an array that changes
 */
export function optimumOf(
  task: SearchTask,
  most = 1e6,
  met: (genes: Int32Array) => void = () => {},
): Optimum | undefined {
  try {
    return lookAtAll(task, most, met);
  } catch (error) {
    if (error instanceof TooMany) return undefined;
    throw error;
  }
}

class TooMany extends Error {}

function lookAtAll(task: SearchTask, most: number, met: (genes: Int32Array) => void): Optimum {
  const model = compileChain(task);
  const evaluator = new ChainEvaluator(model, 1);
  const { goal } = task;
  const minimised = goal.kind === 'minimise' ? goal.cost : undefined;
  const valueNow = (): number => {
    if (minimised === undefined) return evaluator.score;
    return minimised === 'memory' ? evaluator.memory : (evaluator.costs[model.additive.indexOf(minimised)] ?? 0);
  };
  const sign = minimised === undefined ? 1 : -1;
  let best = { value: Number.NaN, design: task.start, genes: Int32Array.of() };
  let looked = 0;
  const within = (groups: readonly Group[]): boolean => {
    looked += 1;
    if (looked > most) throw new TooMany();
    evaluator.load(0, genesOf(model, groups));
    return !evaluator.costs.some((cost, c) => cost > (model.limits[c] ?? 0));
  };
  for (const groups of designs(task, 0, [], within)) {
    const design = { ...task.start, groups };
    met(evaluator.genes);
    if (evaluator.memory > model.memoryLimit) continue;
    if (goal.kind === 'minimise' && evaluator.score < goal.score) continue;
    const value = valueNow();
    if (sign * value <= sign * best.value || brokenOf(task, design).length > 0) continue;
    best = { value, design, genes: evaluator.genes.slice() };
  }
  const found = !Number.isNaN(best.value) && minimised === undefined;
  const { fanIn, exact } = analyse(best.design).score;
  const score = task.estimator === 'exact' ? exact : fanIn;
  return { ...best, value: found ? score : best.value, looked };
}

/**
 * Every choice for the groups from `index` on that is in the space and within the budget. Costs grow with every width and
 * depth, so that of the last group nothing beyond one that is over the budget is looked at.
 */
function* designs(
  task: SearchTask,
  index: number,
  before: readonly Group[],
  within: (groups: readonly Group[]) => boolean,
): Generator<readonly Group[]> {
  const { start } = task;
  const own = start.groups[index];
  if (own === undefined) return;
  const space = task.space;
  const layers = task.budget.limits.find((l) => l.cost === 'layers')?.amount;
  // A first group that is no convolution may be as deep as the layers allow.
  const depths = own.block === 'conv' ? 1 : Math.min(deepest(start, index, space, layers), layers ?? Infinity);
  const reach = space.growth * (before.findLast((g) => g.out > 0)?.out ?? space.stem.out?.most ?? 0);
  const last = index === start.groups.length - 1;
  const stays = own.out === 0 || keptOutputs(task).has(index);
  const blocks = space.blocks.of.includes(own.block) ? space.blocks.of : [own.block];
  const kernels = own.block === 'conv' || own.block === 'maxpool' ? [own.kernel] : [3, 5];
  for (const shape of blocks.flatMap((block) => kernels.map((kernel) => ({ ...own, block, kernel })))) {
    widths: for (const out of stays ? [own.out] : multiples(8, reach)) {
      const [narrowest = 0, ...wider] =
        own.btn === 0 ? [] : multiples(out / space.squeeze, (shape.block === 'inverted' ? 6 : 1) * out);
      for (const btn of [narrowest, ...wider]) {
        for (let depth = 1; depth <= (own.block === 'maxpool' ? 1 : depths); depth++) {
          const groups = [...before, { ...shape, out, btn, depth }, ...start.groups.slice(index + 1)];
          const broken = brokenOf(task, { ...start, groups }, (g) => g === index);
          if (broken.some(({ field }) => field === 'out')) continue widths;
          if (broken.length > 0) break;
          if (!last) yield* designs(task, index + 1, groups.slice(0, index + 1), within);
          else if (within(groups)) yield groups;
          else if (depth === 1 && btn === narrowest) break widths;
          else break;
        }
      }
    }
  }
}

/** Multiples of 8 in [low, high]. */
const multiples = (low: number, high: number): number[] => {
  const first = Math.max(1, Math.ceil(low / 8));
  return Array.from({ length: Math.max(0, Math.floor(high / 8) - first + 1) }, (_, i) => 8 * (first + i));
};

const genesOf = (model: Model, groups: readonly Group[]): number[] =>
  groups.flatMap((g, i) => [
    g.out,
    g.btn,
    model.slots[i]?.variants.findIndex(({ template: t }) => t.kernel === g.kernel && t.block === g.block) ?? 0,
    g.depth,
  ]);

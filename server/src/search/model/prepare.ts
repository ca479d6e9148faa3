import type { CostName } from '../../cost/budget.ts';
import { isPeak } from '../../cost/registry.ts';
import { type Violation, violations } from '../../space/constraints.ts';
import { Judge } from '../evolve/judge.ts';
import { Mutator } from '../evolve/mutator.ts';
import { repair } from '../evolve/repair.ts';
import { Random } from '../random.ts';
import { isMeasured, type SearchProblem, type SearchTask } from '../task.ts';
import type { Evaluator } from './evaluator.ts';
import { evaluatorFor } from './evaluator-for.ts';
import { decode, GENES, VARIANT } from './genome.ts';
import { intoSpace, leastOf } from './into-space.ts';
import { compileModel, costAt, isPlainChain, type Model, placeOf } from './model.ts';

/** A task that can be searched: its model, and a start inside the space and the budget. */
export interface Prepared {
  readonly kind: 'prepared';
  readonly model: Model;
  readonly genes: Int32Array;
  /** What the start network breaks of the space. */
  readonly repaired: readonly Violation[];
}

/** Compiles a task and brings its start into the space and the budget, or says why that cannot be. */
export function prepare(task: SearchTask): Prepared | SearchProblem {
  const wrong = badTask(task);
  if (wrong !== undefined) return { kind: 'problem', code: 'bad-task', message: wrong };
  const model = compileModel(task);
  const layers = task.budget.limits.find((l) => l.cost === 'layers')?.amount;
  const broken = violations(task.start, model.space, layers, undefined, model.rules);
  const hopeless = broken.filter((v) => (model.slots[v.group]?.variants.length ?? 0) === 0);
  if (hopeless.length > 0) return breaksSpace(task, hopeless);
  const evaluator = evaluatorFor(model, 1);
  const impossible = impossibleLimit(task, evaluator);
  if (impossible !== undefined) return impossible;
  evaluator.load(0, intoSpace(model));
  const judge = new Judge(evaluator);
  if (judge.exceeded() >= 0) {
    const mutator = new Mutator(evaluator, new Random(task.seed), 'clamp');
    repair(mutator, judge, 0, 1000);
    if (judge.exceeded() >= 0) evaluator.load(0, least(evaluator, undefined));
    if (judge.exceeded() >= 0 && model.ofStages.length > 0) lookForAnother(model, mutator, judge);
    const over = judge.exceeded();
    const cost = over < 0 ? undefined : costAt(model, over);
    if (cost !== undefined) return cannotBeMet(task, cost, judge.value(over), model.ofStages.length > 0);
  }
  const genes = evaluator.genes.slice();
  const left = violations(decode(model, genes), model.space, layers, undefined, model.rules);
  return left.length > 0 ? breaksSpace(task, left) : { kind: 'prepared', model, genes, repaired: broken };
}

function badTask(task: SearchTask): string | undefined {
  const whole: (readonly [string, number, number])[] = [
    ['evaluations', task.evaluations, 1],
    ['population', task.population, 2],
    ['workers', task.workers, 1],
    ['seed', task.seed, 0],
    ...(task.plateau === undefined ? [] : [['plateau', task.plateau, 1] as const]),
  ];
  for (const [name, value, least] of whole)
    if (!Number.isSafeInteger(value) || value < least)
      return `${name} has to be a whole number of at least ${least}, not ${value}.`;
  if (!(task.coarseToFine >= 0 && task.coarseToFine <= 1))
    return `coarse-to-fine is a share from 0 to 1, not ${task.coarseToFine}.`;
  if (isMeasured(task) && task.algorithm === 'exact')
    return `algorithm exact solves a relaxation of a closed form, and ${task.objective} has none: choose default or paper, or the objective zen.`;
  if (task.timeLimit !== undefined && !(task.timeLimit > 0))
    return `the time limit has to be some seconds, not ${task.timeLimit}.`;
  if (task.goal.kind === 'minimise' && !Number.isFinite(task.goal.score))
    return `the score to hold has to be a number, not ${task.goal.score}.`;
  if (task.start.groups.length === 0) return 'The start network has no groups.';
  return readsNoGroup(task) ?? severalPeaks(task) ?? notForGraphs(task);
}

/** What stands behind a backbone comes with the task, and may be of another one. */
function readsNoGroup({ start, downstream }: SearchTask): string | undefined {
  if (downstream === undefined) return undefined;
  const { reads, kept, perChannel, alive } = downstream;
  const named = [...perChannel, ...alive.flatMap((form) => form.perChannel)].map(({ group }) => group);
  const wrong = [...reads, ...kept, ...named].find((group) => start.groups[group] === undefined);
  if (wrong === undefined) return undefined;
  return `${downstream.name} reads group ${wrong + 1} of ${start.name}, which has ${start.groups.length}.`;
}

function severalPeaks({ budget, goal, pareto = [] }: SearchTask): string | undefined {
  const minimised = goal.kind === 'minimise' ? [goal.cost] : [];
  const peaks = new Set([...budget.limits.map(({ cost }) => cost), ...pareto, ...minimised].filter(isPeak));
  return peaks.size > 1 ? `${[...peaks].join(' and ')} are peaks, of which a search follows one.` : undefined;
}

/** What is not defined, or not known, where the signal branches. */
function notForGraphs(task: SearchTask): string | undefined {
  if (isPlainChain(task.start)) return undefined;
  const branches = `${task.start.name} has nodes or blocks that branch`;
  if (isMeasured(task))
    return `${branches}, and a Zen-Score is defined for chains only: choose the objective multi-scale or single-scale.`;
  if (task.algorithm === 'exact')
    return `algorithm exact solves a relaxation, and none is known here: ${branches}. Choose default or paper.`;
  return undefined;
}

function breaksSpace(task: SearchTask, broken: readonly Violation[]): SearchProblem {
  const [first] = broken;
  const detail =
    first === undefined
      ? ''
      : `: group ${first.group + 1} has ${first.field} ${first.actual}, allowed is ${first.allowed}`;
  const message = `${task.start.name} cannot be brought into the space ${task.space.name}${detail}.`;
  return { kind: 'problem', code: 'start-breaks-space', violations: broken, message };
}

/** Tries of a design that is not too deep for its width. */
const TRIES = 4000;

/**
 * Limits on the whole network are no sums: small networks are over them as well as deep ones. A walk from where repair ended
 * that never goes farther from the budget.
 */
function lookForAnother(model: Model, mutator: Mutator, judge: Judge): void {
  const { evaluator } = mutator;
  const load = (genes: Int32Array): number => {
    evaluator.load(0, genes);
    return excess(judge, model);
  };
  let best = intoSpace(model);
  let least = load(best);
  for (let i = 0; i < TRIES && least > 0; i++) {
    load(best);
    for (let n = 0; n <= i % 2; n++) mutator.mutate(0, 'coarse', 0.5);
    mutator.refresh(0);
    const over = excess(judge, model);
    if (over > least) continue;
    best = evaluator.genes.slice();
    least = over;
  }
  load(best);
}

/** Σ over the limits of what is too much, as a share of each. */
function excess(judge: Judge, { limits, memoryLimit }: Model): number {
  const over = [...limits, memoryLimit].map((limit, place) => Math.max(0, judge.value(place) / limit - 1));
  return over.reduce((sum, share) => sum + share, 0);
}

/** The smallest design: every width and depth at its least; types and kernels that cost least, or those of the start. */
function least(evaluator: Evaluator, cost: number | undefined): Int32Array {
  const { model } = evaluator;
  const genes = leastOf(model);
  const value = (): number =>
    cost === undefined
      ? sumOfRatios(evaluator)
      : cost < evaluator.costs.length
        ? (evaluator.costs[cost] ?? 0)
        : evaluator.memory;
  model.slots.forEach((slot, g) => {
    const costsOf = slot.variants.map((_, v) => {
      genes[GENES * g + VARIANT] = v;
      evaluator.load(0, genes);
      return value();
    });
    genes[GENES * g + VARIANT] = Math.max(0, costsOf.indexOf(Math.min(...costsOf)));
  });
  evaluator.load(0, genes);
  return genes;
}

const sumOfRatios = (e: Evaluator): number =>
  e.model.limits.reduce((sum, limit, c) => sum + (e.costs[c] ?? 0) / limit, e.memory / e.model.memoryLimit);

/** The first limit that even the smallest design breaks. What is of the whole network is not least in the smallest. */
function impossibleLimit(task: SearchTask, evaluator: Evaluator): SearchProblem | undefined {
  const { model } = evaluator;
  const all: readonly CostName[] = model.peak === undefined ? model.additive : [...model.additive, model.peak];
  for (const cost of all) {
    const place = placeOf(model, cost);
    least(evaluator, place);
    const value = isPeak(cost) ? evaluator.memory : (evaluator.costs[place] ?? 0);
    if (value > (model.limits[place] ?? model.memoryLimit)) return cannotBeMet(task, cost, value, false);
  }
  return undefined;
}

/** @param looked whether the least was only looked for, and nobody knows whether there is less */
function cannotBeMet(task: SearchTask, cost: CostName, value: number, looked: boolean): SearchProblem {
  const amount = task.budget.limits.find((l) => l.cost === cost)?.amount ?? 0;
  return {
    kind: 'problem',
    code: 'budget-impossible',
    budget: task.budget.name,
    cost,
    amount,
    least: value,
    looked,
    message: looked
      ? `No design was found that meets budget ${task.budget.name}: ${cost} is limited to ${amount}, and the nearest has ${value}.`
      : `No design can meet budget ${task.budget.name}: ${cost} is limited to ${amount}, and the least that is possible is ${value}.`,
  };
}

import { stepsOf } from '../../analysis/flow.ts';
import { lower } from '../../backbone/lower.ts';
import type { CostName } from '../../cost/budget.ts';
import { costNamed, isPeak } from '../../cost/registry.ts';
import { type Violation, violations } from '../../space/constraints.ts';
import { CHANNEL_STEP, gridCeil, gridFloor, roundToGrid } from '../../space/grid.ts';
import { Judge } from '../evolve/judge.ts';
import { Mutator } from '../evolve/mutator.ts';
import { repair } from '../evolve/repair.ts';
import { Random } from '../random.ts';
import { isMeasured, type SearchProblem, type SearchTask } from '../task.ts';
import { Evaluator } from './evaluator.ts';
import { BTN, DEPTH, decode, encode, GENES, OUT, VARIANT } from './genome.ts';
import { compileModel, type Model } from './model.ts';

/** A task that can be searched: its model, and a start inside the space and the budget. */
export interface Prepared {
  readonly kind: 'prepared';
  readonly model: Model;
  readonly genes: Int32Array;
  /** What the start network breaks of the space. */
  readonly repaired: readonly Violation[];
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** Compiles a task and brings its start into the space and the budget, or says why that cannot be. */
export function prepare(task: SearchTask): Prepared | SearchProblem {
  const wrong = badTask(task);
  if (wrong !== undefined) return { kind: 'problem', code: 'bad-task', message: wrong };
  const model = compileModel(task);
  const layers = task.budget.limits.find((l) => l.cost === 'layers')?.amount;
  const broken = violations(task.start, model.space, layers);
  const hopeless = broken.filter((v) => (model.slots[v.group]?.variants.length ?? 0) === 0);
  if (hopeless.length > 0) return breaksSpace(task, hopeless);
  const evaluator = new Evaluator(model, 1);
  const impossible = impossibleLimit(task, evaluator);
  if (impossible !== undefined) return impossible;
  evaluator.load(0, intoSpace(model));
  const judge = new Judge(evaluator);
  if (judge.exceeded() >= 0) {
    repair(new Mutator(evaluator, new Random(task.seed), 'clamp'), judge, 0, 1000);
    if (judge.exceeded() >= 0) evaluator.load(0, least(evaluator, undefined));
    const cost = model.additive[judge.exceeded()] ?? model.peak;
    if (judge.exceeded() >= 0 && cost !== undefined) return cannotBeMet(task, cost, judge.value(judge.exceeded()));
  }
  const genes = evaluator.genes.slice();
  const left = violations(decode(model, genes), model.space, layers);
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
  return notSearched(task);
}

/** What the terms of the search cannot say: a signal that branches, and a cost that is no sum over groups. */
function notSearched({ start, budget, goal, pareto = [] }: SearchTask): string | undefined {
  const branching = start.wiring !== undefined || lower(start).groups.some((g) => stepsOf(g) === undefined);
  if (branching)
    return `${start.name} has nodes or blocks that branch, and this version searches chains of ordinary blocks only.`;
  const watched = [
    ...budget.limits.map(({ cost }) => cost),
    ...pareto,
    ...(goal.kind === 'minimise' ? [goal.cost] : []),
  ];
  const whole = watched.find((cost) => costNamed(cost)?.kind === 'stages');
  if (whole !== undefined) return `${whole} belongs to a whole network, and no search holds it yet.`;
  const peaks = [...new Set(watched.filter(isPeak))];
  return peaks.length > 1 ? `${peaks.join(' and ')} are peaks, of which a search follows one.` : undefined;
}

function breaksSpace(task: SearchTask, broken: readonly Violation[]): SearchProblem {
  const [first] = broken;
  const detail =
    first === undefined
      ? ''
      : `: group ${first.group + 1} has ${first.field} ${first.actual}, allowed is ${first.allowed}`;
  const message = `${task.start.name} cannot be brought into the space ${task.space}${detail}.`;
  return { kind: 'problem', code: 'start-breaks-space', violations: broken, message };
}

/** Widths on the grid, then each group after the one it reads held to the constraints. */
function intoSpace(model: Model): Int32Array {
  const genes = encode(model, model.start.groups);
  const { space, slots } = model;
  slots.forEach((slot, g) => {
    const at = GENES * g;
    const own = model.start.groups[g];
    if (!slot.movesOut || own === undefined) return;
    const before = slot.source < 0 ? model.inputChannels : (genes[GENES * slot.source + OUT] ?? 0);
    const low = slot.stem || !space.monotone ? CHANNEL_STEP : gridCeil(before);
    const high = slot.stem ? slot.maxOut : Math.min(slot.maxOut, gridFloor(space.growth * before));
    const out = clamp(roundToGrid(own.out), low, high);
    genes[at + OUT] = out;
    const expansion = slot.variants[genes[at + VARIANT] ?? 0]?.expansion ?? 1;
    if (slot.movesBtn)
      genes[at + BTN] = clamp(roundToGrid(own.btn), gridCeil(out / space.squeeze), gridFloor(expansion * out));
    if (slot.movesDepth) genes[at + DEPTH] = clamp(own.depth, 1, slot.maxDepth);
  });
  return genes;
}

/** The smallest design: every width and depth at its least; types and kernels that cost least, or those of the start. */
function least(evaluator: Evaluator, cost: number | undefined): Int32Array {
  const { model } = evaluator;
  const genes = encode(model, model.start.groups);
  model.slots.forEach((slot, g) => {
    const at = GENES * g;
    if (slot.movesOut) genes[at + OUT] = CHANNEL_STEP;
    if (slot.movesBtn) genes[at + BTN] = CHANNEL_STEP;
    if (slot.movesDepth) genes[at + DEPTH] = 1;
  });
  const value = (): number =>
    cost === undefined
      ? sumOfRatios(evaluator)
      : cost < model.additive.length
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

/** The first limit that even the smallest design breaks. */
function impossibleLimit(task: SearchTask, evaluator: Evaluator): SearchProblem | undefined {
  const { model } = evaluator;
  const all: readonly CostName[] = model.peak === undefined ? model.additive : [...model.additive, model.peak];
  for (const [index, cost] of all.entries()) {
    least(evaluator, index);
    const value = index < model.additive.length ? (evaluator.costs[index] ?? 0) : evaluator.memory;
    if (value > (model.limits[index] ?? model.memoryLimit)) return cannotBeMet(task, cost, value);
  }
  return undefined;
}

function cannotBeMet(task: SearchTask, cost: CostName, value: number): SearchProblem {
  const amount = task.budget.limits.find((l) => l.cost === cost)?.amount ?? 0;
  return {
    kind: 'problem',
    code: 'budget-impossible',
    budget: task.budget.name,
    cost,
    amount,
    least: value,
    message: `No design can meet budget ${task.budget.name}: ${cost} is limited to ${amount}, and the least that is possible is ${value}.`,
  };
}

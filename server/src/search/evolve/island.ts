import type { IslandState } from '../executor.ts';
import type { Evaluator } from '../model/evaluator.ts';
import { Random } from '../random.ts';
import type { SearchTask } from '../task.ts';
import { Archive } from './archive.ts';
import { Breeder, FRONT_PARENTS, type Phase } from './breeder.ts';
import { Judge } from './judge.ts';
import { type Plan, planOf } from './plan.ts';
import { Population } from './population.ts';
import { repair } from './repair.ts';
import type { Strategy } from './strategy.ts';

/** Steps in a row that changed nothing, after which an island counts as exhausted. */
const FUTILE = 100_000;
/** Candidates that a design from outside may take to come into the budget. */
const SETTLING = 64;

/** One population that evolves by itself. */
export class Island {
  readonly evaluator: Evaluator;
  readonly population: Population;
  private readonly judge: Judge;
  /** The front of score against costs, where the task asks for one. */
  private readonly archive: Archive | undefined;
  private readonly breeder: Breeder;
  private readonly random: Random;
  private readonly strategy: Strategy;
  private readonly index: number;
  /** Candidates of the coarse phase. */
  private readonly coarse: number;
  private evaluations: number;
  private improvedAt: number;
  private culled: boolean;
  private exhausted: boolean;

  /** Goes on with a state. The evaluator has one row more than the plan's capacity. */
  constructor(evaluator: Evaluator, plan: Plan, state: IslandState) {
    this.evaluator = evaluator;
    this.population = new Population(evaluator, plan.capacity);
    this.judge = new Judge(evaluator);
    this.random = Random.from(state.random);
    this.strategy = plan.strategy;
    this.breeder = new Breeder(evaluator, this.judge, this.random, plan.strategy);
    this.index = state.index;
    this.coarse = plan.coarse;
    this.evaluations = state.evaluations;
    this.improvedAt = state.improvedAt;
    this.culled = state.culled;
    this.exhausted = state.exhausted;
    const { pareto = [] } = evaluator.model.task;
    this.archive = pareto.length > 0 ? new Archive(evaluator, this.judge, pareto) : undefined;
    this.admit(state.members);
    this.admit(state.front);
  }

  /** Takes designs in that were evaluated before, here or on another island. */
  admit(genes: Int32Array): void {
    const { evaluator, population, judge } = this;
    for (let at = 0; at < genes.length; at += evaluator.width) {
      evaluator.load(population.nursery, genes.subarray(at, at + evaluator.width));
      if (judge.exceeded() >= 0) continue;
      this.archive?.offer(population.nursery);
      population.insert(judge.fitness());
    }
  }

  /** Takes designs in that may be over the budget: each way back into it is as many evaluations as it takes. */
  settle(genes: Int32Array, until: number): void {
    const { evaluator, population, judge, breeder } = this;
    for (let at = 0; at < genes.length && this.evaluations < until; at += evaluator.width) {
      const child = population.nursery;
      evaluator.load(child, genes.subarray(at, at + evaluator.width));
      this.evaluations += 1 + repair(breeder.mutator, judge, child, Math.min(SETTLING, until - this.evaluations - 1));
      if (judge.exceeded() < 0) this.enter();
    }
  }

  /** Evolves until `until` candidates were computed in all. */
  run(until: number): void {
    let futile = 0;
    while (this.evaluations < until && !this.exhausted) {
      futile = this.step(until) ? 0 : futile + 1;
      if (futile > FUTILE) this.exhausted = true;
    }
  }

  save(): IslandState {
    return {
      index: this.index,
      evaluations: this.evaluations,
      improvedAt: this.improvedAt,
      random: this.random.save(),
      culled: this.culled,
      exhausted: this.exhausted,
      ...this.population.save(),
      front: this.archive?.save() ?? new Int32Array(0),
    };
  }

  /** A parent and its brood. False when no child differed from it. */
  private step(until: number): boolean {
    const { population, evaluator, breeder, strategy, random, archive } = this;
    const { mutator } = breeder;
    const phase = this.evaluations < this.coarse ? 'coarse' : 'fine';
    if (phase === 'fine' && !this.culled) {
      this.culled = true;
      population.cull(strategy.survivors);
    }
    if (archive !== undefined && random.unit() < FRONT_PARENTS) {
      evaluator.load(population.nursery, archive.genesOf(random.below(archive.size)));
      mutator.begin();
      return this.child(phase, until) !== 'same';
    }
    const parent = population.row(breeder.parent(population.size));
    evaluator.copy(parent, population.nursery);
    mutator.begin();
    let differed = false;
    for (let i = 0; i < strategy.brood && this.evaluations < until; i++) {
      const fate = this.child(phase, until);
      differed ||= fate !== 'same';
      // What enters the population leaves another row as the nursery.
      if (fate === 'entered') break;
      mutator.undo(parent, population.nursery);
    }
    return differed;
  }

  /** The copy of a parent in the nursery becomes a child: its mutations, the way back into the budget, its place. */
  private child(phase: Phase, until: number): 'same' | 'lost' | 'entered' {
    const { breeder, strategy } = this;
    const tries = Math.min(strategy.repairs, until - this.evaluations - 1);
    const fate = breeder.bear(this.population.nursery, phase, tries);
    this.evaluations += breeder.computed;
    if (fate !== 'within') return fate === 'same' ? 'same' : 'lost';
    return this.enter() ? 'entered' : 'lost';
  }

  /** The design in the nursery, whose totals are the evaluator's, enters the population if it is good enough. */
  private enter(): boolean {
    this.archive?.offer(this.population.nursery);
    const best = this.population.fitnessAt(0);
    const fitness = this.judge.fitness();
    if (!this.population.insert(fitness)) return false;
    if (fitness > best) this.improvedAt = this.evaluations;
    return true;
  }
}

/** An island at its beginning: the start network, which was evaluated once. */
export function founded(task: SearchTask, genes: Int32Array, index: number): IslandState {
  const { islands } = planOf(task);
  if (index >= islands) throw new Error(`the task has ${islands} islands`);
  return {
    index,
    evaluations: 1,
    improvedAt: 1,
    random: new Random(task.seed, index).save(),
    culled: false,
    exhausted: false,
    members: genes.slice(),
    fitness: new Float64Array(1).fill(-Infinity),
    front: new Int32Array(0),
  };
}

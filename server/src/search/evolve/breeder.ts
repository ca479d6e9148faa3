import type { Evaluator } from '../model/evaluator.ts';
import type { Random } from '../random.ts';
import type { Judge } from './judge.ts';
import { Mutator } from './mutator.ts';
import { repair } from './repair.ts';
import type { Strategy } from './strategy.ts';

export type Phase = 'coarse' | 'fine';

/** Share of parents that come from the front, where one is kept, so that its cheap end is searched too. */
export const FRONT_PARENTS = 0.75;

/** Makes children by the rules of a strategy: whose they are, how many mutations they have, and their way back into the budget. */
export class Breeder {
  readonly mutator: Mutator;
  /** Candidates that the last child was: itself, and what its way back into the budget took. */
  computed = 0;
  private readonly judge: Judge;
  private readonly random: Random;
  private readonly strategy: Strategy;

  constructor(evaluator: Evaluator, judge: Judge, random: Random, strategy: Strategy) {
    this.mutator = new Mutator(evaluator, random, strategy.outside);
    this.judge = judge;
    this.random = random;
    this.strategy = strategy;
  }

  /** Rank of the best of a few members drawn uniformly. */
  parent(size: number): number {
    let rank = this.random.below(size);
    for (let i = 1; i < this.strategy.tournament; i++) rank = Math.min(rank, this.random.below(size));
    return rank;
  }

  /** The copy of a parent in a row becomes a child, whose totals are the evaluator's, unless nothing changed. */
  bear(row: number, phase: Phase, tries: number): 'same' | 'over' | 'within' {
    const { mutator, judge } = this;
    this.computed = 0;
    if (!this.mutate(row, phase)) return 'same';
    mutator.refresh(row);
    this.computed = 1;
    if (judge.exceeded() < 0) return 'within';
    this.computed += repair(mutator, judge, row, tries);
    return judge.exceeded() < 0 ? 'within' : 'over';
  }

  private mutate(row: number, phase: Phase): boolean {
    const { strategy, random, mutator } = this;
    if (!mutator.canChange(phase)) return false;
    const finest = phase === 'coarse' ? strategy.finest.coarse : strategy.finest.fine;
    const mutations = strategy.exactMutations ? strategy.mutations : 1 + random.below(strategy.mutations);
    let changed = false;
    for (let i = 0; i < mutations; i++) changed = mutator.mutate(row, phase, finest) || changed;
    return changed;
  }
}

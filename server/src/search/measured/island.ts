import { Archive } from '../evolve/archive.ts';
import { Breeder, FRONT_PARENTS, type Phase } from '../evolve/breeder.ts';
import { Judge } from '../evolve/judge.ts';
import type { Plan } from '../evolve/plan.ts';
import { Population } from '../evolve/population.ts';
import type { IslandState } from '../executor.ts';
import type { Evaluator } from '../model/evaluator.ts';
import { Random } from '../random.ts';
import { type MeasuredDesigns, scoreTable } from './designs.ts';

/** Children in a row that were over the budget or met before, after which an island counts as exhausted. */
const FUTILE = 10_000;

/**
 * A population whose scores are measured. Costs are closed forms, as everywhere, so that a child over the budget costs
 * nothing: only a design within it that was never met before is measured, and only that is an evaluation.
 */
export class MeasuredIsland {
  private readonly evaluator: Evaluator;
  private readonly plan: Plan;
  private readonly state: IslandState;
  private readonly measured: MeasuredDesigns;
  private readonly known: ReadonlyMap<string, number>;
  private readonly population: Population;
  private readonly judge: Judge;
  private readonly archive: Archive | undefined;
  private readonly random: Random;
  private readonly breeder: Breeder;
  private evaluations: number;
  private improvedAt: number;
  private culled: boolean;

  /** Goes on with a state, all of whose designs are measured. The evaluator has one row more than the plan's capacity. */
  constructor(evaluator: Evaluator, plan: Plan, state: IslandState, measured: MeasuredDesigns) {
    this.evaluator = evaluator;
    this.plan = plan;
    this.state = state;
    this.measured = measured;
    this.known = scoreTable(measured, evaluator.width);
    this.population = new Population(evaluator, plan.capacity);
    this.judge = new Judge(evaluator);
    this.random = Random.from(state.random);
    this.breeder = new Breeder(evaluator, this.judge, this.random, plan.strategy);
    this.evaluations = state.evaluations;
    this.improvedAt = state.improvedAt;
    this.culled = state.culled;
    const { pareto = [] } = evaluator.model.task;
    this.archive = pareto.length > 0 ? new Archive(evaluator, this.judge, pareto) : undefined;
    for (const genes of [state.members, state.front])
      for (let at = 0; at < genes.length; at += evaluator.width) {
        const design = genes.subarray(at, at + evaluator.width);
        this.enter(design, this.known.get(design.join()) ?? -Infinity);
      }
  }

  /** Designs within the budget that were never measured; fewer than asked for only when there are no more to find. */
  breed(most: number): Int32Array[] {
    const brood = new Map<string, Int32Array>();
    for (let futile = 0; brood.size < most && futile < FUTILE; futile++) {
      const design = this.child(this.evaluations + brood.size < this.plan.coarse ? 'coarse' : 'fine');
      const key = design?.join() ?? '';
      if (design === undefined || this.known.has(key) || brood.has(key)) continue;
      brood.set(key, design);
      futile = 0;
    }
    return [...brood.values()];
  }

  /** Takes in a brood with its scores. */
  take(brood: readonly Int32Array[], scores: readonly number[]): IslandState {
    const { population, random, archive, state, measured } = this;
    brood.forEach((design, i) => {
      this.evaluations += 1;
      const best = population.fitnessAt(0);
      this.enter(design, scores[i] ?? -Infinity);
      if (population.fitnessAt(0) > best) this.improvedAt = this.evaluations;
    });
    return {
      index: state.index,
      evaluations: this.evaluations,
      improvedAt: this.improvedAt,
      random: random.save(),
      culled: this.culled,
      exhausted: brood.length === 0,
      ...population.save(),
      front: archive?.save() ?? new Int32Array(0),
      measured: {
        ...measured,
        genes: Int32Array.from([...measured.genes, ...brood.flatMap((design) => [...design])]),
        scores: Float64Array.from([...measured.scores, ...scores]),
      },
    };
  }

  private enter(design: Int32Array, score: number): void {
    const { evaluator, population, judge, archive } = this;
    evaluator.load(population.nursery, design);
    if (score === -Infinity || judge.exceeded() >= 0) return;
    // From here on the totals of this row are judged by what was measured.
    evaluator.score = score;
    archive?.offer(population.nursery);
    population.insert(judge.fitness());
  }

  /** A child of one parent; undefined when it is no other design, or over the budget. */
  private child(phase: Phase): Int32Array | undefined {
    const { population, evaluator, breeder, random, archive, plan } = this;
    if (phase === 'fine' && !this.culled) {
      this.culled = true;
      population.cull(plan.strategy.survivors);
    }
    const row = population.nursery;
    if (archive !== undefined && archive.size > 0 && random.unit() < FRONT_PARENTS)
      evaluator.load(row, archive.genesOf(random.below(archive.size)));
    else evaluator.copy(population.row(breeder.parent(population.size)), row);
    breeder.mutator.begin();
    if (breeder.bear(row, phase, plan.strategy.repairs) !== 'within') return undefined;
    return evaluator.genes.slice(row * evaluator.width, (row + 1) * evaluator.width);
  }
}

import { wholeCosts } from '../analysis/whole-costs.ts';
import type { Backbone } from '../backbone/backbone.ts';
import { costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';

import { isOfWhole } from '../cost/registry.ts';
import { pricesOf } from './bound/prices.ts';
import { nonDominated } from './evolve/front.ts';
import { holdsScore } from './evolve/judge.ts';
import { leadersOf } from './evolve/leaders.ts';
import { planOf } from './evolve/plan.ts';
import type { Certificate, IslandState, Proof } from './executor.ts';
import type { Clock } from './host.ts';
import { measuredScore } from './measured/designs.ts';
import type { Evaluator } from './model/evaluator.ts';
import { evaluatorFor } from './model/evaluator-for.ts';
import { decode } from './model/genome.ts';
import type { Prepared } from './model/prepare.ts';
import { startScore } from './model/start-score.ts';
import type { FrontPoint, Leader, SearchProgress, SearchResult, SearchTask, Stopped } from './task.ts';

const PROGRESS_INTERVAL = 0.2;

/** Turns the states of islands into what people see. */
export class Reporter {
  private readonly prepared: Prepared;
  private readonly task: SearchTask;
  private readonly evaluator: Evaluator;
  private readonly clock: Clock;
  private readonly begun: number;
  private before: number;
  private reported = 0;

  constructor(prepared: Prepared, clock: Clock, secondsBefore: number) {
    this.clock = clock;
    this.begun = clock.now();
    this.prepared = prepared;
    this.task = prepared.model.task;
    this.evaluator = evaluatorFor(prepared.model, 1);
    this.before = secondsBefore;
    this.reported = this.seconds;
  }

  get seconds(): number {
    return this.before + (this.clock.now() - this.begun) / 1000;
  }

  /** Waits, and does not count it. */
  async idle(pause: Promise<void> | undefined): Promise<void> {
    if (pause === undefined) return;
    const from = this.clock.now();
    await pause;
    this.before -= (this.clock.now() - from) / 1000;
  }

  progress(
    islands: readonly IslandState[],
    certificate: Certificate | undefined,
    listener: ((progress: SearchProgress) => void) | undefined,
  ): void {
    const { seconds } = this;
    if (listener === undefined || seconds - this.reported < PROGRESS_INTERVAL) return;
    this.reported = seconds;
    const plan = planOf(this.task);
    const evaluations = sum(islands, (i) => i.evaluations);
    const best = this.designOf(islands, proofOf(certificate)?.best ?? this.bestGenes(islands));
    const rate = evaluations / seconds;
    listener({
      evaluations,
      seconds,
      evaluationsPerSecond: rate,
      score: best.score,
      ...this.gap(best, certificate),
      best: best.backbone,
      costs: best.costs,
      secondsLeft: Math.max(0, Math.min((plan.quota * plan.islands - evaluations) / rate, this.timeLeft)),
      phase: islands.some((i) => i.evaluations < plan.coarse) ? 'coarse' : 'fine',
      population: this.spread(islands, best),
    });
  }

  private get timeLeft(): number {
    return (this.task.timeLimit ?? Infinity) - this.seconds;
  }

  /** What is optimised, over the population; of a minimised cost over those that hold the score. */
  private spread(islands: readonly IslandState[], best: Best): SearchProgress['population'] {
    const { goal } = this.task;
    const all = islands.flatMap((i) => [...i.fitness]).sort((a, b) => b - a);
    const minimised = goal.kind === 'minimise' ? goal.cost : undefined;
    // What a tie is decided by is no part of the cost, of which counts are whole.
    const counted = (fitness: number): number =>
      minimised !== undefined && isOfWhole(minimised) ? -fitness : Math.round(-fitness);
    const values = minimised === undefined ? all : all.filter(holdsScore).map(counted);
    const own = minimised === undefined ? best.score : costOf(best.costs, minimised);
    return {
      size: all.length,
      best: values[0] ?? own,
      median: values[values.length >> 1] ?? own,
      worst: values.at(-1) ?? own,
    };
  }

  result(
    islands: readonly IslandState[],
    certificate: Certificate | Proof | undefined,
    stopped: Stopped,
    leaders = 0,
  ): SearchResult {
    const { seconds, task } = this;
    const evaluations = sum(islands, (i) => i.evaluations);
    const proof = proofOf(certificate);
    const found = proof?.best ?? this.bestGenes(islands);
    const best = this.designOf(islands, found);
    const { goal } = task;
    const measured = islands[0]?.measured;
    return {
      kind: 'result',
      evaluations,
      seconds,
      evaluationsPerSecond: evaluations / seconds,
      seed: task.seed,
      estimator: task.estimator,
      objective: task.objective,
      goal: task.goal,
      score: best.score,
      ...this.gap(best, certificate),
      ...(proof?.proven === true
        ? { bound: goal.kind === 'minimise' ? costOf(best.costs, goal.cost) : best.score, gap: 0 }
        : {}),
      proven: proof?.proven === true,
      ...this.prices(certificate),
      costs: best.costs,
      backbone: best.backbone,
      start: {
        score: measured?.start ?? startScore(task),
        costs: wholeCosts(task.start, task.downstream),
        repaired: this.prepared.repaired,
      },
      stopped,
      ...(measured === undefined ? {} : { measured: measured.instrument }),
      ...this.front(islands, proof?.best),
      ...(leaders > 0 ? { leaders: this.leaders(islands, found, leaders) } : {}),
    };
  }

  /** What none beats among the fronts of all islands, from the cheapest on. */
  private front(islands: readonly IslandState[], best: Int32Array = new Int32Array(0)): { front?: FrontPoint[] } {
    const { pareto } = this.task;
    if (pareto === undefined || pareto.length === 0) return {};
    const { width } = this.evaluator;
    // What a proof found was on no island.
    const points = [...islands, { front: best }].flatMap(({ front }) =>
      Array.from({ length: front.length / width }, (_, i) => {
        const genes = front.slice(i * width, (i + 1) * width);
        const backbone = decode(this.prepared.model, genes);
        const all = wholeCosts(backbone, this.task.downstream);
        return { score: this.scoreOf(islands, genes), costs: pareto.map((cost) => costOf(all, cost)), all, backbone };
      }),
    );
    const front = nonDominated(points).map(({ score, all, backbone }) => ({ score, costs: all, backbone }));
    return { front: front.reverse() };
  }

  /** Genes of the best member of all islands; of equals that of the first. */
  bestGenes(islands: readonly IslandState[]): Int32Array {
    const first = islands.reduce((a, b) => ((b.fitness[0] ?? -Infinity) > (a.fitness[0] ?? -Infinity) ? b : a));
    return first.members.slice(0, this.evaluator.width);
  }

  private designOf(islands: readonly IslandState[], genes: Int32Array): Best {
    const backbone = decode(this.prepared.model, genes);
    return { score: this.scoreOf(islands, genes), backbone, costs: wholeCosts(backbone, this.task.downstream) };
  }

  /** The best design, then the best of the final populations. */
  private leaders(islands: readonly IslandState[], best: Int32Array, most: number): Leader[] {
    const others = leadersOf(islands, this.evaluator.width, most).filter((genes) => genes.join() !== best.join());
    return [best, ...others].slice(0, most).map((genes) => ({
      score: this.scoreOf(islands, genes),
      backbone: decode(this.prepared.model, genes),
    }));
  }

  private scoreOf(islands: readonly IslandState[], genes: Int32Array): number {
    for (const { measured } of islands) if (measured !== undefined) return measuredScore(measured, genes) ?? Number.NaN;
    this.evaluator.load(0, genes);
    return this.evaluator.score;
  }

  private prices(certificate: Certificate | undefined): Pick<SearchResult, 'prices'> {
    const prices = certificate === undefined ? undefined : pricesOf(this.task, certificate, this.evaluator);
    return prices === undefined ? {} : { prices };
  }

  /** How far the best may be from the best possible: in its score, or in the cost that is minimised. */
  private gap(best: Best, certificate: Certificate | undefined): { bound?: number; gap?: number } {
    if (certificate === undefined) return {};
    const { bound } = certificate;
    const { goal } = this.task;
    // A design below the score to hold may cost less than any that holds it.
    if (goal.kind === 'minimise' && best.score < goal.score) return { bound };
    const gap = goal.kind === 'minimise' ? 1 - bound / costOf(best.costs, goal.cost) : 1 - best.score / bound;
    return { bound, gap: Math.max(0, gap) };
  }
}

const proofOf = (certificate: Certificate | Proof | undefined): Proof | undefined =>
  certificate !== undefined && 'proven' in certificate ? certificate : undefined;

interface Best {
  readonly score: number;
  readonly backbone: Backbone;
  readonly costs: Costs;
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((s, item) => s + of(item), 0);

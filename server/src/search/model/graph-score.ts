import type { Network } from '../../backbone/lower.ts';
import { type StageCost, stageCosts } from '../../cost/registry.ts';
import { logOf, type ObjectiveDefinition, type ScoredStage } from '../../entropy/objectives/definition.ts';
import { objectiveOf } from '../../entropy/objectives/registry.ts';
import { logWorth, stageFacts } from '../../entropy/score-stages.ts';
import type { GraphModel } from './model.ts';

/** An output of a graph, as a score reads it; what depends on the design is filled in for each. */
export interface GraphOutput {
  /** The group that hands it on. */
  readonly group: number;
  /** α of an additive objective. */
  readonly weight: number;
  readonly stage: { -readonly [K in keyof ScoredStage]: ScoredStage[K] };
}

/** What the outputs of a graph say of it: its score, and costs of the whole network. */
export class GraphScore {
  readonly outputs: readonly GraphOutput[];
  readonly objective: ObjectiveDefinition;
  readonly whole: readonly StageCost[];
  private readonly stages: readonly ScoredStage[];
  /** Where the cost stands whose logarithm the score has, -1 where there is none. */
  private readonly scoredCost: number;

  constructor({ task, start, additive, ofStages }: GraphModel, { stages }: Network) {
    const objective = objectiveOf(task);
    const facts = stageFacts(stages);
    const names = stages.map(({ name }) => name);
    const weights = objective.form === 'additive' ? objective.weights(names, start.weights) : {};
    this.objective = objective;
    this.scoredCost = additive.indexOf(logOf(objective)?.cost ?? '');
    this.whole = stageCosts(ofStages);
    this.outputs = stages.flatMap(({ name, last }, i): GraphOutput[] => {
      const fact = facts[i];
      if (fact === undefined) return [];
      return [{ group: last, weight: weights[name] ?? 0, stage: { ...fact, channels: 0, logStd: 0, layers: 0 } }];
    });
    this.stages = this.outputs.map(({ stage }) => stage);
  }

  /** @param costs the additive ones of the design, in the order of the model */
  score(costs: ArrayLike<number>): number {
    const { objective, scoredCost } = this;
    if (objective.form === 'stages') return objective.ofStages(this.stages);
    let score = 0;
    for (const { weight, stage } of this.outputs) {
      if (weight === 0) continue;
      const relus = objective.reluLoss * Math.max(0, stage.layers - 1);
      score += weight * (stage.logStd + Math.log(stage.channels) - relus);
    }
    const beside = logOf(objective);
    return beside === undefined ? score : score + logWorth(costs[scoredCost] ?? 0, beside.worth);
  }

  /** Writes the costs of the whole network, which go by fan-in whatever the estimator of the score. */
  writeWhole(costs: Float64Array, at: number): void {
    const { whole } = this;
    for (let c = 0; c < whole.length; c++) {
      let most = 0;
      for (const { layers, logStd } of this.stages)
        most = Math.max(most, whole[c]?.of({ layers, logFanIn: 2 * logStd }) ?? 0);
      costs[at + c] = most;
    }
  }
}

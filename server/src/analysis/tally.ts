import type { Group } from '../backbone/backbone.ts';
import { isSqueezed } from '../backbone/residual.ts';
import type { Costs } from '../cost/cost.ts';
import type { ScoredStage, Scoring } from '../entropy/objectives/definition.ts';
import { besideStages, lostToRelus } from '../entropy/score-stages.ts';
import { type BackboneAnalysis, scoredStages } from './analyse.ts';
import { entropyKeyOf } from './score-of.ts';

/** A stage of a known design, and α of an additive score. */
export interface End {
  readonly stage: ScoredStage;
  readonly weight: number;
}

/** For each group the stage that it ends, where it does. */
export function endsOf(
  { backbone, network, stages }: BackboneAnalysis,
  { objective, estimator }: Scoring,
): readonly (End | undefined)[] {
  const scored = scoredStages(stages, entropyKeyOf(estimator));
  const names = scored.map(({ name }) => name);
  const weights = objective.form === 'additive' ? objective.weights(names, backbone.weights) : {};
  const ends = new Array<End | undefined>(network.groups.length).fill(undefined);
  for (const [i, stage] of scored.entries()) {
    const last = stages[i]?.lowered.last;
    if (last !== undefined) ends[last] = { stage, weight: weights[stage.name] ?? 0 };
  }
  return ends;
}

/** The score of a changed chain from that of the known one, as its groups are passed from the first to the last. */
export class Tally {
  private readonly scoring: Scoring;
  private score: number;
  /** What is added to log σ and to the layers of the known design so far. */
  private log = 0;
  private layers = 0;
  private squeezed = false;
  private readonly stages: ScoredStage[] = [];

  /** @param known the score of the known design */
  constructor(scoring: Scoring, known: number) {
    this.scoring = scoring;
    this.score = known;
  }

  /** A group, with what it has more than the known one. */
  pass(group: Group, log: number, layers: number): void {
    this.log += log;
    this.layers += layers;
    this.squeezed ||= isSqueezed(group);
  }

  /** @param spatial what the share of log σ that no width has a part in is more up to here, in nats */
  end({ stage, weight }: End, channels: number, spatial: number): void {
    const { objective } = this.scoring;
    const log = this.log + spatial;
    const layers = stage.layers + this.layers;
    if (objective.form === 'stages') {
      this.stages.push({ ...stage, channels, logStd: stage.logStd + log, layers, squeezed: this.squeezed });
      return;
    }
    const { reluLoss } = objective;
    const relus = lostToRelus(reluLoss, layers) - lostToRelus(reluLoss, stage.layers);
    this.score += weight * (log + Math.log(channels / stage.channels) - relus);
  }

  /** @param counts of the known and of the changed backbone, without what stands behind them */
  total(known: Costs, changed: Costs): number {
    const { objective } = this.scoring;
    return objective.form === 'stages'
      ? objective.ofStages(this.stages)
      : this.score + besideStages(objective, changed) - besideStages(objective, known);
  }
}

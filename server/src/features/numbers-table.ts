import type { BackboneAnalysis, LogStd } from '../analysis/analyse.ts';
import { scoreOf, weighingIn } from '../analysis/score-of.ts';
import { type BlockKind, type InputSize, stageName } from '../backbone/backbone.ts';
import { type CostName, costOf, type Limit } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { type CostUnits, costUnits, isOfWhole } from '../cost/registry.ts';
import { logOf, type ObjectiveDefinition } from '../entropy/objectives/definition.ts';
import { weightedScore } from '../entropy/scores.ts';
import { CLOSED_FORMS, type ClosedForm } from './closed-forms.ts';
import { shownCosts } from './device-costs.ts';
import { scoreName } from './score-text.ts';
import { shownObjective } from './scoring-of.ts';
import { rangeOf, type Snapshot, type SnapshotBackbone, shownGroups } from './snapshot.ts';

/** The entropy at the end of a part by one closed form, and what the part adds to what stands before it; in nats. */
export interface NumbersEntropy {
  readonly entropy: number;
  readonly gain: number;
  /** Of one draw, where the form knows it. */
  readonly sd?: number;
}

/** The numbers of a part of a backbone, in the order of `NumbersBackbone.costs` and `.forms`. */
export interface NumbersPart {
  /** Null for what only a whole network has. */
  readonly costs: readonly (number | null)[];
  readonly entropies: readonly NumbersEntropy[];
}

export interface NumbersShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

export interface NumbersGroup extends NumbersPart {
  /** Lines of the text, from 0, both inclusive. */
  readonly from: number;
  readonly to: number;
  readonly stage: string;
  readonly block: BlockKind;
  readonly kernel: number;
  readonly depth: number;
  /** Bottleneck width; 0 where the block has none. */
  readonly btn: number;
  readonly shape: NumbersShape;
}

export interface NumbersStage extends NumbersPart {
  readonly name: string;
  /** Its weight in the score; 0 too where the score reads all stages as one. */
  readonly weight: number;
  readonly depth: number;
  readonly shape: NumbersShape;
}

export interface NumbersBackbone {
  readonly name: string;
  readonly input: InputSize;
  /** Whether the numbers are those of the text; otherwise of the last text that could be read. */
  readonly fresh: boolean;
  /** Names of the costs, with what each is counted in, and of the closed forms: what the columns are. */
  readonly costs: readonly CostName[];
  readonly units: CostUnits;
  readonly forms: readonly string[];
  readonly groups: readonly NumbersGroup[];
  readonly stages: readonly NumbersStage[];
  /** What the score is called, and its unit; empty where it has none. */
  readonly score: { readonly name: string; readonly unit: string };
  /** All of it: costs in `costs` order, and the score by each form; null where the objective knows no such form. */
  readonly total: { readonly costs: readonly number[]; readonly scores: readonly (number | null)[] };
  readonly budgets: readonly { readonly name: string; readonly limits: readonly Limit[] }[];
}

/** Every number of a text, a row for each group: each backbone that has numbers. */
export const numbersTable = (snapshot: Snapshot): NumbersBackbone[] =>
  snapshot.backbones.flatMap((backbone) => tableOf(snapshot, backbone) ?? []);

function tableOf(snapshot: Snapshot, backbone: SnapshotBackbone): NumbersBackbone | undefined {
  const { analysis, source, fresh, budgets } = backbone;
  if (analysis === undefined) return undefined;
  const objective = shownObjective(backbone);
  const names = shownCosts(snapshot.design);
  const weights = new Map(weighingIn(analysis, { objective })?.weighed.map(({ name, weight }) => [name, weight]));
  return {
    name: source.name,
    input: analysis.backbone.input,
    fresh,
    costs: names,
    units: costUnits(),
    forms: CLOSED_FORMS.map(({ name }) => name),
    groups: shownGroups(backbone).map(({ source: { span }, analysis: group }): NumbersGroup => {
      const { start, end } = rangeOf(snapshot, span);
      const { stage, group: words } = group.lowered;
      return {
        from: start.line,
        to: end.line,
        stage: stageName(stage),
        block: words.block,
        kernel: words.kernel,
        depth: words.depth,
        btn: words.btn,
        shape: shapeOf(group.lowered),
        costs: partOf(group.costs, names),
        entropies: entropiesOf(analysis, group, group.lowered.index),
      };
    }),
    stages: analysis.stages.map(({ lowered, costs, logStd }) => ({
      name: lowered.name,
      weight: weights.get(lowered.name) ?? 0,
      depth: lowered.groups.reduce((sum, { group }) => sum + group.depth, 0),
      shape: shapeOf(lowered),
      costs: partOf(costs, names),
      entropies: entropiesOf(analysis, { logStd, lowered }, lowered.groups[0]?.index ?? 0),
    })),
    score: { name: scoreName(objective), unit: objective.unit },
    total: { costs: names.map((name) => costOf(analysis.costs, name)), scores: scoresOf(analysis, objective) },
    budgets: budgets.map(({ name, budget: { limits } }) => ({ name, limits })),
  };
}

const shapeOf = ({ channels, height, width }: NumbersShape): NumbersShape => ({ channels, height, width });

/** What belongs to a whole network is nothing of its parts. */
const partOf = (costs: Costs, names: readonly CostName[]): (number | null)[] =>
  names.map((name) => (isOfWhole(name) ? null : costOf(costs, name)));

/** A point of the network: the cumulative log σ there, and the channels that it is spread over. */
interface Point {
  readonly logStd: LogStd;
  readonly lowered: { readonly channels: number };
}

/** Not a number where the form has no term for what stands there. */
const entropyBy = ({ logStd }: ClosedForm, point: Point): number =>
  (logStd(point.logStd)?.mean ?? Number.NaN) + Math.log(point.lowered.channels);

/** The entropies at the end of a part that begins with the group of this index. */
function entropiesOf(analysis: BackboneAnalysis, end: Point, first: number): NumbersEntropy[] {
  const start = analysis.groups[first - 1];
  return CLOSED_FORMS.map((form) => {
    const entropy = entropyBy(form, end);
    const sd = form.logStd(end.logStd)?.sd;
    // Before the first group only the image stands: log σ = 0.
    const before = start === undefined ? Math.log(analysis.backbone.input.channels) : entropyBy(form, start);
    return { entropy, gain: entropy - before, ...(sd === undefined ? {} : { sd }) };
  });
}

/** What loses nothing to ReLUs is a sum of entropies by whichever form; others say which forms they know. */
function scoresOf(analysis: BackboneAnalysis, objective: ObjectiveDefinition): (number | null)[] {
  const { stages, backbone } = analysis;
  return CLOSED_FORMS.map((form) => {
    if (objective.form === 'additive' && objective.reluLoss === 0 && logOf(objective) === undefined) {
      const entropies = stages.map((stage) => ({ name: stage.lowered.name, entropy: entropyBy(form, stage) }));
      const names = entropies.map(({ name }) => name);
      return weightedScore(entropies, objective.weights(names, backbone.weights));
    }
    const { estimator } = form;
    if (estimator === undefined || !objective.estimators.includes(estimator)) return null;
    return scoreOf(analysis, { objective, estimator });
  });
}

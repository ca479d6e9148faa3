import type { Unit } from '../../../common/numbers.ts';
import { analyse, type BackboneAnalysis, type Entropy, isCurrent } from '../analysis/analyse.ts';
import { atSize } from '../analysis/at-size.ts';
import { scoreOf } from '../analysis/score-of.ts';
import type { ImageSize, InputSize } from '../backbone/backbone.ts';
import { isSqueezed } from '../backbone/residual.ts';
import type { CostName } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { costNamed, isOfWhole, limitedCosts } from '../cost/registry.ts';
import type { EstimatorName, ObjectiveDefinition } from '../entropy/objectives/definition.ts';
import { allObjectives, DEFAULT_OBJECTIVE, DEFAULT_SCORING, scoringBy } from '../entropy/objectives/registry.ts';
import { textErrors } from '../language/problem.ts';
import { deviceCosts } from './device-costs.ts';
import { scoreName } from './score-text.ts';
import { shownObjective } from './scoring-of.ts';
import type { Snapshot } from './snapshot.ts';

/** One stage of a backbone that is compared. Entropies in nats. */
export interface ComparedStage {
  readonly name: string;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Blocks in all of its groups. */
  readonly blocks: number;
  readonly entropy: Entropy;
  readonly costs: Costs;
}

/** A backbone that is compared with others: totals, and the same per stage. The view and `mae compare` read it. */
export interface ComparedDesign {
  /** Unique among what is compared. */
  readonly id: string;
  /** The file it stands in, as a path or URI, or BUILT_IN. */
  readonly from: string;
  readonly name: string;
  /** As its text says. */
  readonly ownInput: InputSize;
  /** What the numbers are for. */
  readonly input: InputSize;
  readonly score: Entropy & { readonly deepmad: number };
  /** The same by every objective that is no measurement, by name, with the closed form that was asked for where it knows it. */
  readonly scores: Readonly<Record<string, number>>;
  /**
   * The most that Z scatters when it is measured with one draw of weights, by the finite-width theory: Σ α · sd, in nats; null
   * where the theory does not reach.
   */
  readonly spread: number | null;
  /** Whether a block has a squeeze-and-excitation. */
  readonly squeezed: boolean;
  /** The objective that it is scored by in the editor: that of the first search from it. */
  readonly objective: string;
  readonly costs: Costs;
  /** The times on devices that its text shows: whatever is beside it in a comparison shows them too. */
  readonly devices: readonly CostName[];
  readonly stages: readonly ComparedStage[];
}

/** What a text that is compared has wrong; its backbones then have their numbers as far as they can be read, or none. */
export interface ComparedErrors {
  readonly count: number;
  readonly first: { readonly line: number; readonly message: string };
}

/** Where the published designs come from: they come with the program. */
export const BUILT_IN = 'built-in';

/** A cost as a comparison shows it. */
export interface ComparedCost {
  readonly name: string;
  readonly unit: Unit;
  /** Whether only a whole network has it. */
  readonly ofWhole: boolean;
}

export const comparedCosts = (designs: readonly Pick<ComparedDesign, 'devices'>[] = []): ComparedCost[] =>
  comparedNames(designs).map((name) => ({ name, unit: costNamed(name)?.unit ?? 'count', ofWhole: isOfWhole(name) }));

/** The costs of a comparison: what a network costs everywhere, and its times on the devices that any of the texts names. */
export const comparedNames = (designs: readonly Pick<ComparedDesign, 'devices'>[]): CostName[] => [
  ...limitedCosts(),
  ...new Set(designs.flatMap(({ devices }) => devices)),
];

/** An objective as a comparison shows it. */
export interface ComparedObjective {
  readonly name: string;
  readonly title: string;
  /** Empty where it has none. */
  readonly unit: string;
}

/** The objectives that a comparison may show beside the default one, which it always does. */
export const comparedObjectives = (): ComparedObjective[] =>
  closedObjectives()
    .filter((objective) => objective !== DEFAULT_OBJECTIVE)
    .map((objective) => ({ name: objective.name, title: scoreName(objective), unit: objective.unit }));

const closedObjectives = (): ObjectiveDefinition[] => allObjectives().filter(({ measured }) => !measured);

/** The backbones of a text, ready to be compared: at one image size, or each at its own. */
export const comparedDesigns = (
  snapshot: Snapshot,
  from: string,
  at?: ImageSize,
  estimator: EstimatorName = DEFAULT_SCORING.estimator,
): ComparedDesign[] =>
  snapshot.backbones.flatMap(({ analysis, fresh, last, searches }) =>
    // What was never read as a whole is nothing to compare.
    analysis === undefined || (!fresh && last === undefined)
      ? []
      : [
          {
            ...comparedDesign(analysis, from, at, estimator),
            objective: shownObjective({ searches }).name,
            devices: deviceCosts(snapshot.design),
          },
        ],
  );

/** The errors of the text itself: a budget that is exceeded is what a comparison is for. */
export function comparedErrors({ problems, document }: Snapshot): ComparedErrors | undefined {
  const errors = textErrors(problems).toSorted((a, b) => a.span.start - b.span.start);
  const [first] = errors;
  if (first === undefined) return undefined;
  const { line } = document.positionAt(first.span.start);
  return { count: errors.length, first: { line: line + 1, message: first.message } };
}

function comparedDesign(
  own: BackboneAnalysis,
  from: string,
  at: ImageSize | undefined,
  estimator: EstimatorName,
): Omit<ComparedDesign, 'objective' | 'devices'> {
  // A device that another text names may have come since.
  const sized = atSize(isCurrent(own) ? own : analyse(own.backbone), at);
  const { backbone, costs, score, stages } = sized;
  const scores = closedObjectives().map((objective) => [
    objective.name,
    scoreOf(sized, scoringBy(objective, estimator)),
  ]);
  return {
    id: `${from}#${backbone.name}`,
    from,
    name: backbone.name,
    ownInput: own.backbone.input,
    input: backbone.input,
    score,
    scores: Object.fromEntries(scores),
    spread: spreadOf(sized),
    squeezed: backbone.groups.some(isSqueezed),
    costs,
    stages: stages.map((stage) => ({
      name: stage.lowered.name,
      channels: stage.lowered.channels,
      height: stage.lowered.height,
      width: stage.lowered.width,
      blocks: stage.lowered.groups.reduce((sum, { group }) => sum + group.depth, 0),
      entropy: stage.entropy,
      costs: stage.costs,
    })),
  };
}

/** Stages share their layers, so that their scatter adds up at the most. */
function spreadOf({ backbone, stages }: BackboneAnalysis): number | null {
  let sum = 0;
  for (const { lowered, logStd } of stages) {
    const alpha = backbone.weights[lowered.name] ?? 0;
    if (alpha === 0) continue;
    if (logStd.finiteWidth === undefined) return null;
    sum += alpha * logStd.finiteWidth.sd;
  }
  return sum;
}

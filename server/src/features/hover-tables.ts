import { shapeText } from '../../../common/numbers.ts';
import type { BackboneAnalysis, Entropy, LogStd } from '../analysis/analyse.ts';
import { scoreOf } from '../analysis/score-of.ts';
import type { InputSize } from '../backbone/backbone.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { costNamed } from '../cost/registry.ts';
import { deepmad } from '../entropy/objectives/deepmad.ts';
import type { ObjectiveDefinition, Scoring } from '../entropy/objectives/definition.ts';
import { multiScale } from '../entropy/objectives/multi-scale.ts';
import { CLOSED_FORMS } from './closed-forms.ts';
import { amountText, costText } from './cost-text.ts';
import { explained, type GlossaryAddress, type GlossaryEntry } from './glossary.ts';
import { table } from './markdown.ts';
import { scoreName } from './score-text.ts';

/** What stands beside the numbers of the text: what was measured, what next changes would win, and where words are explained. */
export interface Beside {
  readonly measured?: string | undefined;
  readonly changes?: string | undefined;
  readonly glossary?: GlossaryAddress;
  /** How the backbone is scored, and in words why. */
  readonly scoring?: Scoring;
  readonly scoreSays?: string | undefined;
  /** The times on devices that the text shows. */
  readonly devices?: readonly CostName[];
}

/** «H 15.69 nats (fan-in), 15.54 (exact)» */
export const entropyText = ({ fanIn, exact }: Entropy): string =>
  `**H ${fanIn.toFixed(2)} nats** (fan-in), ${exact.toFixed(2)} (exact)`;

/** «55.3 k macs, 280 params, 1 layer», and the times on devices */
export const costsText = (costs: Costs, devices: readonly CostName[]): string =>
  ['macs', 'params', 'layers', ...devices].map((name) => costText(name, costOf(costs, name))).join(', ');

/** What H and its units are, said where a reader meets them. */
export function entropyWords(address: GlossaryAddress): string {
  const word = (entry: GlossaryEntry, text?: string): string => explained(address, entry, text);
  return (
    `_H is the ${word('entropy')} of the feature map with random weights, in ${word('nats')}: how much it can still say ` +
    `about the image. The closed forms ${word('fan-in')} and ${word('exact')} give it without a forward pass; what it ` +
    `costs to compute is counted in ${word('macs', 'MACs')}._`
  );
}

/** What z is, said under what was measured. */
export const zWords = (address: GlossaryAddress): string =>
  `_${explained(address, 'z')}: how many standard errors the measurement is from its prediction; up to 2 either way is as expected._`;

/** What Z is, said where a reader meets it first; what another objective is stands where it says why it is shown. */
export const scoreWords = (address: GlossaryAddress, objective: ObjectiveDefinition): string =>
  objective === multiScale
    ? `_Z, the ${explained(address, 'score')}, weighs the entropies H of the stages by α: the more, the better a detector is expected to be._`
    : `_${scoreName(objective)} is the ${explained(address, 'score')} here: the more, the better a detector is expected to be._`;

/** «input 3×480×480» */
export const inputText = (input: InputSize): string => `input ${shapeText(input)}`;

/** Every cost of a group or stage by its convention; of a backbone also those that only a whole network has. */
export const costTable = (
  costs: Costs,
  input: InputSize,
  names: readonly CostName[],
  isExtrapolated: (name: CostName) => boolean = () => false,
): string =>
  table(
    [`cost at ${inputText(input)}`, '', 'counts'],
    names.map((name) => [
      name,
      `${amountText(name, costOf(costs, name))}${isExtrapolated(name) ? ' (extrapolated)' : ''}`,
      costNamed(name)?.doc ?? '',
    ]),
    [2],
  );

/** The cumulative log σ by each closed form, and the entropies that come of it. */
export const entropyTable = (logStd: LogStd, channels: number): string =>
  table(
    ['closed form', 'log σ (nats)', `H = log σ + ln ${channels} (nats)`],
    CLOSED_FORMS.map((form) => {
      const known = form.logStd(logStd);
      if (known === undefined) return [`${form.name}: ${form.counts}`, 'no term', 'no term'];
      const { mean, sd } = known;
      const spread = sd === undefined ? '' : ` ± ${sd.toFixed(2)}`;
      const values = [mean, mean + Math.log(channels)].map((value) => `${value.toFixed(2)}${spread}`);
      return [`${form.name}: ${form.counts}`, ...values];
    }),
  );

/** The scores of a backbone: MAE-DET's own, DeepMAD's, and before them that of another objective that is shown. */
export function scoreTable(analysis: BackboneAnalysis, { objective }: Scoring): string {
  const { score } = analysis;
  const shown = objective === multiScale || objective === deepmad ? [] : objective.estimators;
  return table(
    ['score', 'nats'],
    [
      ...shown.map((estimator): string[] => {
        const unit = objective.unit === '' ? ', no unit' : '';
        const value = fineScore(scoreOf(analysis, { objective, estimator }), objective.unit);
        return [`${scoreName(objective)} (${estimator}): ${objective.doc}${unit}`, value];
      }),
      ['fan-in: Z = Σ αᵢ Hᵢ', score.fanIn.toFixed(2)],
      ['exact, linear: Z = Σ αᵢ Hᵢ', score.exact.toFixed(2)],
      ['DeepMAD: Σ wᵢ · ln(rᵢ² Cᵢ) · log σᵢ (fan-in), no unit', score.deepmad.toFixed(1)],
    ],
  );
}

/** A score where closed forms are held against each other. */
const fineScore = (value: number, unit: string): string => value.toFixed(unit === '' ? 1 : 2);

/** «**Z 35.10 nats** (fan-in), 34.02 (exact)»: the score that is shown by every closed form that it has, the shown one in front. */
export function scoreLine(analysis: BackboneAnalysis, { objective, estimator }: Scoring): string {
  const forms = [...new Set([estimator, ...objective.estimators])];
  const [first = '', ...others] = forms.map((form) => {
    const value = fineScore(scoreOf(analysis, { objective, estimator: form }), objective.unit);
    return form === estimator
      ? `**${`${scoreName(objective)} ${value} ${objective.unit}`.trimEnd()}** (${form})`
      : `${value} (${form})`;
  });
  return [first, ...others].join(', ');
}

export const STALE =
  '_Not all of this backbone can be read: these are its numbers as far as it can be. What is broken counts as when it could last be read, or like its neighbours; a group that says too little is left out._';

import type { BackboneAnalysis, LogStd } from '../analysis/analyse.ts';
import type { InputSize } from '../backbone/backbone.ts';
import { COST_NAMES, costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { COSTS } from '../language/word-docs.ts';
import { CLOSED_FORMS } from './closed-forms.ts';
import { table } from './markdown.ts';
import { amountText } from './numbers.ts';

/** What stands beside the closed forms of a group or stage: its measured entropy, and what its next changes would win. */
export interface Beside {
  readonly measured?: string | undefined;
  readonly changes?: string | undefined;
}

/** «input 3×480×480» */
export const inputText = ({ channels, height, width }: InputSize): string => `input ${channels}×${height}×${width}`;

/** Every cost of a group, stage or backbone by its convention. */
export const costTable = (costs: Costs, input: InputSize): string =>
  table(
    [`cost at ${inputText(input)}`, '', 'counts'],
    COST_NAMES.map((name) => [name, amountText(name, costOf(costs, name)), COSTS[name].doc]),
    [2],
  );

/** The cumulative log σ by each closed form, and the entropies that come of it. */
export const entropyTable = (logStd: LogStd, channels: number): string =>
  table(
    ['closed form', 'log σ (nats)', `H = log σ + ln ${channels} (nats)`],
    CLOSED_FORMS.map((form) => {
      const { mean, sd } = form.logStd(logStd);
      const spread = sd === undefined ? '' : ` ± ${sd.toFixed(2)}`;
      const values = [mean, mean + Math.log(channels)].map((value) => `${value.toFixed(2)}${spread}`);
      return [`${form.name}: ${form.counts}`, ...values];
    }),
  );

/** The three scores of a backbone. */
export const scoreTable = ({ score }: BackboneAnalysis): string =>
  table(
    ['score', 'nats'],
    [
      ['fan-in: Z = Σ αᵢ Hᵢ', score.fanIn.toFixed(2)],
      ['exact, linear: Z = Σ αᵢ Hᵢ', score.exact.toFixed(2)],
      ['DeepMAD: Σ wᵢ · ln(rᵢ² Cᵢ) · log σᵢ (fan-in), no unit', score.deepmad.toFixed(1)],
    ],
  );

export const STALE = '_The text cannot be read at the moment: these are its last good numbers._';

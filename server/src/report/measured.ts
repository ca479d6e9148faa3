import { signed } from '../../../common/numbers.ts';
import type { BackboneAnalysis } from '../analysis/analyse.ts';
import { planOf } from '../measure/plan.ts';
import { predictions } from '../measure/prediction.ts';
import { html, type Markup } from './html.ts';
import { inNats, left, note, part, right, tableBox } from './parts.ts';

/** A stage as `mae measure --json` tells it: log σ in nats; null where the theory has no term. */
interface MeasuredStage {
  readonly name: string;
  readonly logStd: { readonly mean: number; readonly sd: number };
  readonly predicted: { readonly mean: number; readonly sd: number | null };
  readonly z: number | null;
}

/** What `mae measure --json` gave. */
export interface Measured {
  readonly backend: string;
  readonly device: string;
  readonly draws: number;
  readonly seed: number;
  readonly activation: 'linear' | 'relu';
  readonly backbones: readonly { readonly name: string; readonly stages: readonly MeasuredStage[] }[];
}

/** Two machines agree on a closed form to this many nats. */
const SAME = 1e-6;

/**
 * What was measured of a backbone beside its prediction, with everything that a measured number needs to be believed. Numbers of
 * another design of the same name, or at another input, are not shown: what was predicted of it then tells.
 */
export function measuredPart(analysis: BackboneAnalysis, measured: Measured | undefined): Markup {
  const found = measured?.backbones.find(({ name }) => name === analysis.backbone.name);
  if (measured === undefined || found === undefined) return html``;
  const { backend, device, draws, seed, activation } = measured;
  const { name } = analysis.backbone;
  if (!isOf(analysis, found.stages, activation))
    return part(
      'Measured',
      note(
        `What was measured under this name was another design, or at another input: ${name} is to be measured again.`,
      ),
    );
  const rows = found.stages.map(({ name: stage, logStd, predicted, z }) => [
    stage,
    html`${inNats(logStd.mean, 2)} ± ${inNats(logStd.sd, 2)}`,
    predicted.sd === null ? inNats(predicted.mean, 2) : html`${inNats(predicted.mean, 2)} ± ${inNats(predicted.sd, 2)}`,
    z === null ? 'no term in the theory' : signed(z),
  ]);
  const columns = [left('stage'), right('log σ measured'), right('predicted'), right('z')];
  return part(
    'Measured',
    tableBox(`What was measured of ${name}`, columns, rows),
    note(
      `Forward passes with random weights: ${activation}, ${draws} ${draws === 1 ? 'draw' : 'draws'}, seed ${seed}, ${backend} on ${device}. `,
      '± is the standard deviation of one draw; z is how many standard errors the mean is from the prediction.',
    ),
  );
}

/**
 * Whether a measurement was of this very backbone: mean and spread that were predicted of it, stage by stage, are those that are
 * predicted now. Every width, kernel and size has a part in them.
 */
function isOf(
  { network }: BackboneAnalysis,
  measured: readonly MeasuredStage[],
  activation: Measured['activation'],
): boolean {
  const expected = predictions(network, planOf(network), activation);
  const near = (a: number | null | undefined, b: number | undefined): boolean =>
    Math.abs((a ?? -1) - (b ?? -1)) <= SAME;
  return (
    expected.length === measured.length &&
    expected.every(({ mean, sd }, i) => {
      const one = measured[i];
      return one?.name === network.stages[i]?.name && near(one?.predicted.mean, mean) && near(one?.predicted.sd, sd);
    })
  );
}

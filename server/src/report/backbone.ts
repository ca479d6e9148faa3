import { shapeText } from '../../../common/numbers.ts';
import type { BackboneAnalysis, LogStd, StageAnalysis } from '../analysis/analyse.ts';
import { scoreOf, weighingIn } from '../analysis/score-of.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { costNamed } from '../cost/registry.ts';
import { DEFAULT_SCORING } from '../entropy/objectives/registry.ts';
import { deviceCosts, shownCosts } from '../features/device-costs.ts';
import { DEFAULT_OPTIONS } from '../features/options.ts';
import { pictureOf } from '../features/picture-backbone.ts';
import { scoreText, weighsText } from '../features/score-text.ts';
import { scoringOf } from '../features/scoring-of.ts';
import type { Snapshot, SnapshotBackbone } from '../features/snapshot.ts';
import { entropyBars } from './bars.ts';
import { budgets } from './budgets.ts';
import { drawn, html, type Markup, type Piece } from './html.ts';
import { type Measured, measuredPart } from './measured.ts';
import { cost, exactly, inNats, left, note, paragraph, part, right, section, tableBox } from './parts.ts';
import { key, pictured } from './pictures.ts';

/** Everything about one backbone: score, stages, picture, costs, budgets. */
export function backboneSection(
  id: string,
  snapshot: Snapshot,
  backbone: SnapshotBackbone,
  analysis: BackboneAnalysis,
  measured: Measured | undefined,
): Markup {
  const { name, input } = analysis.backbone;
  return section(
    id,
    html`Backbone ${name}`,
    paragraph(
      'Input ',
      shapeText(input),
      ' (channels × height × width). ',
      scoreWords(analysis),
      searchedBy(backbone, analysis),
    ),
    stages(analysis, deviceCosts(snapshot.design)),
    measuredPart(analysis, measured),
    pictured(pictureOf(snapshot, backbone, DEFAULT_OPTIONS)),
    part('Costs', costTable(`The costs of ${name}`, analysis.costs, [...shownCosts(snapshot.design), 'weights'])),
    budgets(name, analysis.costs, backbone.budgets),
  );
}

function scoreWords(analysis: BackboneAnalysis): Piece[] {
  const { score, backbone } = analysis;
  const weighing = weighingIn(analysis, DEFAULT_SCORING);
  const missing = weighing === undefined || weighing.missing.length === 0 ? '' : `; it ${weighsText(weighing)}`;
  const alpha = Object.entries(backbone.weights).map(([stage, weight]) => `${stage}\u00a0${weight}`);
  return [
    html`Score Z <strong>${inNats(score.fanIn)}</strong> by fan-in, `,
    html`${inNats(score.exact)} by the exact closed form, in nats, with the weights α ${alpha.join(', ')}${missing}. `,
    html`DeepMAD ${inNats(score.deepmad)}.`,
  ];
}

/** Where a search from it scores by another objective, what that gives. */
function searchedBy(backbone: SnapshotBackbone, analysis: BackboneAnalysis): string {
  const scoring = scoringOf(backbone, DEFAULT_OPTIONS);
  if (scoring.objective === DEFAULT_SCORING.objective) return '';
  return ` As its search scores it: ${scoreText(scoring, scoreOf(analysis, scoring))}.`;
}

function stages(analysis: BackboneAnalysis, devices: readonly CostName[]): Markup {
  const { backbone, stages: all } = analysis;
  const columns = [
    left('stage'),
    right('C×H×W'),
    right('α'),
    right('H fan-in'),
    right('H exact'),
    right('log σ relu'),
    ...['macs', 'params', 'layers', ...devices].map(right),
  ];
  const rows = all.map(({ lowered, entropy, logStd, costs }: StageAnalysis) => [
    lowered.name,
    shapeText(lowered),
    String(backbone.weights[lowered.name] ?? '–'),
    inNats(entropy.fanIn),
    inNats(entropy.exact),
    predicted(logStd),
    ...['macs', 'params', 'layers', ...devices].map((name) => cost(costs, name)),
  ]);
  return part(
    'Entropy by stage',
    html`<figure>${drawn(entropyBars(backbone.name, all))}</figure>\n`,
    key([
      ['gain', 'H by fan-in, in nats'],
      ['exact', 'H by the exact closed form'],
    ]),
    tableBox(`The stages of ${backbone.name}`, columns, rows),
    note(
      'H is the entropy at the end of a stage; log σ relu what a measurement with random weights is predicted to give.',
    ),
  );
}

/** Where the theory of finite widths has no term, what is known of the mean. */
const predicted = ({ finiteWidth, exact }: LogStd): Markup =>
  finiteWidth === undefined ? inNats(exact.relu) : html`${inNats(finiteWidth.mean)} ± ${inNats(finiteWidth.sd, 2)}`;

/** Every cost of a design, with its exact number and what it counts. */
export const costTable = (label: string, costs: Costs, names: readonly CostName[]): Markup =>
  tableBox(
    label,
    [left('cost'), right('amount'), right('exactly'), { title: 'what it counts', align: 'words' }],
    names.map((name) => [name, cost(costs, name), exactly(costOf(costs, name)), costNamed(name)?.doc]),
  );

import { percent, shapeText } from '../../../common/numbers.ts';
import { costOf } from '../cost/budget.ts';
import { DETECTOR_COSTS, type DetectorAnalysis, type PartAnalysis } from '../detector/analyse.ts';
import { levelName } from '../detector/builder.ts';
import { deviceCosts } from '../features/device-costs.ts';
import { DEFAULT_OPTIONS, shownCost } from '../features/options.ts';
import { pictureOfDetector } from '../features/picture-detector.ts';
import type { Snapshot, SnapshotDetector } from '../features/snapshot.ts';
import { costTable } from './backbone.ts';
import { budgets } from './budgets.ts';
import { html, type Markup } from './html.ts';
import { cost, inNats, left, paragraph, part, right, section, share, tableBox } from './parts.ts';
import { pictured } from './pictures.ts';

/** Everything about one detector: costs part by part, levels, picture, budgets. */
export function detectorSection(
  id: string,
  snapshot: Snapshot,
  own: SnapshotDetector,
  analysis: DetectorAnalysis,
): Markup {
  const { detector, costs, network, backbone } = analysis;
  const { name, classes } = detector;
  const levels = network.levels.map(({ shape }) => `${levelName(shape)} ${shapeText(shape)}`).join(', ');
  const devices = deviceCosts(snapshot.design);
  return section(
    id,
    html`Detector ${name}`,
    paragraph(
      `On the backbone ${detector.backbone.name}, input ${shapeText(detector.backbone.input)}, ${classes} classes. Its heads read ${levels}. `,
      html`The backbone scores Z ${inNats(backbone.score.fanIn)} by fan-in at this input.`,
    ),
    part('Costs by part', parts(analysis, own, devices)),
    pictured(pictureOfDetector(snapshot, own, DEFAULT_OPTIONS)),
    part('Costs', costTable(`The costs of ${name}`, costs, [...DETECTOR_COSTS, 'weights', 'memory', ...devices])),
    budgets(name, costs, own.budgets),
  );
}

function parts(
  { detector, parts: all, costs }: DetectorAnalysis,
  own: SnapshotDetector,
  devices: readonly string[],
): Markup {
  const names = [...DETECTOR_COSTS, ...devices];
  const shared = shownCost(own, DEFAULT_OPTIONS);
  const row = (name: string, of: Pick<PartAnalysis, 'costs'>) => [
    name,
    ...names.map((each) => cost(of.costs, each)),
    name === 'all' ? percent(1) : share(costOf(of.costs, shared) / costOf(costs, shared)),
  ];
  return tableBox(
    `The parts of ${detector.name}`,
    [left('part'), ...names.map(right), left(`share of ${shared}`)],
    [...all.map((each) => row(each.name, each)), row('all', { costs })],
  );
}

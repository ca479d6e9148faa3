import type { CodeLens, Command } from 'vscode-languageserver-types';
import { percent, si } from '../../../common/numbers.ts';
import { scoreOf } from '../analysis/score-of.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import type { Span } from '../language/problem.ts';
import { firstWord } from '../language/span.ts';
import { costText } from './cost-text.ts';
import { deviceCosts } from './device-costs.ts';
import { type Knowledge, NOTHING_KNOWN } from './knowledge.ts';
import { measuredDetail, measuredSummary } from './measured-text.ts';
import { type FeatureOptions, shownCost } from './options.ts';
import { scoreText } from './score-text.ts';
import { scoringOf } from './scoring-of.ts';
import { scoreSays } from './scoring-says.ts';
import { type Runnable, runnables } from './search-targets.ts';
import { rangeOf, type Snapshot, type SnapshotBackbone, type SnapshotDetector } from './snapshot.ts';

/** The commands that lenses run; their names depend on the client. */
export interface LensCommands {
  readonly runSearch: string;
  /** Left out where nothing can be measured. */
  readonly measure?: MeasureCommands;
}

export interface MeasureCommands {
  readonly start: string;
  readonly cancel: string;
  /** Where a save measures by itself: so many draws of a backbone, up to so many MACs together. */
  readonly onSave?: { readonly draws: number; readonly limit: number };
}

/**
 * Over each backbone what can be done with it, its score and costs, and what was measured of it; over each search what it
 * will do. All of them come at once, so that lines never jump when a title arrives. What can be pressed stands first, where
 * no number pushes it away.
 */
export function codeLenses(
  snapshot: Snapshot,
  options: FeatureOptions,
  commands: LensCommands,
  knowledge: Knowledge = NOTHING_KNOWN,
): CodeLens[] {
  if (!options.lenses) return [];
  const targets = targetsOf(snapshot);
  const run = (target: Runnable, title: string): Command => ({
    title,
    command: commands.runSearch,
    arguments: [{ uri: snapshot.document.uri, kind: target.kind, id: target.id }],
  });
  const lens = (span: Span, command: Command): CodeLens => ({ range: rangeOf(snapshot, span), command });
  const overBackbones = snapshot.backbones.flatMap((backbone): CodeLens[] => {
    const span = firstWord(backbone.source.node);
    const target = targets.ofBackbone(backbone.source.name);
    return [
      ...(target === undefined ? [] : [run(target, 'Run search')]),
      ...measureCommand(snapshot, backbone, commands, knowledge),
      { title: summary(snapshot, backbone, options, knowledge), ...scoreTooltip(backbone, options), command: '' },
      ...measuredNumber(backbone, knowledge),
    ].map((command) => lens(span, command));
  });
  const overSearches = snapshot.design.searches.flatMap((search, index): CodeLens[] => {
    const target = targets.ofSearch(index);
    return target === undefined ? [] : [lens(firstWord(search.node), run(target, `Run search: ${target.detail}`))];
  });
  const overDetectors = snapshot.detectors.flatMap((detector): CodeLens[] => {
    const target = targets.ofDetector(detector.source.name);
    return [
      ...(target === undefined ? [] : [run(target, 'Run search')]),
      { title: detectorSummary(snapshot, detector, options, knowledge), command: '' },
    ].map((command) => lens(firstWord(detector.source.node), command));
  });
  return [...overBackbones, ...overDetectors, ...overSearches];
}

/** What can be run for a search, and for a backbone or a detector: itself, or else the first search that starts from it. */
function targetsOf(snapshot: Snapshot) {
  const targets = Map.groupBy(runnables(snapshot), ({ kind }) => kind);
  const [backbones, detectors, searches] = (['backbone', 'detector', 'search'] as const).map(
    (kind) => new Map(targets.get(kind)?.map((target) => [target.id, target])),
  );
  const first = new Map([...snapshot.design.searches.entries()].reverse().map(([at, { start }]) => [start?.name, at]));
  const ofSearch = (index: number | undefined): Runnable | undefined => searches?.get(String(index));
  return {
    ofSearch,
    ofDetector: (name: string): Runnable | undefined => detectors?.get(name) ?? ofSearch(first.get(name)),
    ofBackbone: (name: string): Runnable | undefined => backbones?.get(name) ?? ofSearch(first.get(name)),
  };
}

function measureCommand(
  snapshot: Snapshot,
  backbone: SnapshotBackbone,
  { measure }: LensCommands,
  knowledge: Knowledge,
): Command[] {
  const { source, analysis } = backbone;
  if (measure === undefined || source.backbone === undefined || analysis === undefined) return [];
  const running = knowledge.measuring(backbone);
  if (running !== undefined) {
    const title = `Measuring ${running.done}/${running.total}…`;
    return [{ title, tooltip: 'Cancel the measurement', command: measure.cancel }];
  }
  const start = { command: measure.start, arguments: [{ uri: snapshot.document.uri, backbone: source.name }] };
  const { draws, limit } = measure.onSave ?? { draws: 0, limit: 0 };
  const work = analysis.costs.macs * draws;
  if (work <= limit || knowledge.measured(backbone) !== undefined) return [{ title: 'Measure entropy', ...start }];
  const title = `Measure all the same (${si(work, 3)} macs, limit ${si(limit, 3)})`;
  const tooltip = `${draws} draws are beyond the setting mae-det.measure.limit, up to which a save measures by itself.`;
  return [{ title, tooltip, ...start }];
}

function measuredNumber(backbone: SnapshotBackbone, knowledge: Knowledge): Command[] {
  const measured = knowledge.measured(backbone);
  const title = measured === undefined ? undefined : measuredSummary(measured);
  if (measured === undefined || title === undefined) return [];
  return [{ title, tooltip: measuredDetail(measured, knowledge.now()), command: '' }];
}

/** «Z 542.3 (fan-in) · 7.75 G tinynas, 41 % of r50 · 9.64 M params · 16 layers · at 480×480» */
function summary(
  { design }: Snapshot,
  backbone: SnapshotBackbone,
  options: FeatureOptions,
  knowledge: Knowledge,
): string {
  const { analysis, fresh } = backbone;
  if (analysis === undefined) return 'No numbers yet: see the problems list';
  const { costs } = analysis;
  const cost = shownCost(backbone, options);
  const scoring = scoringOf(backbone, options);
  const { height, width } = analysis.backbone.input;
  const parts = [
    scoreText(scoring, scoreOf(analysis, scoring)),
    // Beside the score it speaks of, where a narrow editor still shows it.
    knowledge.certificate(backbone),
    `${costText(cost, costOf(costs, cost))}${shareOf(backbone, cost, costs)}`,
    ...deviceCosts(design).map((name) => `${costText(name, costOf(costs, name))}${shareOf(backbone, name, costs)}`),
    `${si(costs.params)} params${shareOf(backbone, 'params', costs)}`,
    `${costText('layers', costs.layers)}${shareOf(backbone, 'layers', costs)}`,
    `at ${height}×${width}`,
    fresh ? undefined : `as far as it can be read${leftOut(backbone)}`,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** What the score is, and which stages it weighs. */
function scoreTooltip(backbone: SnapshotBackbone, options: FeatureOptions): Pick<Command, 'tooltip'> {
  const said = scoreSays(backbone, options);
  return said === undefined ? {} : { tooltip: said };
}

function leftOut({ places }: SnapshotBackbone): string {
  const count = places.filter((place) => place === undefined).length;
  return count === 0 ? '' : `, without ${count} ${count === 1 ? 'group' : 'groups'}`;
}

function shareOf({ budgets }: Pick<SnapshotBackbone, 'budgets'>, cost: CostName, costs: Costs): string {
  const limits = budgets.flatMap((b) => b.budget.limits.map((limit) => ({ ...limit, budget: b.name })));
  const limit = limits.find((l) => l.cost === cost);
  return limit === undefined ? '' : `, ${percent(costOf(costs, cost) / limit.amount)} of ${limit.budget}`;
}

/** «239.3 G mmcv, 98 % of phone · 37.97 M params · backbone 35 % · 80 classes · at 800×1280» */
function detectorSummary(
  { design }: Snapshot,
  detector: SnapshotDetector,
  options: FeatureOptions,
  knowledge: Knowledge,
): string {
  const { analysis, fresh } = detector;
  if (analysis === undefined) return 'No numbers yet: see the problems list';
  const { costs } = analysis;
  const cost = shownCost(detector, options);
  const { height, width } = analysis.detector.backbone.input;
  const own = costOf(analysis.parts[0]?.costs ?? costs, cost) / costOf(costs, cost);
  const others = detector.budgets
    .flatMap((b) => b.budget.limits.map((limit) => limit.cost))
    .filter((name) => name !== cost && name !== 'params')
    .concat(deviceCosts(design));
  const parts = [
    knowledge.detectorCertificate(detector),
    `${costText(cost, costOf(costs, cost))}${shareOf(detector, cost, costs)}`,
    `${si(costs.params)} params${shareOf(detector, 'params', costs)}`,
    ...[...new Set(others)].map((name) => `${costText(name, costOf(costs, name))}${shareOf(detector, name, costs)}`),
    `backbone ${percent(own)}`,
    `${analysis.detector.classes} classes`,
    `at ${height}×${width}`,
    fresh ? undefined : 'as it could last be read',
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

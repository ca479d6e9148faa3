import type { CodeLens, Command } from 'vscode-languageserver-types';
import { costOf } from '../cost/budget.ts';
import type { Span } from '../language/problem.ts';
import { firstWord } from '../language/span.ts';
import { type Knowledge, NOTHING_KNOWN } from './knowledge.ts';
import { measuredSummary } from './measured-text.ts';
import { costText, percent, si } from './numbers.ts';
import { type FeatureOptions, scoreOf, shownCost } from './options.ts';
import { type Runnable, runnables } from './search-targets.ts';
import { rangeOf, type Snapshot, type SnapshotBackbone } from './snapshot.ts';

/** The commands that lenses run; their names depend on the client. */
export interface LensCommands {
  readonly runSearch: string;
  /** Left out where nothing can be measured. */
  readonly measure?: string;
}

/**
 * Over each backbone its score and costs, and over each search what it will do, with the command that runs it. All of
 * them come at once, so that lines never jump when a title arrives.
 */
export function codeLenses(
  snapshot: Snapshot,
  options: FeatureOptions,
  commands: LensCommands,
  knowledge: Knowledge = NOTHING_KNOWN,
): CodeLens[] {
  if (!options.lenses) return [];
  const targets = runnables(snapshot);
  const run = (target: Runnable, title: string): Command => ({
    title,
    command: commands.runSearch,
    arguments: [{ uri: snapshot.document.uri, kind: target.kind, id: target.id }],
  });
  const lens = (span: Span, command: Command): CodeLens => ({ range: rangeOf(snapshot, span), command });
  const overBackbones = snapshot.backbones.flatMap((backbone): CodeLens[] => {
    const span = firstWord(backbone.source.node);
    const target = targetOf(backbone, snapshot, targets);
    return [
      lens(span, { title: summary(backbone, options, knowledge), command: '' }),
      ...(target === undefined ? [] : [lens(span, run(target, 'Run search'))]),
      ...measureLens(snapshot, backbone, commands).map((command) => lens(span, command)),
    ];
  });
  const overSearches = snapshot.design.searches.flatMap((search, index): CodeLens[] => {
    const target = targets.find((t) => t.kind === 'search' && t.id === String(index));
    return target === undefined ? [] : [lens(firstWord(search.node), run(target, `Run search: ${target.detail}`))];
  });
  return [...overBackbones, ...overSearches];
}

function targetOf(backbone: SnapshotBackbone, snapshot: Snapshot, targets: readonly Runnable[]): Runnable | undefined {
  const own = targets.find((t) => t.kind === 'backbone' && t.id === backbone.source.name);
  if (own !== undefined) return own;
  const index = snapshot.design.searches.findIndex((s) => s.start?.name === backbone.source.name);
  return targets.find((t) => t.kind === 'search' && t.id === String(index));
}

function measureLens(snapshot: Snapshot, { source }: SnapshotBackbone, { measure }: LensCommands): Command[] {
  if (measure === undefined || source.backbone === undefined) return [];
  return [
    { title: 'Measure entropy', command: measure, arguments: [{ uri: snapshot.document.uri, backbone: source.name }] },
  ];
}

/** «Z 542.3 (fan-in) · 7.75 G tinynas, 41 % of r50 · 9.64 M params · 16 layers · at 480×480» */
function summary(backbone: SnapshotBackbone, options: FeatureOptions, knowledge: Knowledge): string {
  const { analysis, source, fresh } = backbone;
  if (analysis === undefined) return 'No numbers yet: see the problems list';
  const { costs } = analysis;
  const cost = shownCost(backbone, options);
  const { height, width } = analysis.backbone.input;
  const measured = knowledge.measured(backbone);
  const parts = [
    `Z ${scoreOf(analysis, options).toFixed(1)} (${options.estimator})`,
    `${costText(cost, costs[cost])}${shareOf(backbone, cost)}`,
    `${si(costs.params.total)} params${shareOf(backbone, 'params')}`,
    `${costText('layers', costs.layers)}${shareOf(backbone, 'layers')}`,
    `at ${height}×${width}`,
    knowledge.certificate(backbone),
    measured === undefined ? undefined : measuredSummary(measured),
    fresh || source.backbone !== undefined ? undefined : 'last good numbers',
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

function shareOf({ analysis, budgets }: SnapshotBackbone, cost: Parameters<typeof costOf>[1]): string {
  const limits = budgets.flatMap((b) => b.budget.limits.map((limit) => ({ ...limit, budget: b.name })));
  const limit = limits.find((l) => l.cost === cost);
  if (limit === undefined || analysis === undefined) return '';
  return `, ${percent(costOf(analysis.costs, cost) / limit.amount)} of ${limit.budget}`;
}

import { scoreOf } from '../analysis/score-of.ts';
import { costOf } from '../cost/budget.ts';
import { addCosts, type Costs, sectionCosts } from '../cost/cost.ts';
import type { DetectorAnalysis } from '../detector/analyse.ts';
import { type Level, levelName } from '../detector/builder.ts';
import type { LoweredPart, LoweredSection } from '../detector/lower.ts';
import { partSources } from '../language/detector-source.ts';
import { spanOf } from '../language/span.ts';
import { deviceCosts } from './device-costs.ts';
import { entropyKey, type FeatureOptions, shownCost } from './options.ts';
import {
  drawnDevices,
  drawnGroup,
  linesOf,
  type PictureBackbone,
  type PictureGroup,
  timesOf,
} from './picture-backbone.ts';
import { scoreText } from './score-text.ts';
import { scoringIn } from './scoring-of.ts';
import { type Snapshot, type SnapshotDetector, shownGroups } from './snapshot.ts';

/**
 * A detector as a graph to draw: the groups of its backbone, a node for each level that the neck hands on, with all that the
 * neck does for it, and one for each head. Undefined while it has no numbers of the text as it stands: its lines are not known.
 */
export function pictureOfDetector(
  snapshot: Snapshot,
  detector: SnapshotDetector,
  options: FeatureOptions,
): PictureBackbone | undefined {
  const { analysis, source, backbone, fresh } = detector;
  if (analysis === undefined || backbone === undefined || !fresh || !backbone.fresh) return undefined;
  const costName = shownCost(detector, options);
  const scoring = scoringIn(detector, backbone, options);
  const score = scoreOf(analysis.backbone, scoring);
  const cost = costOf(analysis.costs, costName);
  const devices = deviceCosts(snapshot.design);
  const own = groupsOf(snapshot, detector, analysis, options);
  return {
    name: source.name,
    ...linesOf(snapshot, spanOf(source.node)),
    input: analysis.detector.backbone.input,
    fresh,
    score,
    scoreText: scoreText(scoring, score),
    estimator: options.estimator,
    costName,
    cost,
    ...drawnDevices(analysis.costs, devices),
    branches: true,
    stages: [],
    groups: own.map((node) => {
      const share = costOf(node.costs, costName);
      const { costs, ...group } = node;
      return { ...group, cost: share, costShare: cost === 0 ? 0 : share / cost, ...timesOf(costs, devices) };
    }),
  };
}

type DrawnNode = Omit<PictureGroup, 'cost' | 'costShare'> & { readonly costs: Costs };

function groupsOf(
  snapshot: Snapshot,
  { source, backbone }: SnapshotDetector,
  { backbone: numbers, network }: DetectorAnalysis,
  options: FeatureOptions,
): DrawnNode[] {
  const key = entropyKey(options);
  const spans = backbone === undefined ? [] : shownGroups(backbone).map((group) => group.source.span);
  const groups = numbers.groups.map((group, i): DrawnNode => {
    const lines = linesOf(snapshot, spans[i] ?? spanOf(source.node));
    return { ...drawnGroup(group, key, lines), costs: group.costs };
  });
  const lines = partSources(source).map(({ span }) => linesOf(snapshot, span));
  const levels = network.parts.flatMap((part, i) =>
    part.role === 'neck' ? levelNodes(part, network, lines[i] ?? { from: 0, to: 0 }) : [],
  );
  /** Where each level stands among what is drawn; without a neck the backbone's own groups hand it on. */
  const levelAt = network.levels.map(({ section }, i) => (levels.length === 0 ? section : groups.length + i));
  const heads = network.parts.flatMap((part, i) =>
    part.role === 'head' ? [headNode(part, network, levelAt, lines[i] ?? { from: 0, to: 0 })] : [],
  );
  return [...groups, ...levels, ...heads];
}

const nodeOf = (part: LoweredPart, place: string, costs: Costs, { shape }: Pick<Level, 'shape'>) => ({
  stage: -1,
  place,
  block: part.part.kind,
  kernel: 0,
  depth: 1,
  channels: shape.channels,
  btn: 0,
  height: shape.height,
  width: shape.width,
  part: part.role,
  costs,
});

type Lines = ReturnType<typeof linesOf>;

/** One node for each level with whatever the neck does for it: what is named after it, such as «P4 lateral». */
function levelNodes(
  part: LoweredPart,
  { levels, backbone: { groups }, image }: DetectorAnalysis['network'],
  lines: Lines,
): DrawnNode[] {
  if (part.sections.length === 0) return [];
  const nameOf = ({ place }: LoweredSection): string => place.split(' ', 1)[0] ?? '';
  const names = levels.map(({ shape }) => levelName(shape));
  const nodeAt = (section: number): number => {
    const own = part.sections[section - groups.length];
    return own === undefined ? section : groups.length + names.indexOf(nameOf(own));
  };
  return levels.map((level, i): DrawnNode => {
    const own = part.sections.filter((section) => nameOf(section) === names[i]);
    const reads = own.flatMap((section) => section.reads).map(nodeAt);
    const costs = addCosts(own.map((section) => sectionCosts(section, image)));
    const others = [...new Set(reads)].filter((read) => read !== groups.length + i);
    return { ...nodeOf(part, names[i] ?? '', costs, level), ...lines, reads: others };
  });
}

/** A head reads all levels. */
function headNode(
  part: LoweredPart,
  { levels, image }: DetectorAnalysis['network'],
  reads: readonly number[],
  lines: Lines,
): DrawnNode {
  const costs = addCosts(part.sections.map((section) => sectionCosts(section, image)));
  const shape = part.sections[0]?.to ?? levels[0]?.shape ?? image;
  return { ...nodeOf(part, part.part.kind, costs, { shape }), ...lines, reads };
}

import { percent } from '../../../common/numbers.ts';
import { analyse } from '../analysis/analyse.ts';
import { sameBackbone } from '../backbone/backbone.ts';
import { costOf, exceeded } from '../cost/budget.ts';
import { analyseDetector, type DetectorAnalysis } from '../detector/analyse.ts';
import { partFaults } from '../detector/check.ts';
import type { Detector, Part } from '../detector/detector.ts';
import { partOf } from '../detector/parts.ts';
import { repeatsOf } from '../graph/graph.ts';
import type { PartCursor } from '../language/cursor-detector.ts';
import { backboneAtInput } from '../language/detector-model.ts';
import type { PartSource } from '../language/detector-source.ts';
import { rangeOf } from '../language/read-part-arguments.ts';
import { costChange } from './cost-text.ts';
import { type FeatureOptions, toldCosts } from './options.ts';
import type { SnapshotDetector } from './snapshot.ts';

/** What a value of a neck or head would change. */
export interface PartEffect {
  /** «−12.1 G mmcv», and by how much it breaks a budget; undefined where nothing changes. */
  readonly text: string | undefined;
}

/** A part as a proposal would leave it behind. */
export type Changed = Partial<Pick<Part, 'values' | 'from'>>;

/** Each value that is tried builds necks and heads anew: in larger detectors none is. No published one has a third of these nodes. */
const MOST_NODES = 1_000;

/** Tries values of the part that is typed; undefined where it has no numbers yet. What cannot be there has no effect. */
export function partEffects(
  detector: SnapshotDetector,
  { role, part: kind }: PartCursor,
  options: FeatureOptions,
): ((changed: Changed) => PartEffect | undefined) | undefined {
  const base = likelyAnalysis(detector);
  if (base === undefined || nodesOf(base) > MOST_NODES) return undefined;
  const { neck, heads } = base.detector;
  // A detector has one head of a kind.
  const own = role === 'neck' ? neck : heads.find((head) => head.kind === kind);
  if (own === undefined || own.kind !== kind) return undefined;
  return ({ values, from }) => {
    const part: Part = { ...own, values: { ...own.values, ...values }, ...(from === undefined ? {} : { from }) };
    const others = role === 'neck' ? { neck: part } : { heads: heads.map((head) => (head === own ? part : head)) };
    const after = analysisOf({ ...base.detector, ...others }, base);
    if (after === undefined) return undefined;
    const broken = detector.budgets.flatMap(({ name, budget }) =>
      exceeded(after.costs, budget).map((excess) => ({ name, ...excess })),
    );
    const [worst] = broken.sort((a, b) => b.over - a.over);
    const over = worst === undefined ? '' : `, ${percent(worst.over)} over ${worst.name} ${worst.limit.cost}`;
    const text =
      isAlike(part, own) && readsAlike(after, base)
        ? undefined
        : `${toldCosts(detector, options)
            .map((name) => costChange(name, costOf(after.costs, name) - costOf(base.costs, name)))
            .join(', ')}${over}`;
    return { text };
  };
}

/** Of necks and heads, with the groups that they stand behind. */
const nodesOf = ({ network: { backbone, parts } }: DetectorAnalysis): number =>
  parts
    .flatMap(({ sections }) => sections.flatMap(repeatsOf))
    .reduce((sum, { cell }) => sum + cell.nodes.length, backbone.groups.length);

const isAlike = (a: Part, b: Part): boolean =>
  Object.entries(a.values).every(([name, value]) => b.values[name] === value);

/** Whether both read the same outputs of the backbone, written or not. */
const readsAlike = (a: DetectorAnalysis, b: DetectorAnalysis): boolean => {
  const sections = ({ network }: DetectorAnalysis): string => `${network.read.map((level) => level.section)}`;
  return sections(a) === sections(b);
};

/** Its numbers; while the text is broken those of what can be read of it, or the last ones that it had. */
function likelyAnalysis(detector: SnapshotDetector): DetectorAnalysis | undefined {
  const { source, backbone, analysis, fresh } = detector;
  const known = backbone?.analysis;
  if (fresh || known === undefined) return analysis;
  const at = backboneAtInput(known.backbone, source, undefined);
  const own = [known, ...(analysis === undefined ? [] : [analysis.backbone])].find(({ backbone: other }) =>
    sameBackbone(other, at),
  );
  const parts = (sources: readonly PartSource[]): Part[] =>
    sources.flatMap(({ definition, values, from }) =>
      definition === undefined ? [] : partOf(definition, values, from && rangeOf(from)),
    );
  const behind = own ?? analyse(at, known);
  const [neck] = parts(source.neck === undefined ? [] : [source.neck]);
  const { name, classes } = source;
  const likely: Detector = { name, backbone: behind.backbone, classes, neck, heads: parts(source.heads) };
  return analysisOf(likely, { backbone: behind }) ?? analysis;
}

/** Numbers of a detector on a known backbone; undefined for one that cannot be. */
function analysisOf(
  detector: Detector,
  { backbone }: Pick<DetectorAnalysis, 'backbone'>,
): DetectorAnalysis | undefined {
  return partFaults(detector, backbone.network).length > 0 ? undefined : analyseDetector(detector, backbone);
}

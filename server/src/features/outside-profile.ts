import { counted } from '../../../common/numbers.ts';
import type { CostName } from '../cost/budget.ts';
import { costNamed } from '../cost/registry.ts';
import { repeatsOf, type Section } from '../graph/graph.ts';
import type { Design } from '../language/design.ts';
import type { Problem, Span } from '../language/problem.ts';
import type { Beyond, DeviceModel } from '../latency/device-model.ts';
import { deviceModel } from '../latency/latency-cost.ts';
import { isProductSum, type Operation } from '../latency/operation.ts';
import { partSpan } from './detector-problems.ts';
import { deviceCosts } from './device-costs.ts';
import { type SnapshotBackbone, type SnapshotDetector, shownGroups } from './snapshot.ts';

/** Where shapes lie beyond what a device's profile has: their times are extrapolated, and whoever reads them should know. */

/** Sections that did not change are the very same objects: what is known of one stays known. */
const known = new WeakMap<Section, Map<DeviceModel, readonly Beyond[]>>();

/**
 * The operators of a section whose time on a device is extrapolated; none for a cost that is no time. What has no product sum is
 * a small share of any network, and nobody is told of it.
 */
export function sectionOutside(section: Section, cost: CostName): readonly Beyond[] {
  const model = deviceModel(cost);
  if (model === undefined) return [];
  const own = known.get(section) ?? new Map<DeviceModel, readonly Beyond[]>();
  known.set(section, own);
  const before = own.get(model);
  if (before !== undefined) return before;
  const found = repeatsOf(section).flatMap(({ cell }) =>
    cell.nodes.flatMap((node) => {
      const beyond = model.beyond({ node, cell, image: node.shape });
      return beyond !== undefined && isProductSum(beyond.operation) ? [beyond] : [];
    }),
  );
  const unique = [...new Map(found.map((beyond) => [JSON.stringify(beyond), beyond])).values()];
  own.set(model, unique);
  return unique;
}

/** One note for each line of a text, and each device, of which something is extrapolated. */
export function outsideProblems(
  design: Design,
  backbones: readonly SnapshotBackbone[],
  detectors: readonly SnapshotDetector[],
): Problem[] {
  const devices = deviceCosts(design);
  if (devices.length === 0) return [];
  const lines = [...backbones.flatMap(groupLines), ...detectors.flatMap(partLines)];
  return devices.flatMap((cost) =>
    lines.flatMap(({ span, sections }) => {
      const [first, ...others] = sections.flatMap((section) => sectionOutside(section, cost));
      if (first === undefined) return [];
      const device = costNamed(cost)?.device ?? cost;
      const also = others.length === 0 ? '' : `, as ${counted(others.length, 'other operator')} here`;
      const message = `Outside the profile of ${device}: ${beyondText(first)}. Its time is extrapolated${also}.`;
      return [{ code: 'outside-profile', severity: 'information', message, span } as const];
    }),
  );
}

interface Line {
  readonly span: Span;
  readonly sections: readonly Section[];
}

const groupLines = (backbone: SnapshotBackbone): Line[] =>
  backbone.fresh
    ? shownGroups(backbone).map(({ source, analysis }) => ({ span: source.span, sections: [analysis.lowered] }))
    : [];

const partLines = (detector: SnapshotDetector): Line[] =>
  detector.analysis === undefined || !detector.fresh
    ? []
    : detector.analysis.network.parts.map(({ sections }, i) => ({ span: partSpan(detector, i + 1), sections }));

/** «1×1 conv 64→2048 at 15×15 has 2048 channels written, of 16 to 1024», or that nothing like it was timed */
function beyondText({ operation, size }: Beyond): string {
  const what = `${operationText(operation)} at ${operation.height}×${operation.width}`;
  if (size === undefined) return `${what} is of a kind that was not timed`;
  return `${what} has ${size.value} ${size.of}, and the profile ${size.least} to ${size.most}`;
}

/** «3×3 conv 64→64», «depthwise 5×5 conv 96→96, stride 2», «sigmoid 64→64» */
function operationText({ op, kernel, stride, grouping, groups, in: read, out }: Operation): string {
  const kind = grouping === 'each' && op === 'conv' ? 'depthwise ' : '';
  const window = kernel > 1 || op === 'conv' ? `${kernel}×${kernel} ` : '';
  const several = grouping === 'several' ? ` in ${groups} groups` : '';
  const step = stride > 1 ? `, stride ${stride}` : '';
  return `${kind}${window}${op} ${read}→${out}${several}${step}`;
}

import { counted } from '../../../common/numbers.ts';
import type { CostName } from '../cost/budget.ts';
import { costNamed } from '../cost/registry.ts';
import type { Section } from '../graph/graph.ts';
import type { Design } from '../language/design.ts';
import type { Problem, Span } from '../language/problem.ts';
import { deviceModel } from '../latency/latency-cost.ts';
import { beyondText, sectionOutside } from '../latency/outside.ts';
import { partSpan } from './detector-problems.ts';
import { deviceCosts } from './device-costs.ts';
import { type SnapshotBackbone, type SnapshotDetector, shownGroups } from './snapshot.ts';

/** Where shapes lie beyond what a device's profile has: their times are extrapolated, and whoever reads them should know. */

/** One note for each line of a text, and each device, of which something is extrapolated. */
export function outsideProblems(
  design: Design,
  backbones: readonly SnapshotBackbone[],
  detectors: readonly SnapshotDetector[],
): Problem[] {
  const devices = deviceCosts(design);
  if (devices.length === 0) return [];
  const lines = [...backbones.flatMap(groupLines), ...detectors.flatMap(partLines)];
  return devices.flatMap((cost) => {
    const model = deviceModel(cost);
    return lines.flatMap(({ span, sections }) => {
      const [first, ...others] = sections.flatMap((section) =>
        model === undefined ? [] : sectionOutside(section, model),
      );
      if (first === undefined) return [];
      const device = costNamed(cost)?.device ?? cost;
      const also = others.length === 0 ? '' : `, as ${counted(others.length, 'other operator')} here`;
      const message = `Outside the profile of ${device}: ${beyondText(first)}. Its time is extrapolated${also}.`;
      return [{ code: 'outside-profile', severity: 'information', message, span } as const];
    });
  });
}

/** Whether a cost of a section is a time of which something is extrapolated. */
export function isExtrapolated(section: Section, cost: CostName): boolean {
  const model = deviceModel(cost);
  return model !== undefined && sectionOutside(section, model).length > 0;
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

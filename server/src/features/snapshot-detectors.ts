import { analyseDetector } from '../detector/analyse.ts';
import { byName } from '../language/by-name.ts';
import type { Design } from '../language/design.ts';
import type { DetectorSource } from '../language/detector-source.ts';
import { backboneOf, budgetsForDetector, searchesForDetector } from '../language/resolve.ts';
import type { SnapshotBackbone, SnapshotDetector } from './snapshot.ts';
import { spaceFor } from './space-of.ts';

const named = byName<SnapshotDetector>(({ source }) => source.name);

/** The detectors of a text with their numbers; what did not change since the previous version is not analysed again. */
export const detectorsOf = (
  design: Design,
  backbones: readonly SnapshotBackbone[],
  previous: readonly SnapshotDetector[],
): SnapshotDetector[] =>
  design.detectors.map((source): SnapshotDetector => {
    const own = backboneOf(source, design);
    const backbone = backbones.find((other) => other.source === own);
    const searches = searchesForDetector(source, design);
    const budgets = budgetsForDetector(source, design);
    const space = spaceFor(searches, design) ?? backbone?.space;
    return {
      source,
      backbone,
      budgets,
      searches,
      space,
      ...analysed(source, backbone, named(previous, source.name)[0]),
    };
  });

/** While the text is broken, the last good numbers. */
function analysed(
  { detector }: DetectorSource,
  backbone: SnapshotBackbone | undefined,
  before: SnapshotDetector | undefined,
): Pick<SnapshotDetector, 'analysis' | 'fresh'> {
  if (detector === undefined) return { analysis: before?.analysis, fresh: false };
  return { analysis: analyseDetector(detector, backbone?.analysis, before?.analysis), fresh: true };
}

import type { BackboneAnalysis } from '../analysis/analyse.ts';
import type { DetectorAnalysis } from '../detector/analyse.ts';
import type { Snapshot, SnapshotBackbone, SnapshotDetector } from '../features/snapshot.ts';
import type { Problem } from '../language/problem.ts';

/** A file that is reported. */
export interface ReportedFile {
  /** As it was named. */
  readonly path: string;
  readonly snapshot: Snapshot;
  /** In the order of the text. */
  readonly problems: readonly Problem[];
  /** What the budget of each search is worth before anything is searched, a sentence each. */
  readonly worth: readonly string[];
}

interface OfFile {
  /** Unique in a page. */
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly snapshot: Snapshot;
}

/** One design of a file, with its numbers. */
export type Design = OfFile &
  (
    | { readonly kind: 'backbone'; readonly own: SnapshotBackbone; readonly analysis: BackboneAnalysis }
    | { readonly kind: 'detector'; readonly own: SnapshotDetector; readonly analysis: DetectorAnalysis }
  );

/** The designs of a file that can be read as they stand, backbones first; no number is told of the others. */
export function designsOf({ path, snapshot }: ReportedFile, file: number): Design[] {
  const of = (kind: string, index: number, name: string): OfFile => ({
    id: `file${file + 1}-${kind}${index + 1}`,
    name,
    path,
    snapshot,
  });
  return [
    ...snapshot.backbones.flatMap((own, i): Design[] => {
      const { analysis, fresh, source } = own;
      if (analysis === undefined || !fresh) return [];
      return [{ ...of('backbone', i, source.name), kind: 'backbone', own, analysis }];
    }),
    ...snapshot.detectors.flatMap((own, i): Design[] => {
      const { analysis, fresh, source } = own;
      if (analysis === undefined || !fresh) return [];
      return [{ ...of('detector', i, source.name), kind: 'detector', own, analysis }];
    }),
  ];
}

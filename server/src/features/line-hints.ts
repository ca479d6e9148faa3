import type { GroupAnalysis } from '../analysis/analyse.ts';
import type { Span } from '../language/problem.ts';
import { nameSpan } from '../language/read-backbone.ts';
import { spanOf } from '../language/span.ts';
import { partHints, wholeHint } from './detector-hints.ts';
import { type HintCell, hintWriter } from './hint-text.ts';
import { type Knowledge, NOTHING_KNOWN } from './knowledge.ts';
import { type LimitHint, limitHints } from './limit-worth.ts';
import type { FeatureOptions } from './options.ts';
import { bestNextText } from './sensitivity.ts';
import { type Snapshot, type SnapshotBackbone, type SnapshotDetector, shownGroups } from './snapshot.ts';

export type { HintCell } from './hint-text.ts';

/** What stands behind the end of a line, for a client that draws it itself. */
export interface LineHint {
  readonly line: number;
  readonly cells: readonly HintCell[];
  /** Hints with the same number stand in the same columns; one without stands by itself. */
  readonly columns?: number;
  /** Says the units of its columns, where there is no room for them in each line. */
  readonly isTitle?: true;
}

/** The hints of all lines of a text, a line once. While the text is broken, the last good numbers. */
export function lineHints(
  snapshot: Snapshot,
  options: FeatureOptions,
  knowledge: Knowledge = NOTHING_KNOWN,
): LineHint[] {
  const first = snapshot.backbones.length;
  const rows = [
    ...backboneHints(snapshot, options),
    ...snapshot.detectors.flatMap((detector, index) => detectorHints(snapshot, detector, options, first + index)),
  ];
  const taken = new Set(rows.map(({ line }) => line));
  return [...rows, ...budgetHints(snapshot, options, knowledge).filter(({ line }) => !taken.has(line))];
}

/** Behind each line of a budget what its limits are worth, where a search found that; of several on a line each with its cost. */
function budgetHints(snapshot: Snapshot, options: FeatureOptions, knowledge: Knowledge): LineHint[] {
  if (options.hints.length === 0) return [];
  const lineOf = ({ node }: LimitHint): number => snapshot.document.positionAt(spanOf(node).end).line;
  return [...Map.groupBy(limitHints(snapshot, knowledge), lineOf)].map(([line, hints]): LineHint => {
    const value = hints.map(({ cost, text }) => (hints.length > 1 ? `${cost} ${text}` : text)).join(' · ');
    return { line, cells: [{ value, unit: '' }] };
  });
}

function backboneHints(snapshot: Snapshot, options: FeatureOptions): LineHint[] {
  return snapshot.backbones.flatMap((backbone, columns): LineHint[] => {
    const cellsOf = hintWriter(backbone, options);
    const rows = [...groupsByLine(snapshot, backbone)].flatMap(([line, groups]): LineHint[] => {
      const cells = cellsOf(groups);
      return cells.every(({ value }) => value === '') ? [] : [{ line, cells, columns }];
    });
    const line = snapshot.document.positionAt(nameSpan(backbone.source.node).end).line;
    return rows.some((row) => row.line === line) ? rows : [...openingHint(line, backbone, options, columns), ...rows];
  });
}

/** On the line that opens a backbone: the change that pays most, if it is wanted, or the units of the numbers below. */
function openingHint(line: number, backbone: SnapshotBackbone, options: FeatureOptions, columns: number): LineHint[] {
  const best = options.bestNext ? bestNextText(backbone, options) : undefined;
  if (best !== undefined) return [{ line, cells: [{ value: best, unit: '' }] }];
  return backbone.analysis === undefined
    ? []
    : [{ line, cells: hintWriter(backbone, options)([]), columns, isTitle: true }];
}

/** The parts of a detector, each on its line, and the whole on the first; where they share that line, the whole alone. */
function detectorHints(
  snapshot: Snapshot,
  detector: SnapshotDetector,
  options: FeatureOptions,
  columns: number,
): LineHint[] {
  const lineOf = (span: Span): number => snapshot.document.positionAt(span.end).line;
  const whole = wholeHint(detector, options);
  const opening = whole === undefined ? [] : [{ line: lineOf(whole.span), cells: whole.cells }];
  const taken = new Set(opening.map(({ line }) => line));
  const rows = partHints(detector, options).flatMap(({ span, cells }): LineHint[] => {
    const line = lineOf(span);
    if (taken.has(line) || cells.every(({ value }) => value === '')) return [];
    taken.add(line);
    return [{ line, cells, columns }];
  });
  return [...opening, ...rows];
}

function groupsByLine(snapshot: Snapshot, backbone: SnapshotBackbone): Map<number, GroupAnalysis[]> {
  const lines = new Map<number, GroupAnalysis[]>();
  for (const { source, analysis } of shownGroups(backbone)) {
    const { line } = snapshot.document.positionAt(source.span.end);
    const known = lines.get(line);
    if (known === undefined) lines.set(line, [analysis]);
    else known.push(analysis);
  }
  return lines;
}

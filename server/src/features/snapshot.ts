import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position, Range } from 'vscode-languageserver-types';
import { analyse, type BackboneAnalysis, type GroupAnalysis } from '../analysis/analyse.ts';
import { sameBackbone } from '../backbone/backbone.ts';
import { budgetsFor, type Design, readDesign } from '../language/design.ts';
import type { Problem, Span } from '../language/problem.ts';
import type { BackboneSource } from '../language/read-backbone.ts';
import type { BudgetSource } from '../language/read-budget.ts';
import type { GroupSource } from '../language/read-group.ts';
import { budgetProblems } from './budget-problems.ts';
import { depthProblems } from './depth-problems.ts';
import { spaceProblems } from './space-problems.ts';

/** A backbone of the text with its numbers. */
export interface SnapshotBackbone {
  readonly source: BackboneSource;
  readonly budgets: readonly BudgetSource[];
  /** The numbers of the text, or while it is broken those of the last text that could be read. */
  readonly analysis: BackboneAnalysis | undefined;
  /** Whether the numbers are those of the text as it stands. */
  readonly fresh: boolean;
  /** The last text of it that could be read, which `analysis` belongs to, so that a line finds its last good numbers. */
  readonly readable: BackboneSource | undefined;
}

/** One version of one document with everything that features read. Immutable. */
export interface Snapshot {
  readonly document: TextDocument;
  readonly design: Design;
  readonly backbones: readonly SnapshotBackbone[];
  readonly problems: readonly Problem[];
}

/** Reads a document. The previous snapshot lends its numbers: what did not change is not analysed again. */
export function takeSnapshot(live: TextDocument, previous?: Snapshot): Snapshot {
  // An editor's document changes in place; a snapshot must not.
  const document = TextDocument.create(live.uri, live.languageId, live.version, live.getText());
  const design = readDesign(document.getText(), previous?.design);
  const backbones = design.backbones.map((source): SnapshotBackbone => {
    const before = previous?.backbones.find((b) => b.source.name === source.name);
    const budgets = budgetsFor(source, design);
    if (source.backbone === undefined) {
      return { source, budgets, analysis: before?.analysis, fresh: false, readable: before?.readable };
    }
    const known = before?.analysis !== undefined && sameBackbone(before.analysis.backbone, source.backbone);
    const analysis = known ? before.analysis : analyse(source.backbone, before?.analysis);
    return { source, budgets, analysis, fresh: true, readable: source };
  });
  const overBudget = backbones.flatMap(({ source, analysis, fresh, budgets }) =>
    analysis !== undefined && fresh ? budgets.flatMap((budget) => budgetProblems(source, analysis, budget)) : [],
  );
  const ofSearches = [...spaceProblems(design), ...depthProblems(design, backbones)];
  return { document, design, backbones, problems: [...design.problems, ...overBudget, ...ofSearches] };
}

/** A snapshot of a text that is open nowhere: the command line and tests. */
export const snapshotOf = (text: string, uri = 'file:///design.mae'): Snapshot =>
  takeSnapshot(TextDocument.create(uri, 'mae', 1, text));

export function rangeOf(snapshot: Snapshot, span: Span): Range {
  return { start: snapshot.document.positionAt(span.start), end: snapshot.document.positionAt(span.end) };
}

export const offsetAt = (snapshot: Snapshot, position: Position): number => snapshot.document.offsetAt(position);

/** «C3 0»: the group's stage as the text names it, and its place there. */
function groupKeys(source: BackboneSource): string[] {
  const counts = new Map<string, number>();
  return source.groups.map(({ statement }) => {
    const stage = statement.$type === 'Stage' ? (statement.name ?? '') : 'stem';
    const place = counts.get(stage) ?? 0;
    counts.set(stage, place + 1);
    return `${stage} ${place}`;
  });
}

/** The groups of the text with their numbers; while the text is broken, with the last good ones of the same place. */
export function shownGroups(backbone: SnapshotBackbone): { source: GroupSource; analysis: GroupAnalysis }[] {
  const { source, analysis, readable } = backbone;
  if (analysis === undefined || readable === undefined) return [];
  const fresh = readable === source;
  const known = new Map(fresh ? [] : groupKeys(readable).map((key, index) => [key, index]));
  const keys = fresh ? [] : groupKeys(source);
  return source.groups.flatMap((group, index) => {
    const found = analysis.groups[fresh ? index : (known.get(keys[index] ?? '') ?? -1)];
    return found === undefined ? [] : [{ source: group, analysis: found }];
  });
}

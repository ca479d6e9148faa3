import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position, Range } from 'vscode-languageserver-types';
import { analyse, type BackboneAnalysis } from '../analysis/analyse.ts';
import type { Backbone } from '../backbone/backbone.ts';
import { budgetsFor, type Design, readDesign } from '../language/design.ts';
import type { Problem, Span } from '../language/problem.ts';
import type { BackboneSource } from '../language/read-backbone.ts';
import type { BudgetSource } from '../language/read-budget.ts';
import { budgetProblems } from './budget-problems.ts';

/** A backbone of the text with its numbers. */
export interface SnapshotBackbone {
  readonly source: BackboneSource;
  readonly budgets: readonly BudgetSource[];
  /** The numbers of the text, or while it is broken those of the last text that could be read. */
  readonly analysis: BackboneAnalysis | undefined;
  /** Whether the numbers are those of the text as it stands. */
  readonly fresh: boolean;
}

/** One version of one document with everything that features read. Immutable. */
export interface Snapshot {
  readonly document: TextDocument;
  readonly design: Design;
  readonly backbones: readonly SnapshotBackbone[];
  readonly problems: readonly Problem[];
}

/** Reads a document. The previous snapshot lends its numbers: unchanged backbones are not analysed again. */
export function takeSnapshot(document: TextDocument, previous?: Snapshot): Snapshot {
  const design = readDesign(document.getText());
  const backbones = design.backbones.map((source): SnapshotBackbone => {
    const before = previous?.backbones.find((b) => b.source.name === source.name);
    const budgets = budgetsFor(source, design);
    if (source.backbone === undefined) return { source, budgets, analysis: before?.analysis, fresh: false };
    const known = before?.analysis !== undefined && same(before.analysis.backbone, source.backbone);
    return { source, budgets, analysis: known ? before.analysis : analyse(source.backbone), fresh: true };
  });
  const overBudget = backbones.flatMap(({ source, analysis, fresh, budgets }) =>
    analysis !== undefined && fresh ? budgets.flatMap((budget) => budgetProblems(source, analysis, budget)) : [],
  );
  return { document, design, backbones, problems: [...design.problems, ...overBudget] };
}

/** A snapshot of a text that is open nowhere: the command line and tests. */
export const snapshotOf = (text: string, uri = 'file:///design.mae'): Snapshot =>
  takeSnapshot(TextDocument.create(uri, 'mae', 1, text));

const same = (a: Backbone, b: Backbone): boolean => JSON.stringify(a) === JSON.stringify(b);

export function rangeOf(snapshot: Snapshot, span: Span): Range {
  return { start: snapshot.document.positionAt(span.start), end: snapshot.document.positionAt(span.end) };
}

export const offsetAt = (snapshot: Snapshot, position: Position): number => snapshot.document.offsetAt(position);

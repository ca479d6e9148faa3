import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position, Range } from 'vscode-languageserver-types';
import { analyse, type BackboneAnalysis, type GroupAnalysis, isCurrent } from '../analysis/analyse.ts';
import { type Backbone, sameBackbone } from '../backbone/backbone.ts';
import type { DetectorAnalysis } from '../detector/analyse.ts';
import { byName } from '../language/by-name.ts';
import { type Design, readDesign } from '../language/design.ts';
import type { DetectorSource } from '../language/detector-source.ts';
import { type LastGood, likelyBackbone } from '../language/likely.ts';
import { type Problem, type Span, shownProblems } from '../language/problem.ts';
import type { BackboneSource } from '../language/read-backbone.ts';
import type { BudgetSource } from '../language/read-budget.ts';
import type { GroupSource } from '../language/read-group.ts';
import type { SearchSource } from '../language/read-search.ts';
import { budgetsFor, searchesFor } from '../language/resolve.ts';
import { NO_PROFILES, type Profiles } from '../latency/profiles.ts';
import type { Space } from '../space/space.ts';
import { budgetProblems } from './budget-problems.ts';
import { depthProblems } from './depth-problems.ts';
import { detectorProblems } from './detector-problems.ts';
import { evidenceProblems } from './evidence-problems.ts';
import { outsideProblems } from './outside-profile.ts';
import { scoreProblems } from './score-problems.ts';
import { detectorsOf } from './snapshot-detectors.ts';
import { spaceFor } from './space-of.ts';
import { spaceProblems } from './space-problems.ts';

/** A backbone of the text with its numbers. */
export interface SnapshotBackbone {
  readonly source: BackboneSource;
  readonly budgets: readonly BudgetSource[];
  /** The searches that start from it, in the order of the file; see scoring-of.ts. */
  readonly searches: readonly SearchSource[];
  /** In which the editor changes it; see space-of.ts. */
  readonly space: Space | undefined;
  /** The numbers of the text; while it is broken, of what can be read of it. */
  readonly analysis: BackboneAnalysis | undefined;
  /** Whether the numbers are those of the text as it stands. */
  readonly fresh: boolean;
  /** The last text of it that could be read: it lends what cannot be read now. */
  readonly last: LastGood | undefined;
  /** Where the numbers of each group of the text are in `analysis`; undefined where it has none. */
  readonly places: readonly (number | undefined)[];
}

/** A detector of the text with its numbers. */
export interface SnapshotDetector {
  readonly source: DetectorSource;
  /** What it is built on. */
  readonly backbone: SnapshotBackbone | undefined;
  /** What the whole of it is held to. */
  readonly budgets: readonly BudgetSource[];
  /** The searches that start from it, in the order of the file. */
  readonly searches: readonly SearchSource[];
  /** In which the editor changes its backbone to hold its budgets. */
  readonly space: Space | undefined;
  /** The numbers of the text; while it is broken, of the last text that could be read. */
  readonly analysis: DetectorAnalysis | undefined;
  /** Whether the numbers are those of the text as it stands. */
  readonly fresh: boolean;
}

/** One version of one document with everything that features read. Immutable. */
export interface Snapshot {
  readonly document: TextDocument;
  readonly design: Design;
  readonly backbones: readonly SnapshotBackbone[];
  readonly detectors: readonly SnapshotDetector[];
  readonly problems: readonly Problem[];
  /** The devices that its text may name. */
  readonly profiles: Profiles;
}

const backbonesOf = byName<SnapshotBackbone>(({ source }) => source.name);

/** Reads a document. The previous snapshot lends its numbers: what did not change is not analysed again. */
export function takeSnapshot(live: TextDocument, previous?: Snapshot, profiles: Profiles = NO_PROFILES): Snapshot {
  // An editor's document changes in place; a snapshot must not.
  const document = TextDocument.create(live.uri, live.languageId, live.version, live.getText());
  const design = readDesign(document.getText(), previous?.design, profiles);
  const backbones = design.backbones.map((source): SnapshotBackbone => {
    const before = previous && backbonesOf(previous.backbones, source.name)[0];
    const [budgets, searches] = [budgetsFor(source, design), searchesFor(source, design)];
    const likely =
      source.backbone === undefined && source.withinReach ? likelyBackbone(source, before?.last) : undefined;
    const backbone = source.backbone ?? likely?.backbone;
    const last = source.backbone === undefined ? before?.last : { source, backbone: source.backbone };
    const places = likely?.places ?? [...source.groups.keys()];
    const fresh = source.backbone !== undefined;
    const space = spaceFor(searches, design);
    return { source, budgets, searches, space, analysis: analysed(backbone, before?.analysis), fresh, last, places };
  });
  const detectors = detectorsOf(design, backbones, previous?.detectors ?? []);
  const overBudget = backbones.flatMap(({ source, analysis, fresh, budgets }) =>
    analysis !== undefined && fresh ? budgets.flatMap((budget) => budgetProblems(source, analysis, budget)) : [],
  );
  const ofSearches = [
    ...spaceProblems(design),
    ...depthProblems(design, backbones),
    ...scoreProblems(design, backbones),
    ...evidenceProblems(backbones),
  ];
  const problems = shownProblems([
    ...design.problems,
    ...overBudget,
    ...detectors.flatMap(detectorProblems),
    ...outsideProblems(design, backbones, detectors),
    ...ofSearches,
  ]);
  return { document, design, backbones, detectors, problems, profiles };
}

function analysed(backbone: Backbone | undefined, before: BackboneAnalysis | undefined): BackboneAnalysis | undefined {
  if (backbone === undefined) return undefined;
  return before !== undefined && isCurrent(before) && sameBackbone(before.backbone, backbone)
    ? before
    : analyse(backbone, before);
}

/** A snapshot of a text that is open nowhere: the command line and tests. */
export const snapshotOf = (text: string, uri = 'file:///design.mae', profiles: Profiles = NO_PROFILES): Snapshot =>
  takeSnapshot(TextDocument.create(uri, 'mae', 1, text), undefined, profiles);

export function rangeOf(snapshot: Snapshot, span: Span): Range {
  return { start: snapshot.document.positionAt(span.start), end: snapshot.document.positionAt(span.end) };
}

export const offsetAt = (snapshot: Snapshot, position: Position): number => snapshot.document.offsetAt(position);

/** The groups of the text that have numbers. */
export const shownGroups = ({
  source,
  analysis,
  places,
}: SnapshotBackbone): { source: GroupSource; analysis: GroupAnalysis }[] =>
  source.groups.flatMap((group, index) => {
    const found = analysis?.groups[places[index] ?? -1];
    return found === undefined ? [] : [{ source: group, analysis: found }];
  });

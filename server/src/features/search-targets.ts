import type { AstNode } from 'langium';
import { si } from '../../../common/numbers.ts';
import { analyse } from '../analysis/analyse.ts';
import type { Backbone } from '../backbone/backbone.ts';
import { type Budget, type Excess, exceeded } from '../cost/budget.ts';
import type { Varied } from '../detector/variants.ts';
import { type Problem, type Span, textErrors } from '../language/problem.ts';
import type { BudgetSource } from '../language/read-budget.ts';
import { type SearchSource, UNKNOWN_SCORE } from '../language/read-search.ts';
import { budgetOf, spaceNamedBy, spacesOf, startedDetector, startOf } from '../language/resolve.ts';
import { DEFAULT_SEARCH, type SearchValues, type WrittenValues, withValues } from '../language/search-settings.ts';
import { spanOf } from '../language/span.ts';
import { variedBy } from '../language/vary.ts';
import { prepare } from '../search/model/prepare.ts';
import { isMeasured, type SearchProblem } from '../search/task.ts';
import { DEFAULT_SPACE } from '../space/presets.ts';
import type { Space } from '../space/space.ts';
import { costText } from './cost-text.ts';
import { problemText, taskOf, taskScoreName } from './search-report.ts';
import type { Snapshot, SnapshotBackbone, SnapshotDetector } from './snapshot.ts';

/** Something of a file that a search can be run on: a search block, or a backbone or detector that is held to a budget. */
export interface Runnable {
  readonly kind: 'search' | 'backbone' | 'detector';
  /** Position of the search block in the file, or the name. */
  readonly id: string;
  readonly label: string;
  readonly detail: string;
}

/** Searches first; then backbones and detectors with a budget of their own that no search starts from. */
export function runnables(snapshot: Snapshot): Runnable[] {
  const { searches } = snapshot.design;
  return [
    ...searches.flatMap((search, index) => ofSearch(search, index, snapshot)),
    ...snapshot.backbones.filter((b) => b.budgets.length > 0 && b.searches.length === 0).map(ofBackbone),
    ...snapshot.detectors.filter((d) => d.budgets.length > 0 && d.searches.length === 0).map(ofDetector),
  ];
}

/**
 * What a person means who does not say which: the file as a whole. Where one of its searches cannot be run, what is left
 * beside the searches is not it.
 */
export function meantRunnables(snapshot: Snapshot): Runnable[] {
  const all = runnables(snapshot);
  const searches = all.filter((r) => r.kind === 'search');
  return searches.length < snapshot.design.searches.length ? searches : all;
}

function ofSearch(search: SearchSource, index: number, snapshot: Snapshot): Runnable[] {
  const start = startOf(search, snapshot.design);
  const budget = budgetOf(search, snapshot.design);
  const { evaluations, seed, minimise, score } = search.values;
  const from = startedDetector(search, snapshot.design)?.name ?? start?.name ?? '';
  if (start === undefined || (budget === undefined && (minimise === undefined || search.within !== undefined)))
    return [];
  const parts = [
    minimise === undefined
      ? ''
      : `least ${minimise} at ${score === undefined ? 'the same score' : `${taskScoreName(search.values)} ≥ ${score}`}, `,
    from,
    budget === undefined ? '' : ` within ${budget.name}`,
    `, ${evaluations.toLocaleString('en-US')} evaluations, seed ${seed}`,
  ];
  const runnable: Runnable = {
    kind: 'search',
    id: String(index),
    label: search.name ?? `search from ${from}`,
    detail: parts.join(''),
  };
  return [runnable];
}

const ofBackbone = (backbone: SnapshotBackbone): Runnable => ofItself('backbone', backbone);

const ofDetector = (detector: SnapshotDetector): Runnable => ofItself('detector', detector);

function ofItself(
  kind: 'backbone' | 'detector',
  { source: { name }, budgets }: { readonly source: { readonly name: string } } & Pick<SnapshotBackbone, 'budgets'>,
): Runnable {
  const limits = budgets.flatMap((b) => b.budget.limits.map((l) => `${l.cost} ≤ ${si(l.amount)}`));
  return { kind, id: name, label: name, detail: `within ${limits.join(', ')}` };
}

/** Backbones without a budget: only a search that minimises a cost can do with none. */
export const unbounded = ({ backbones }: Snapshot): Runnable[] =>
  backbones
    .filter((b) => b.budgets.length === 0)
    .map(({ source: { name } }) => ({ kind: 'backbone', id: name, label: name, detail: 'without a budget' }));

/** A search that is ready to run: where it starts, what it must hold, and how. */
export interface ReadySearch {
  readonly name: string;
  /** The search block; a backbone can be searched without one. */
  readonly source: SearchSource | undefined;
  readonly backbone: SnapshotBackbone;
  /** The detector whose budget is held while its backbone changes. */
  readonly detector?: SnapshotDetector;
  /** At the detector's input, where it is one. */
  readonly start: Backbone;
  readonly budgets: readonly BudgetSource[];
  /** All limits of the budgets; without a name where there is none. */
  readonly budget: Budget;
  readonly space: Space;
  readonly values: SearchValues;
  /** What of the detector's neck and heads is tried at lighter values afterwards. */
  readonly vary: readonly Varied[];
}

export type Resolved =
  | { readonly ok: true; readonly search: ReadySearch }
  | {
      readonly ok: false;
      readonly message: string;
      /** The problem of the text that is to blame, where there is one. */
      readonly cause?: Problem;
      /** What the search itself found wrong with the task, to say where it can be mended. */
      readonly fault?: { readonly search: ReadySearch; readonly problem: SearchProblem };
    };

/**
 * Finds what a runnable names, and says in one sentence why it cannot run. What is `written` goes over the file's values.
 * A start over its budget is refused where a fix can shrink it in the text; others let the search `shrink` it.
 */
export function resolveRunnable(
  snapshot: Snapshot,
  { kind, id }: Pick<Runnable, 'kind' | 'id'>,
  written: WrittenValues = [],
  overBudget: 'refuse' | 'shrink' = 'refuse',
): Resolved {
  const search = kind === 'search' ? snapshot.design.searches[Number(id)] : undefined;
  if (kind === 'search' && search === undefined) return failed('This search is no longer in the file.');
  if (search?.complete === false)
    return unreadable(snapshot, 'The search has settings that cannot be read', spanOf(search.node));
  const detector = detectorOf(snapshot, search, { kind, id });
  const source = search === undefined ? undefined : startOf(search, snapshot.design);
  const backbone =
    detector?.backbone ??
    snapshot.backbones.find((b) => (search === undefined ? b.source.name === id : b.source === source));
  if (backbone === undefined) {
    const wanted = search?.start?.name ?? id;
    return failed(`There is no backbone or detector '${wanted}' to start from.`);
  }
  const begun = detector ?? backbone;
  const unread = [backbone, ...(detector === undefined ? [] : [detector])].find((each) => !each.fresh);
  const start = detector === undefined ? backbone.source.backbone : detector.analysis?.detector.backbone;
  if (unread !== undefined || start === undefined)
    return unreadable(snapshot, `${begun.source.name} cannot be read yet`, spanOf((unread ?? begun).source.node));
  const budgets = search === undefined ? begun.budgets : [budgetOf(search, snapshot.design)].flatMap((b) => b ?? []);
  const values = withValues(search?.values ?? DEFAULT_SEARCH, written);
  if (budgets.length === 0 && (values.minimise === undefined || search?.within !== undefined))
    return failed(`${begun.source.name} has no budget to search within.`);
  if (isMeasured(values) && values.minimise !== undefined && values.score === undefined)
    return failed(`${UNKNOWN_SCORE} Say which one to hold.`);
  const broken = budgets.find((b) => !b.complete);
  if (broken !== undefined)
    return unreadable(snapshot, `Budget ${broken.name} has lines that cannot be read`, spanOf(broken.node));
  const budget = {
    name: budgets.map((b) => b.name).join(' and '),
    limits: budgets.flatMap((b) => b.budget.limits),
  };
  const space = search === undefined ? DEFAULT_SPACE : spaceNamedBy(search, snapshot.design);
  if (space === undefined)
    return unreadable(snapshot, 'The search has settings that cannot be read', search?.space?.span ?? NOWHERE);
  const wrong = search === undefined ? undefined : spacesOf(search, snapshot.design).find((s) => errorIn(snapshot, s));
  if (wrong !== undefined)
    return unreadable(snapshot, `Space ${wrong.name} has lines that cannot be`, spanOf(wrong.node));
  const varied = search?.varyNode;
  if (varied !== undefined && errorIn(snapshot, { node: varied }))
    return unreadable(snapshot, 'The search varies what cannot be varied', spanOf(varied));
  const vary =
    detector === undefined ? [] : (search?.vary ?? []).flatMap((use) => variedBy(detector.source, use) ?? []);
  const name = search?.name ?? begun.source.name;
  const behind = detector === undefined ? {} : { detector };
  const ready: ReadySearch = { name, source: search, backbone, ...behind, start, budgets, budget, space, values, vary };
  const over = overBudget === 'refuse' ? startExcess(ready) : undefined;
  return over === undefined ? { ok: true, search: ready } : overFault(snapshot, ready, over);
}

/** The detector that a search, or one that is named, starts from. */
function detectorOf(
  { detectors, design }: Snapshot,
  search: SearchSource | undefined,
  { kind, id }: Pick<Runnable, 'kind' | 'id'>,
): SnapshotDetector | undefined {
  if (search === undefined) return kind === 'detector' ? detectors.find(({ source }) => source.name === id) : undefined;
  const source = startedDetector(search, design);
  return detectors.find((detector) => detector.source === source);
}

/** By how much what a search starts from exceeds its budget. */
export const startExcess = ({ backbone, detector, start, budget }: ReadySearch): Excess | undefined =>
  exceeded((detector ?? backbone).analysis?.costs ?? analyse(start).costs, budget)[0];

/** «small exceeds laptop already: 113 M macs, at most 90 M macs.» */
export const excessText = (
  { start, detector, budget }: ReadySearch,
  { limit: { cost, amount }, value }: Excess,
): string =>
  `${detector?.source.name ?? start.name} exceeds ${budget.name} already: ${costText(cost, value)}, at most ${costText(cost, amount)}.`;

/** Why the start network cannot be searched from: it breaks a budget, which perhaps no design can meet. */
function overFault(snapshot: Snapshot, search: ReadySearch, over: Excess): Resolved {
  const prepared = prepare(taskOf(search, 1));
  if (prepared.kind === 'problem') {
    return { ok: false, message: problemText(prepared), fault: { search, problem: prepared } };
  }
  const message =
    `${excessText(search, over)} A search starts within its budget: the quick fix on the error shrinks it, ` +
    'or raise the budget.';
  const { start, detector } = search;
  return failed(
    message,
    snapshot.problems.find(
      ({ data }) => data?.kind === 'budget' && data.backbone === start.name && data.detector === detector?.source.name,
    ),
  );
}

/** Whether something is wrong with a piece of the text beyond a hint. */
const errorIn = ({ problems }: Snapshot, { node }: { readonly node: AstNode }): boolean => {
  const { start, end } = spanOf(node);
  return textErrors(problems).some(({ span }) => span.start >= start && span.start <= end);
};

const NOWHERE: Span = { start: 0, end: 0 };

/** What cannot be read, and the first error in it. */
function unreadable(snapshot: Snapshot, what: string, { start, end }: Span): Resolved {
  const cause = textErrors(snapshot.problems).find(({ span }) => span.start >= start && span.start <= end);
  return cause === undefined ? failed(`${what}.`) : failed(`${what}: ${cause.message}`, cause);
}

const failed = (message: string, cause?: Problem): Resolved => ({
  ok: false,
  message,
  ...(cause === undefined ? {} : { cause }),
});

import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type Diagnostic,
  type Range,
} from 'vscode-languageserver-types';
import { atOnce, type InParts } from '../language/in-parts.ts';
import { nameAt } from '../language/names.ts';
import type { Problem } from '../language/problem.ts';
import { bestActions } from './best-actions.ts';
import { budgetFixes } from './budget-fixes.ts';
import { depthFixes } from './depth-fixes.ts';
import { DIAGNOSTIC_SOURCE } from './diagnostics.ts';
import { lineBefore, overlaps, quickFix, removal } from './edit-action.ts';
import { FIX_ALL_KIND, fixAll } from './fix-all.ts';
import { groupActions } from './group-actions.ts';
import type { FeatureOptions } from './options.ts';
import { searchFixes } from './search-fixes.ts';
import { rangeOf, type Snapshot } from './snapshot.ts';

/** The kinds that are offered; a client that asks for others gets nothing. */
export const CODE_ACTION_KINDS = [CodeActionKind.QuickFix, FIX_ALL_KIND] as const;

/** The commands that actions run; their names depend on the client. */
export interface ActionCommands {
  /** Left out where the client cannot make a profile. */
  readonly makeProfile?: string | undefined;
}

/**
 * Fixes for the problems in the range, what is best for the backbone there, and for each group the moves of the space
 * with their effect. Fixes read the problem's code and data, never its message.
 */
export const codeActions = (...asked: Parameters<typeof codeActionParts>): CodeAction[] =>
  atOnce(codeActionParts(...asked));

/** The same in parts: each fix, and each change that is looked for, may take long in a large design. */
export function* codeActionParts(
  snapshot: Snapshot,
  range: Range,
  context: Pick<CodeActionContext, 'only' | 'diagnostics' | 'triggerKind'>,
  options: FeatureOptions,
  commands: ActionCommands = {},
): InParts<CodeAction[]> {
  const wants = (kind: CodeActionKind): boolean =>
    context.only === undefined || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const isFixWanted = wants(CodeActionKind.QuickFix);
  const fixes: CodeAction[] = [];
  for (const problem of isFixWanted ? problemsIn(snapshot, range) : []) {
    const place = rangeOf(snapshot, problem.span);
    const diagnostic = context.diagnostics.find((d) => sameProblem(d, problem, place));
    const mending = diagnostic === undefined ? {} : { diagnostics: [diagnostic] };
    fixes.push(...fixesOf(snapshot, problem, options, commands).map((fix) => ({ ...fix, ...mending })));
    yield;
  }
  const designs = isFixWanted
    ? [...(yield* bestActions(snapshot, range, context, options)), ...(yield* groupActions(snapshot, range, options))]
    : [];
  // What mends a problem goes before what is better; the same fix of two problems is offered once.
  const known = new Set(fixes.map((fix) => fix.title));
  const mends = fixes.some((fix) => fix.isPreferred === true);
  const others = designs
    .filter((action) => !known.has(action.title))
    .map((action) => (mends ? notPreferred(action) : action));
  // Never among the others: it is for «fix all» and for what an editor does on save.
  const all = context.only !== undefined && wants(FIX_ALL_KIND) ? yield* fixAll(snapshot) : [];
  return [...fixes, ...others, ...all];
}

/** Each fix is worked out before it is shown: so many are more than anybody reads. */
const MOST_FIXED = 100;

const problemsIn = (snapshot: Snapshot, range: Range): Problem[] =>
  snapshot.problems.filter(({ span }) => overlaps(rangeOf(snapshot, span), range)).slice(0, MOST_FIXED);

function notPreferred({ isPreferred: _, ...action }: CodeAction): CodeAction {
  return action;
}

/** What mends one problem, the best first. */
export function fixesOf(
  snapshot: Snapshot,
  problem: Problem,
  options: FeatureOptions,
  { makeProfile }: ActionCommands = {},
): CodeAction[] {
  const { data, span } = problem;
  switch (data?.kind) {
    case 'replace': {
      const written = snapshot.document.getText().slice(span.start, span.end);
      return data.with.map((word, i) =>
        quickFix(
          snapshot,
          `Change ${written} to ${word.trim()}`,
          [{ span, text: word }],
          i === 0 && data.with.length === 1,
        ),
      );
    }
    case 'add-arguments': {
      const text = snapshot.document.getText();
      const opens = text.slice(0, data.at).trimEnd().endsWith('(');
      const added = data.arguments.map((name) => `${name}: ${USUAL[name] ?? 1}`).join(', ');
      const edit = { span: { start: data.at, end: data.at }, text: opens ? added : `, ${added}` };
      return [quickFix(snapshot, `Add ${added}`, [edit], true)];
    }
    case 'add-setting':
      return data.choices.map((line) =>
        quickFix(snapshot, `Add ${line}`, [lineBefore(snapshot, data.at, line)], data.choices.length === 1),
      );
    case 'limit-layers':
      return depthFixes(snapshot, data);
    case 'profile':
      return makeProfile === undefined ? [] : [profileAction(snapshot, makeProfile, data.device)];
    case 'edits':
      return [quickFix(snapshot, data.title, data.edits, true)];
    case 'choices':
      return data.choices.map(({ title, edits }) => quickFix(snapshot, title, edits, data.choices.length === 1));
    case 'rename': {
      const found = nameAt(snapshot.design, span.start)?.name;
      const places = found === undefined ? [span] : [found.declaration, ...found.uses];
      const edits = places.map((place) => ({ span: place, text: data.to }));
      return [quickFix(snapshot, `Rename it to ${data.to}`, edits, true)];
    }
    case 'remove':
      return [
        ...searchFixes(snapshot, problem),
        quickFix(snapshot, 'Remove it', [removal(snapshot.document.getText(), data.span)], false),
      ];
    case 'budget':
      return budgetFixes(snapshot, data, options);
    case undefined:
      return [];
  }
}

/** «Make a profile of this machine as phone»: the file appears beside the text when it is done, and all numbers with it. */
function profileAction({ document: { uri } }: Snapshot, command: string, device: string): CodeAction {
  const title = `Make a profile of this machine as ${device}`;
  return { title, kind: CodeActionKind.QuickFix, command: { title, command, arguments: [{ uri, device }] } };
}

/** The fix of a problem that a person would take without looking at others; undefined where there is none, or several. */
export const preferredFix = (snapshot: Snapshot, problem: Problem, options: FeatureOptions): CodeAction | undefined =>
  fixesOf(snapshot, problem, options).find(({ isPreferred }) => isPreferred === true);

/** A start for numbers that are missing; hints then show what they cost. */
const USUAL: Readonly<Record<string, number>> = { out: 64, btn: 32, k: 3, s: 1 };

const sameProblem = (d: Diagnostic, problem: Problem, place: Range): boolean =>
  d.source === DIAGNOSTIC_SOURCE &&
  d.code === problem.code &&
  d.range.start.line === place.start.line &&
  d.range.start.character === place.start.character;

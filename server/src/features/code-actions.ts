import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type Diagnostic,
  type Range,
} from 'vscode-languageserver-types';
import type { Problem } from '../language/problem.ts';
import type { Edit } from '../language/rewrite.ts';
import { budgetFixes } from './budget-fixes.ts';
import { DIAGNOSTIC_SOURCE } from './diagnostics.ts';
import { overlaps, quickFix } from './edit-action.ts';
import { groupActions } from './group-actions.ts';
import type { FeatureOptions } from './options.ts';
import { rangeOf, type Snapshot } from './snapshot.ts';

/** The kinds that are offered; a client that asks for others gets nothing. */
export const CODE_ACTION_KINDS = [CodeActionKind.QuickFix] as const;

/**
 * Fixes for the problems in the range, and for each group in it the moves of the space with their effect. Fixes read
 * the problem's code and data, never its message.
 */
export function codeActions(
  snapshot: Snapshot,
  range: Range,
  context: Pick<CodeActionContext, 'only' | 'diagnostics'>,
  options: FeatureOptions,
): CodeAction[] {
  const wants = (kind: CodeActionKind): boolean =>
    context.only === undefined || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const fixes = wants(CodeActionKind.QuickFix)
    ? snapshot.problems.flatMap((problem) => {
        const place = rangeOf(snapshot, problem.span);
        if (!overlaps(place, range)) return [];
        const diagnostic = context.diagnostics.find((d) => sameProblem(d, problem, place));
        return fixesOf(snapshot, problem, options).map((fix) => ({
          ...fix,
          ...(diagnostic === undefined ? {} : { diagnostics: [diagnostic] }),
        }));
      })
    : [];
  return [...fixes, ...groupActions(snapshot, range, options).filter((action) => wants(action.kind ?? ''))];
}

function fixesOf(snapshot: Snapshot, problem: Problem, options: FeatureOptions): CodeAction[] {
  const { data, span } = problem;
  switch (data?.kind) {
    case 'replace': {
      const written = snapshot.document.getText().slice(span.start, span.end);
      return data.with.map((word, i) =>
        quickFix(snapshot, `Change ${written} to ${word}`, [{ span, text: word }], i === 0 && data.with.length === 1),
      );
    }
    case 'add-arguments': {
      const text = snapshot.document.getText();
      const opens = text.slice(0, data.at).trimEnd().endsWith('(');
      const added = data.arguments.map((name) => `${name}: ${USUAL[name] ?? 1}`).join(', ');
      const edit = { span: { start: data.at, end: data.at }, text: opens ? added : `, ${added}` };
      return [quickFix(snapshot, `Add ${added}`, [edit], true)];
    }
    case 'remove':
      return [quickFix(snapshot, 'Remove it', [removal(snapshot, data.span)], false)];
    case 'budget':
      return budgetFixes(snapshot, data, options);
    case undefined:
      return [];
  }
}

/** A start for numbers that are missing; hints then show what they cost. */
const USUAL: Readonly<Record<string, number>> = { out: 64, btn: 32, k: 3, s: 1 };

/** A declaration or a line goes with its line end; a part of a line with the comma and space before it. */
function removal(snapshot: Snapshot, span: { start: number; end: number }): Edit {
  const text = snapshot.document.getText();
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const lineEnd = text.indexOf('\n', span.end);
  const alone =
    text.slice(lineStart, span.start).trim() === '' &&
    text.slice(span.end, lineEnd < 0 ? undefined : lineEnd).trim() === '';
  if (alone) return { span: { start: lineStart, end: lineEnd < 0 ? text.length : lineEnd + 1 }, text: '' };
  const comma = /,\s*$/.exec(text.slice(0, span.start));
  return { span: { start: span.start - (comma?.[0].length ?? 0), end: span.end }, text: '' };
}

const sameProblem = (d: Diagnostic, problem: Problem, place: Range): boolean =>
  d.source === DIAGNOSTIC_SOURCE &&
  d.code === problem.code &&
  d.range.start.line === place.start.line &&
  d.range.start.character === place.start.character;

import { TextDocument } from 'vscode-languageserver-textdocument';
import { type CodeAction, TextDocumentEdit } from 'vscode-languageserver-types';
import { codeActions } from '../../../server/src/features/code-actions.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { rangeOf, type Snapshot, snapshotOf } from '../../../server/src/features/snapshot.ts';
import type { Problem } from '../../../server/src/language/problem.ts';

/** The text after an action. */
export function applied({ document }: Snapshot, action: CodeAction): string {
  const changes = action.edit?.documentChanges ?? [];
  const edits = changes.flatMap((change) => (TextDocumentEdit.is(change) ? change.edits : []));
  const plain = edits.flatMap((edit) => ('newText' in edit ? [{ range: edit.range, newText: edit.newText }] : []));
  return TextDocument.applyEdits(document, plain);
}

/** What the fixes of a problem leave behind, by their titles. */
export function fixesOf(snapshot: Snapshot, problem: Problem): Map<string, string> {
  const range = rangeOf(snapshot, problem.span);
  const diagnostic = { range, message: problem.message, code: problem.code, source: 'mae' };
  const actions = codeActions(snapshot, range, { diagnostics: [diagnostic] }, DEFAULT_OPTIONS);
  const own = actions.filter((action) => action.diagnostics?.includes(diagnostic) === true);
  return new Map(own.map((action) => [action.title, applied(snapshot, action)]));
}

/** A text after the only fix of each of its problems, one after the other, as a person would take them. */
export function mended(text: string, limit = 12): string {
  for (let turn = 0; turn < limit; turn++) {
    const snapshot = snapshotOf(text);
    const [fix] = snapshot.problems.flatMap((problem) => {
      const fixes = [...fixesOf(snapshot, problem).values()];
      return fixes.length === 1 ? fixes : [];
    });
    if (fix === undefined) return text;
    text = fix;
  }
  return text;
}

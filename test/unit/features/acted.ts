import type { CodeAction, CodeActionContext } from 'vscode-languageserver-types';
import { codeActions } from '../../../server/src/features/code-actions.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { type Snapshot, snapshotOf } from '../../../server/src/features/snapshot.ts';
import { CURSOR } from './cursor.ts';

export interface Acted {
  readonly action: CodeAction;
  /** The whole text once the action was taken. */
  readonly text: string;
}

/**
 * The actions at the cursor of a marked text, or for what is between two marks, and the text that each leaves behind.
 * The context may be made from the snapshot, as an editor makes it from the diagnostics that it was sent.
 */
export function actionsIn(
  marked: string,
  contextOf: (snapshot: Snapshot) => Partial<CodeActionContext> = () => ({}),
): Acted[] {
  const [before = '', between = '', ...after] = marked.split(CURSOR);
  const snapshot = snapshotOf(after.length === 0 ? before + between : before + between + after.join(''));
  const { document } = snapshot;
  const end = after.length === 0 ? before.length : before.length + between.length;
  const range = { start: document.positionAt(before.length), end: document.positionAt(end) };
  const context = { diagnostics: [], ...contextOf(snapshot) };
  return codeActions(snapshot, range, context, DEFAULT_OPTIONS).map((action) => ({
    action,
    text: applied(snapshot, action),
  }));
}

function applied({ document }: Snapshot, action: CodeAction): string {
  const [change] = action.edit?.documentChanges ?? [];
  const edits = change !== undefined && 'edits' in change ? change.edits : [];
  return edits
    .flatMap((e) => ('newText' in e && typeof e.newText === 'string' ? [{ range: e.range, newText: e.newText }] : []))
    .toSorted((a, b) => document.offsetAt(b.range.start) - document.offsetAt(a.range.start))
    .reduce(
      (text, e) =>
        text.slice(0, document.offsetAt(e.range.start)) + e.newText + text.slice(document.offsetAt(e.range.end)),
      document.getText(),
    );
}

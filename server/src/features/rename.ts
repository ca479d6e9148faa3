import type { Position, Range, WorkspaceEdit } from 'vscode-languageserver-types';
import { nameAt, nameFault, namesOf } from '../language/names.ts';
import { textEdits } from './edit-action.ts';
import { offsetAt, rangeOf, type Snapshot } from './snapshot.ts';

/** What can be renamed under the cursor: the names of backbones, budgets and searches, where they are declared or used. */
export function prepareRename(
  snapshot: Snapshot,
  position: Position,
): { readonly range: Range; readonly placeholder: string } | undefined {
  const found = nameAt(snapshot.design, offsetAt(snapshot, position));
  return found === undefined ? undefined : { range: rangeOf(snapshot, found.span), placeholder: found.name.name };
}

/** The edit, or why the new name cannot be: a sentence for the person who typed it. */
export type RenameResult =
  | { readonly ok: true; readonly edit: WorkspaceEdit }
  | { readonly ok: false; readonly message: string };

/** Renames a declaration and all its uses. */
export function rename(snapshot: Snapshot, position: Position, to: string): RenameResult {
  const found = nameAt(snapshot.design, offsetAt(snapshot, position));
  if (found === undefined) {
    return { ok: false, message: 'Only the names of backbones, budgets and searches can be renamed.' };
  }
  const { kind, name, declaration, uses } = found.name;
  const wanted = to.trim();
  const fault = nameFault(wanted);
  if (fault !== undefined) return { ok: false, message: fault };
  if (wanted !== name && namesOf(snapshot.design).some((other) => other.kind === kind && other.name === wanted)) {
    return { ok: false, message: `There is a ${kind} '${wanted}' already: choose another name.` };
  }
  const { uri, version } = snapshot.document;
  const edits = textEdits(
    snapshot,
    [declaration, ...uses].map((span) => ({ span, text: wanted })),
  );
  return { ok: true, edit: { documentChanges: [{ textDocument: { uri, version }, edits }] } };
}

import type { Position, Range, WorkspaceEdit } from 'vscode-languageserver-types';
import { isTaken, nameAt, nameFault } from '../language/names.ts';
import { NO_NODE_NAMES } from '../language/soft-words.ts';
import { textEdits } from './edit-action.ts';
import { offsetAt, rangeOf, type Snapshot } from './snapshot.ts';

/** What can be renamed under the cursor: names of the person's own choice, where they are declared or used. */
export function prepareRename(
  snapshot: Snapshot,
  position: Position,
): { readonly range: Range; readonly placeholder: string } | undefined {
  const found = chosenAt(snapshot, position);
  return found === undefined ? undefined : { range: rangeOf(snapshot, found.span), placeholder: found.name.name };
}

/** The stem has its name from the language. */
function chosenAt(snapshot: Snapshot, position: Position): ReturnType<typeof nameAt> {
  const found = nameAt(snapshot.design, offsetAt(snapshot, position));
  return found?.name.kind === 'stem' ? undefined : found;
}

/** The edit, or why the new name cannot be: a sentence for the person who typed it. */
export type RenameResult =
  | { readonly ok: true; readonly edit: WorkspaceEdit }
  | { readonly ok: false; readonly message: string };

/** Renames a declaration and all its uses. */
export function rename(snapshot: Snapshot, position: Position, to: string): RenameResult {
  const found = chosenAt(snapshot, position);
  if (found === undefined) {
    const message =
      'Only the names of backbones, detectors, budgets, searches, spaces, nodes and outputs can be renamed.';
    return { ok: false, message };
  }
  const { kind, declaration, uses } = found.name;
  const wanted = to.trim();
  const fault = nameFault(wanted);
  if (fault !== undefined) return { ok: false, message: fault };
  if (kind === 'node' && NO_NODE_NAMES.includes(wanted))
    return { ok: false, message: `No node is called '${wanted}', which is a word of its line.` };
  if (isTaken(snapshot.design, found.name, wanted)) {
    const article = kind === 'output' ? 'an' : 'a';
    return { ok: false, message: `There is ${article} ${kind} '${wanted}' already: choose another name.` };
  }
  const { uri, version } = snapshot.document;
  const edits = textEdits(
    snapshot,
    [declaration, ...uses].map((span) => ({ span, text: wanted })),
  );
  return { ok: true, edit: { documentChanges: [{ textDocument: { uri, version }, edits }] } };
}

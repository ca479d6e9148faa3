import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';

/**
 * The same edit for a client that knows no versioned document changes. It then lands in whatever text the client has, so
 * this is only for clients that leave no other way.
 */
export function plainEdit(edit: WorkspaceEdit): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const change of edit.documentChanges ?? []) {
    if (!('edits' in change)) continue;
    const edits = change.edits.filter((e): e is TextEdit => 'newText' in e);
    changes[change.textDocument.uri] = [...(changes[change.textDocument.uri] ?? []), ...edits];
  }
  return { changes };
}

import * as vscode from 'vscode';

/** The editor that a command means: the one in front, or the only one on screen. */
export function maeEditor(): vscode.TextEditor | undefined {
  const active = vscode.window.activeTextEditor;
  if (active?.document.languageId === 'mae') return active;
  const visible = vscode.window.visibleTextEditors.filter((e) => e.document.languageId === 'mae');
  return visible.length === 1 ? visible[0] : undefined;
}

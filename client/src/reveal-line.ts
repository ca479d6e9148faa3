import * as vscode from 'vscode';

/** Puts the cursor on a line of a file, where the file is shown already if it is; the keyboard stays in the view. */
export async function revealLine(uri: string, line: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const { firstNonWhitespaceCharacterIndex: column } = document.lineAt(Math.min(line, document.lineCount - 1));
  const shown = vscode.window.visibleTextEditors.find((e) => e.document === document);
  await vscode.window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
    selection: new vscode.Range(line, column, line, column),
    preserveFocus: true,
  });
}

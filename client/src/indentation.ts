import * as vscode from 'vscode';

/**
 * VS Code guesses the indentation of a file that it opened before it knew our defaults, by lines that are laid out in
 * columns. Such a file gets what is set.
 */
export function indentAsSet(editors: readonly vscode.TextEditor[]): void {
  for (const editor of editors.filter(({ document }) => document.languageId === 'mae')) {
    const set = vscode.workspace.getConfiguration('editor', editor.document);
    const [tabSize, insertSpaces] = [set.get<number>('tabSize'), set.get<boolean>('insertSpaces')];
    if (set.get<boolean>('detectIndentation') === true || tabSize === undefined || insertSpaces === undefined) continue;
    editor.options = { tabSize, indentSize: 'tabSize', insertSpaces };
  }
}

import * as vscode from 'vscode';

/** The glossary of the docs that came with the extension, at one of its entries: read without the network. */
export async function showGlossary({ extensionUri }: vscode.ExtensionContext, entry?: unknown): Promise<void> {
  const file = vscode.Uri.joinPath(extensionUri, 'docs', 'glossary.md');
  const fragment = typeof entry === 'string' && /^[a-z0-9-]+$/.test(entry) ? entry : '';
  try {
    await vscode.commands.executeCommand('markdown.showPreview', file.with({ fragment }));
  } catch {
    // The preview is a part of VS Code that a person may have disabled.
    await vscode.window.showTextDocument(file);
  }
}

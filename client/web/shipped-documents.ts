import * as vscode from 'vscode';

/** Of the addresses that the server in a browser gives to texts that come with the extension. */
const SCHEME = 'mae-shipped';

/** Shows texts that come with the extension, such as the spaces that are there already, by their path in it. */
export const shippedDocuments = (context: vscode.ExtensionContext): vscode.Disposable =>
  vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: async ({ path }) =>
      new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, path))),
  });

import * as vscode from 'vscode';
import { pageOf } from './html.ts';

/** Where the scripts and style sheets of the pages are: all that a page may load. */
export const pagesFolder = ({ extensionUri }: vscode.ExtensionContext): vscode.Uri =>
  vscode.Uri.joinPath(extensionUri, 'dist', 'webview');

/**
 * The page of a view, whose name is also that of its script and style sheet. In English when there are no strings of VS
 * Code's language, and then it says that it is English.
 */
export function loadPage(webview: vscode.Webview, folder: vscode.Uri, name: string, title: string): void {
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const file = (extension: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, `${name}.${extension}`)).toString();
  const { bundle: strings } = vscode.l10n;
  const language = strings === undefined ? 'en' : vscode.env.language;
  const { cspSource: source } = webview;
  webview.html = pageOf({ name, title, script: file('js'), style: file('css'), source, language, strings });
}

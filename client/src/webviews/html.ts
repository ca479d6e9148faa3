import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/**
 * The page of a webview: one script and one style sheet of our own, under the strictest policy that allows them. The
 * script builds everything else; it draws with the theme's variables, so a change of theme needs no message, and it
 * finds the strings of VS Code's language in an attribute, which no policy has to allow.
 */
export function pageOf(webview: vscode.Webview, root: vscode.Uri, name: string, title: string): string {
  const nonce = randomBytes(18).toString('base64');
  const file = (extension: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(root, `${name}.${extension}`)).toString();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const { bundle } = vscode.l10n;
  const strings = bundle === undefined ? '' : ` data-strings="${escaped(JSON.stringify(bundle))}"`;
  return `<!DOCTYPE html>
<html lang="${escaped(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('css')}">
<title>${escaped(title)}</title>
</head>
<body>
<main id="app" data-view="${name}"${strings}></main>
<script type="module" nonce="${nonce}" src="${file('js')}"></script>
</body>
</html>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

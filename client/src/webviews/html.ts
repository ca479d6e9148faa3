/** What a page is made of. */
export interface Page {
  /** Says which view it is. */
  readonly name: string;
  readonly title: string;
  /** Addresses of its script and its style sheet, and the policy's word for where they come from. */
  readonly script: string;
  readonly style: string;
  readonly source: string;
  /** Of the strings, as `<html lang>` has it. */
  readonly language: string;
  /** Strings of that language by their English; undefined where English is all there is. */
  readonly strings: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The page of a webview: one script and one style sheet of our own, under the strictest policy that allows them. The
 * script builds everything else; it draws with the theme's variables, so a change of theme needs no message, and it
 * finds the strings of VS Code's language in an attribute, which no policy has to allow.
 */
export function pageOf({ name, title, script, style, source, language, strings }: Page): string {
  const nonce = crypto.randomUUID();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const data = strings === undefined ? '' : ` data-strings="${escaped(JSON.stringify(strings))}"`;
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>${escaped(title)}</title>
</head>
<body>
<main id="app" data-view="${name}"${data}></main>
<script type="module" nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

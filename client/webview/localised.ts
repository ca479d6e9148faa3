import * as l10n from '@vscode/l10n';

/**
 * Imported first by each page, so that everything after it speaks the language of VS Code: the extension writes the
 * strings of that language into the page. Plain English when it has none.
 */
const contents = document.getElementById('app')?.dataset['strings'];
if (contents !== undefined) l10n.config({ contents });

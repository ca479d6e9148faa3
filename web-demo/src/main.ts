import '@codingame/monaco-vscode-markdown-basics-default-extension';
import '@codingame/monaco-vscode-markdown-language-features-default-extension';
import '@codingame/monaco-vscode-theme-defaults-default-extension';
import '@codingame/monaco-vscode-theme-seti-default-extension';
import { getService, INotificationService, initialize, Severity } from '@codingame/monaco-vscode-api';
import { URI } from '@codingame/monaco-vscode-api/vscode/vs/base/common/uri';
import { openFolder } from './files.ts';
import { options } from './options.ts';
import { services } from './services.ts';
import { registerShipped, shippedFiles } from './shipped-extension.ts';
import { provideWorkers } from './workers.ts';

const FORGOTTEN =
  'This browser keeps no files for the page: what you write is lost when it is closed or loaded again. Copy what you want to keep.';

async function start(container: HTMLElement): Promise<void> {
  // Extensions' pages are served to them by a service worker.
  if (!isSecureContext) throw new Error('It must be served over https, or from localhost.');
  provideWorkers();
  const files = await shippedFiles();
  const [keeping, ready] = await Promise.all([openFolder(files), registerShipped(files)]);
  await initialize(services(), container, options, { userHome: URI.file('/') });
  await ready();
  if (keeping === 'until closed')
    (await getService(INotificationService)).notify({ severity: Severity.Warning, message: FORGOTTEN });
}

const container = document.getElementById('workbench');
const status = document.getElementById('start');
if (container === null || status === null) throw new Error('The page has no place for VS Code.');

try {
  await start(container);
  status.remove();
} catch (error) {
  status.textContent = `VS Code could not start. ${error instanceof Error ? error.message : String(error)}`;
  throw error;
}

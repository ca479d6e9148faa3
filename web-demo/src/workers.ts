import type { IMonacoEnvironment } from '@codingame/monaco-vscode-api/vscode/vs/base/browser/browser';
import editor from '@codingame/monaco-vscode-api/workers/editor.worker?worker&url';
import extensionHost from '@codingame/monaco-vscode-api/workers/extensionHost.worker?worker&url';
import output from '@codingame/monaco-vscode-output-service-override/worker?worker&url';
import textMate from '@codingame/monaco-vscode-textmate-service-override/worker?worker&url';

/** Programs of VS Code's own workers, by the names that it asks for them. */
const WORKERS: Readonly<Record<string, string>> = {
  editorWorkerService: editor,
  extensionHostWorkerMain: extensionHost,
  OutputLinkDetectionWorker: output,
  TextMateWorker: textMate,
};

/** Tells VS Code where its workers are. The addresses are relative to the page: it may stand in any folder of a host. */
export function provideWorkers(): void {
  const environment: IMonacoEnvironment = {
    getWorkerUrl: (_module, label) => {
      const program = WORKERS[label];
      if (program === undefined) throw new Error(`There is no worker ${label} in this page.`);
      return new URL(program, document.baseURI).href;
    },
    getWorkerOptions: () => ({ type: 'module' }),
  };
  Object.assign(globalThis, { MonacoEnvironment: environment });
}

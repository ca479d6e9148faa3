import type { IWorkbenchConstructionOptions } from '@codingame/monaco-vscode-api';
import { URI } from '@codingame/monaco-vscode-api/vscode/vs/base/common/uri';
import { FOLDER } from './files.ts';

/** What is open when the page is seen for the first time. */
const FIRST = URI.joinPath(FOLDER, 'first_search.mae');

/** How the page differs from VS Code as it comes. The extension's own settings are its defaults. */
export const options: IWorkbenchConstructionOptions = {
  enableWorkspaceTrust: false,
  workspaceProvider: {
    trusted: true,
    workspace: { folderUri: FOLDER },
    // Another folder or window would be another page: there is none.
    open: () => Promise.resolve(false),
  },
  defaultLayout: { editors: [{ uri: FIRST }] },
  configurationDefaults: {
    'window.autoDetectColorScheme': true,
    'editor.minimap.enabled': false,
    'workbench.startupEditor': 'none',
    'telemetry.telemetryLevel': 'off',
    'workbench.enableExperiments': false,
    'workbench.settings.enableNaturalLanguageSearch': false,
  },
  productConfiguration: { nameShort: 'MAE-DET', nameLong: 'MAE-DET in VS Code', enableTelemetry: false },
};

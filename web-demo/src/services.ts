import accessibility from '@codingame/monaco-vscode-accessibility-service-override';
import type { IEditorOverrideServices } from '@codingame/monaco-vscode-api';
import configuration from '@codingame/monaco-vscode-configuration-service-override';
import dialogs from '@codingame/monaco-vscode-dialogs-service-override';
import environment from '@codingame/monaco-vscode-environment-service-override';
import explorer from '@codingame/monaco-vscode-explorer-service-override';
import extensions from '@codingame/monaco-vscode-extensions-service-override';
import files from '@codingame/monaco-vscode-files-service-override';
import keybindings from '@codingame/monaco-vscode-keybindings-service-override';
import languages from '@codingame/monaco-vscode-languages-service-override';
import lifecycle from '@codingame/monaco-vscode-lifecycle-service-override';
import log from '@codingame/monaco-vscode-log-service-override';
import markers from '@codingame/monaco-vscode-markers-service-override';
import model from '@codingame/monaco-vscode-model-service-override';
import notifications from '@codingame/monaco-vscode-notifications-service-override';
import outline from '@codingame/monaco-vscode-outline-service-override';
import output from '@codingame/monaco-vscode-output-service-override';
import preferences from '@codingame/monaco-vscode-preferences-service-override';
import search from '@codingame/monaco-vscode-search-service-override';
import snippets from '@codingame/monaco-vscode-snippets-service-override';
import storage from '@codingame/monaco-vscode-storage-service-override';
import textMate from '@codingame/monaco-vscode-textmate-service-override';
import theme from '@codingame/monaco-vscode-theme-service-override';
import profiles from '@codingame/monaco-vscode-user-data-profile-service-override';
import workbench from '@codingame/monaco-vscode-workbench-service-override';
import workingCopies from '@codingame/monaco-vscode-working-copy-service-override';

/** Below this many pixels the lines of an example have no room beside the list of files. */
const NARROW = 1000;

/** The window as it is seen for the first time. Nobody signs in. */
const FIRST_LAYOUT = {
  'workbench.activity.showAccounts': false,
  'workbench.sideBar.hidden': String(window.innerWidth < NARROW),
};

/** The parts of VS Code that the page has. No marketplace, accounts, chat, terminal or telemetry: nothing asks for a network. */
export const services = (): IEditorOverrideServices => ({
  ...log(),
  ...environment(),
  ...files(),
  ...storage({ fallbackOverride: FIRST_LAYOUT }),
  ...lifecycle(),
  ...configuration(),
  ...profiles(),
  ...model(),
  ...languages(),
  ...textMate(),
  ...theme(),
  ...extensions({ enableWorkerExtensionHost: true }),
  ...workingCopies(),
  ...keybindings(),
  ...notifications(),
  ...dialogs(),
  ...explorer(),
  ...outline(),
  ...search(),
  ...markers(),
  ...output(),
  ...preferences(),
  ...snippets(),
  ...accessibility(),
  ...workbench(),
});

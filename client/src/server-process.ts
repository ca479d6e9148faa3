import { LanguageClient, type ServerOptions, TransportKind } from 'vscode-languageclient/node';
import type { Connect } from './language-server.ts';

/** Trees live for one keystroke: with more room for the young (MB) the server only holds on to more of them, 60 MB in all. */
const YOUNG = ['--max-semi-space-size=8'];

/** The language server as a process of its own. */
export const serverProcess: Connect = (context, options) => {
  const module = context.asAbsolutePath('dist/server.js');
  // Not in the workspace, where Windows would find programs of the project before those of the system.
  const cwd = context.extensionPath;
  const serverOptions: ServerOptions = {
    run: { module, transport: TransportKind.ipc, options: { cwd, execArgv: YOUNG } },
    debug: { module, transport: TransportKind.ipc, options: { cwd, execArgv: [...YOUNG, '--inspect=6009'] } },
  };
  return new LanguageClient('mae-det', 'MAE-DET', serverOptions, options);
};

import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import type { Connect } from '../src/language-server.ts';

/** The language server as a worker of the browser. */
export const serverWorker: Connect = (context, options) =>
  new LanguageClient(
    'mae-det',
    'MAE-DET',
    async () => {
      // A worker cannot be started from the address of an extension that comes from elsewhere: its text is read, and run.
      const file = vscode.Uri.joinPath(context.extensionUri, 'dist', 'web', 'server.js');
      const program = new Blob([new TextDecoder().decode(await vscode.workspace.fs.readFile(file))], {
        type: 'text/javascript',
      });
      const worker = new Worker(URL.createObjectURL(program), { name: 'MAE-DET' });
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker), detached: false };
    },
    options,
  );

import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { PROGRAM_FILE_REQUEST } from '../../server/src/server/protocol.ts';
import type { Connect } from '../src/language-server.ts';
import { onRequest } from '../src/messages.ts';

/** The language server as a worker of the browser. */
export const serverWorker: Connect = (context, options) => {
  const read = (name: string): Thenable<Uint8Array> =>
    vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'dist', 'web', name));
  const start = async () => {
    // A worker cannot be started from the address of an extension that comes from elsewhere: its text is read, and run.
    const program = new Blob([new TextDecoder().decode(await read('server.js'))], { type: 'text/javascript' });
    const worker = new Worker(URL.createObjectURL(program), { name: 'MAE-DET' });
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker), detached: false };
  };
  const client = new LanguageClient('mae-det', 'MAE-DET', start, options);
  context.subscriptions.push(onRequest(client, PROGRAM_FILE_REQUEST, async ({ name }) => base64Of(await read(name))));
  return client;
};

/** In pieces: a function takes some ten thousand arguments and no more. */
function base64Of(bytes: Uint8Array): string {
  const PIECE = 0x8000;
  const pieces = Array.from({ length: Math.ceil(bytes.length / PIECE) }, (_, i) =>
    String.fromCharCode(...bytes.subarray(i * PIECE, (i + 1) * PIECE)),
  );
  return btoa(pieces.join(''));
}

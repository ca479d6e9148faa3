import type * as vscode from 'vscode';
import { startExtension } from '../src/start-extension.ts';
import { serverWorker } from './server-worker.ts';

/** The extension in a browser. */
export function activate(context: vscode.ExtensionContext): void {
  startExtension(context, { connect: serverWorker, commands: () => [] });
}

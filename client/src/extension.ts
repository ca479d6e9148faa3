import type * as vscode from 'vscode';
import { COMMANDS } from './command-ids.ts';
import { desktopCommands } from './desktop-commands.ts';
import { serverProcess } from './server-process.ts';
import { startExtension } from './start-extension.ts';

/** The extension on the desktop, and wherever else Node runs. */
export const activate = (context: vscode.ExtensionContext): void =>
  startExtension(context, {
    connect: serverProcess,
    makeProfileCommand: COMMANDS.makeProfile,
    commands: desktopCommands,
  });

import * as vscode from 'vscode';
import { offerAgentTools } from './agents/agent-tools.ts';
import { COMMANDS } from './command-ids.ts';
import type { Parts } from './commands.ts';
import { exportDesign } from './export-design.ts';
import { installCuda } from './install-cuda.ts';
import { makeProfile } from './make-profile.ts';
import { doctor } from './measure-commands.ts';
import { importModel, improveModel } from './model/import-model.ts';

/** The commands that start programs, or read and write files of the machine. */
export function desktopCommands({ context, server, log, models }: Parts): vscode.Disposable[] {
  // The explorer gives the file under the pointer.
  const modelOf = (file: unknown): vscode.Uri | undefined => (file instanceof vscode.Uri ? file : models.active);
  return [
    vscode.commands.registerCommand(COMMANDS.exportDesign, () => exportDesign(server)),
    vscode.commands.registerCommand(COMMANDS.importModel, (file: unknown) => importModel(server, modelOf(file))),
    vscode.commands.registerCommand(COMMANDS.improveModel, (file: unknown) => improveModel(server, modelOf(file))),
    vscode.commands.registerCommand(COMMANDS.makeProfile, (wanted: unknown) => makeProfile(context, wanted)),
    vscode.commands.registerCommand(COMMANDS.installCuda, async () => {
      if (await installCuda(context.globalStorageUri.fsPath, log)) await doctor(server, log);
    }),
    ...offerAgentTools(context),
  ];
}

import * as vscode from 'vscode';
import { openFiles } from './mae-editor.ts';

/** What the `when` clauses of package.json ask: the palette offers only what can be done. */
const KEYS = { hasFile: 'mae-det.hasFile', measuring: 'mae-det.measuring' } as const;

export const sayMeasuring = (measuring: boolean): void =>
  void vscode.commands.executeCommand('setContext', KEYS.measuring, measuring);

/** Tells the palette whether a file of ours is open, from now on and after each change. */
export function watchOpenFiles(): vscode.Disposable {
  let told: boolean | undefined;
  const tell = (): void => {
    const hasFile = openFiles().length > 0;
    if (hasFile === told) return;
    told = hasFile;
    void vscode.commands.executeCommand('setContext', KEYS.hasFile, hasFile);
  };
  tell();
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(tell),
    vscode.workspace.onDidCloseTextDocument(tell),
    vscode.window.tabGroups.onDidChangeTabs(tell),
  );
}

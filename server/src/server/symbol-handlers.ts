import type { SymbolInformation } from 'vscode-languageserver';
import { snapshotOf } from '../features/snapshot.ts';
import { declaredSymbols, matchingSymbols } from '../features/workspace-symbols.ts';
import { abortOn } from './abort-on.ts';
import { pathOf } from './path-of.ts';
import type { ServerContext } from './server.ts';
import { WorkspaceFiles } from './workspace-files.ts';

/** Finds declarations by name: in open documents as they stand, and in the workspace's other files as they are on disk. */
export function registerSymbols({ connection, snapshots, codeFolders }: ServerContext): void {
  const files = new WorkspaceFiles((text, uri): readonly SymbolInformation[] => declaredSymbols(snapshotOf(text, uri)));
  connection.onWorkspaceSymbol(async ({ query }, token) => {
    const open = snapshots.all();
    const paths = new Set(open.flatMap(({ document }) => pathOf(document.uri)));
    const others = await files.look(codeFolders.workspacePaths, paths, abortOn(token));
    return matchingSymbols([...open.flatMap(declaredSymbols), ...others.flat()], query);
  });
}

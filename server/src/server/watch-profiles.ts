import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DidChangeWatchedFilesNotification, type Disposable, type TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { PROFILE_SUFFIX } from '../latency/profile.ts';
import type { ServerContext } from './server.ts';

/**
 * Has the client watch the profiles beside the open documents, so that what is shown changes with them. A client that knows
 * only patterns of its workspace watches those; one that watches nothing shows it with the next change of the text.
 */
export function watchProfiles(
  { connection, client }: ServerContext,
  documents: TextDocuments<TextDocument>,
  changed: () => void,
): void {
  if (!client.watchesFiles) return;
  const watched = new Map<string, Promise<Disposable>>();
  connection.onDidChangeWatchedFiles(changed);
  const watch = (globPattern: string | { readonly baseUri: string; readonly pattern: string }): Promise<Disposable> =>
    connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern }] });
  const pattern = `*${PROFILE_SUFFIX}`;
  if (!client.watchesFolders) {
    void watch(`**/${pattern}`);
    return;
  }
  const follow = (): void => {
    const folders = new Set(documents.keys().flatMap((uri) => folderOf(uri) ?? []));
    for (const folder of folders) if (!watched.has(folder)) watched.set(folder, watch({ baseUri: folder, pattern }));
    for (const [folder, watcher] of watched) {
      if (folders.has(folder)) continue;
      watched.delete(folder);
      void watcher.then((own) => own.dispose());
    }
  };
  follow();
  documents.onDidOpen(follow);
  documents.onDidClose(follow);
}

/** The address of the folder that a document stands in; undefined for what is no file. */
function folderOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return pathToFileURL(path.dirname(fileURLToPath(uri))).href;
  } catch {
    return undefined;
  }
}

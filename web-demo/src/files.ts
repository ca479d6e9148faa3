import { URI } from '@codingame/monaco-vscode-api/vscode/vs/base/common/uri';
import {
  createIndexedDBProviders,
  IndexedDB,
  IndexedDBFileSystemProvider,
  initFile,
  registerFileSystemOverlay,
} from '@codingame/monaco-vscode-files-service-override';
import { readShipped, type ShippedFiles } from './shipped-extension.ts';

/** The folder that is open, with the examples in it. */
export const FOLDER = URI.file('/examples');

const STORE = 'files';
const EXAMPLE = /^examples\/(.+\.mae)$/;

/** Whether what a person writes is there when the page is opened again. */
export type Keeping = 'kept' | 'until closed';

/**
 * Brings the examples into the folder, unless it is there from an earlier visit. Files, settings and the state of the window are
 * kept in the browser's IndexedDB; where it gives none, as some do in private windows, in memory.
 */
export async function openFolder(files: ShippedFiles): Promise<Keeping> {
  const kept = await keepFiles().catch((error: unknown) => {
    console.warn('The browser keeps nothing for this page.', error);
    return undefined;
  });
  const isNew = kept === undefined || (await kept.stat(FOLDER).catch(() => undefined)) === undefined;
  if (isNew) await Promise.all(Object.keys(files).map(copyExample));
  return kept === undefined ? 'until closed' : 'kept';
}

async function keepFiles(): Promise<IndexedDBFileSystemProvider> {
  // A host may have several such pages: each has files of its own.
  const database = await IndexedDB.create(`mae-det ${location.pathname}`, 1, [STORE]);
  await createIndexedDBProviders();
  const provider = new IndexedDBFileSystemProvider(FOLDER.scheme, database, STORE, true);
  registerFileSystemOverlay(1, provider);
  return provider;
}

async function copyExample(path: string): Promise<void> {
  const name = EXAMPLE.exec(path)?.[1];
  if (name !== undefined) await initFile(URI.joinPath(FOLDER, name), await readShipped(path));
}

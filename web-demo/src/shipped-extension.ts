import { ExtensionHostKind, type IExtensionManifest, registerExtension } from '@codingame/monaco-vscode-api/extensions';

/** Where the build puts the extension, beside the page. */
const FOLDER = new URL('extension/', document.baseURI);

/** What the build writes of it: the paths of its files, with their sizes in bytes. */
export type ShippedFiles = Readonly<Record<string, number>>;

export async function readShipped(path: string): Promise<Uint8Array> {
  const address = new URL(path, FOLDER);
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address.href} could not be read: ${answer.status} ${answer.statusText}`);
  return new Uint8Array(await answer.arrayBuffer());
}

const readJson = async <T>(path: string): Promise<T> => JSON.parse(new TextDecoder().decode(await readShipped(path)));

export const shippedFiles = (): Promise<ShippedFiles> => readJson<ShippedFiles>('files.json');

/**
 * Gives VS Code the extension before it starts, so that nothing that it shows again lacks an icon. Files are fetched when they are
 * asked for.
 *
 * @returns what waits until the extension's commands are there
 */
export async function registerShipped(files: ShippedFiles): Promise<() => Promise<void>> {
  const manifest = await readJson<IExtensionManifest>('package.json');
  const extension = registerExtension(manifest, ExtensionHostKind.LocalWebWorker, { system: true });
  for (const [path, size] of Object.entries(files))
    extension.registerFileUrl(path, new URL(path, FOLDER).href, { size });
  return extension.whenReady;
}

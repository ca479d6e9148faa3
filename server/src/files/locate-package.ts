import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Where a package that is not bundled begins, and its manifest. */
export interface LocatedPackage {
  readonly entry: string;
  readonly manifest: string;
}

/** The package in the first of the folders that holds it. */
export function locatePackage(name: string, folders: readonly string[]): LocatedPackage | undefined {
  for (const folder of folders) {
    // The file need not exist: resolution begins in its folder.
    const fromFolder = createRequire(join(folder, 'resolve.js'));
    try {
      return { entry: fromFolder.resolve(name), manifest: fromFolder.resolve(`${name}/package.json`) };
    } catch {
      // Not in this folder or above it: the next one may have it.
    }
  }
  return undefined;
}

import { statSync } from 'node:fs';

/** The files among some paths: what stands there would be lost. A pipe or a device is there to be written to. */
export const taken = (paths: readonly string[]): string[] =>
  paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);

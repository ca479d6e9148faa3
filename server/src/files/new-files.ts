import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Content } from './write-whole.ts';

/** A file that is to be written. */
export interface NewFile {
  readonly path: string;
  readonly content: Content;
}

/** A file with those that belong into its folder. */
export const withBeside = (
  path: string,
  content: Content,
  beside: readonly { readonly file: string; readonly content: Content }[] = [],
): readonly NewFile[] => [
  { path, content },
  ...beside.map((one) => ({ path: join(dirname(path), one.file), content: one.content })),
];

/** Those of some files where something stands that would be lost. A pipe or a device is there to be written to. */
export const taken = (files: readonly NewFile[]): string[] =>
  files.map(({ path }) => path).filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);

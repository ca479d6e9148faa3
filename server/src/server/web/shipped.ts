import type { ShippedFolder, ShippedText } from '../host.ts';

/** Texts by their path in the package: a browser has no files, so that the build writes them into the bundle. */
declare const SHIPPED_TEXTS: Readonly<Record<string, string>>;

const SUFFIX = '.mae';

/** @param root where the package's files have their addresses */
export const shippedTexts = (folder: ShippedFolder, root: string): readonly ShippedText[] =>
  Object.entries(SHIPPED_TEXTS).flatMap(([path, text]) => {
    const name = path.slice(folder.length + 1, -SUFFIX.length);
    return path.startsWith(`${folder}/`) && !name.includes('/') ? [{ name, uri: `${root}/${path}`, text }] : [];
  });

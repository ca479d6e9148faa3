import { basename, dirname, join, resolve } from 'node:path';
import { errorCode, FILE_SYSTEM, type FileSystem } from './file-system.ts';

/** Links to links that are followed; more are a circle. */
const MOST_LINKS = 40;

/** Where a path leads in the end, also over links to a file that does not exist yet. */
export function targetOf(path: string, fs: FileSystem = FILE_SYSTEM): string {
  let target = resolve(path);
  for (let link = 0; link < MOST_LINKS; link++) {
    if (fs.lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return inRealFolder(target, fs);
    target = resolve(dirname(target), fs.readlinkSync(target));
  }
  throw Object.assign(new Error('a link to itself'), { code: 'ELOOP' });
}

function inRealFolder(path: string, fs: FileSystem): string {
  try {
    return join(fs.realpathSync(dirname(path)), basename(path));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return path;
    throw error;
  }
}

/** Whether two paths name one file: by links, by relative names, or because the file system tells no capitals apart. */
export function isSameFile(a: string, b: string, fs: FileSystem = FILE_SYSTEM): boolean {
  try {
    if (targetOf(a, fs) === targetOf(b, fs)) return true;
    const [one, other] = [a, b].map((path) => fs.statSync(path, { bigint: true, throwIfNoEntry: false }));
    return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev;
  } catch {
    // What cannot be looked at is no file that could be lost.
    return false;
  }
}

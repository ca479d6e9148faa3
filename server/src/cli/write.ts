import { access, constants, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { done, EXIT, fail, type Outcome } from './exit.ts';
import { errorCode, readSource, type Source } from './source.ts';

const BOM = '\uFEFF';

/**
 * Writes a whole file or nothing of it: to a temporary file beside it that then takes its place. A link stays a link,
 * an existing file keeps its mode, and one that is read-only stays as it is.
 */
export async function writeText(path: string, text: string): Promise<Outcome<undefined>> {
  let temporary: string | undefined;
  try {
    const target = await realpath(path).catch(() => path);
    const existing = await stat(target).catch(() => undefined);
    if (existing?.isDirectory()) return fail(EXIT.environment, unwritable(path, 'it is a folder'));
    if (existing !== undefined && !existing.isFile()) return await writeThrough(target, text);
    // The superuser may write everywhere, and still means the mode that was set.
    if (existing !== undefined && (existing.mode & 0o222) === 0)
      return fail(EXIT.environment, unwritable(path, 'it is read-only'));
    if (existing !== undefined) await access(target, constants.W_OK);
    const candidate = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    const file = await open(candidate, 'wx', existing?.mode ?? 0o666);
    temporary = candidate;
    try {
      await file.writeFile(text);
      // The mode of open() is cut by the umask.
      if (existing !== undefined) await file.chmod(existing.mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(candidate, target);
    temporary = undefined;
    return done(undefined);
  } catch (error) {
    return fail(EXIT.environment, unwritable(path, REASONS[errorCode(error)] ?? errorCode(error)));
  } finally {
    if (temporary !== undefined) await rm(temporary, { force: true });
  }
}

/** A pipe or a device cannot be replaced: it is written to. */
async function writeThrough(target: string, text: string): Promise<Outcome<undefined>> {
  const file = await open(target, 'w');
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
  return done(undefined);
}

/** Replaces the text of a file that was read, with its byte-order mark. Nothing is written when nothing changes. */
export function writeBack(source: Source, text: string): Promise<Outcome<undefined>> {
  if (text === source.text) return Promise.resolve(done(undefined));
  return writeText(source.path, (source.bom ? BOM : '') + text);
}

/** The file as it stands now, for a write-back after a long time: undefined text when it vanished. */
export async function readAgain(source: Source): Promise<Outcome<Source>> {
  const now = await readSource(source.path);
  if (now.ok) return now;
  return fail(EXIT.environment, unwritable(source.path, 'it vanished or can no longer be read'));
}

export const unwritable = (path: string, why: string): string => `${path}:1:1: error[file]: Cannot write: ${why}.`;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'you have no permission',
  EPERM: 'you have no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EEXIST: 'another program is writing it',
};

import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { FILE_SYSTEM, type FileSystem, writeFault } from './file-system.ts';
import { targetOf } from './paths.ts';

/** A text, or the bytes of a large file piece by piece. */
export type Content = string | Iterable<Uint8Array>;

/** Whether a file was written, or why not, in words that end a sentence. */
export type Writing = { readonly ok: true } | { readonly ok: false; readonly why: string };

/** What a path leads to that is to be written. */
export type Writable =
  | { readonly kind: 'file'; readonly target: string; readonly existing: Stats | undefined }
  /** A pipe or a device, which nothing can take the place of. */
  | { readonly kind: 'stream' }
  | { readonly kind: 'not'; readonly why: string };

/** Looks at what is to be written: a link stays a link, and what is read-only stays as it is. */
export function writable(path: string, fs: FileSystem = FILE_SYSTEM): Writable {
  try {
    const existing = fs.statSync(path, { throwIfNoEntry: false });
    if (existing?.isDirectory()) return { kind: 'not', why: 'it is a folder' };
    if (existing?.isFile() === false) return { kind: 'stream' };
    // The superuser may write everywhere, and still means the mode that was set.
    if (existing !== undefined && (existing.mode & 0o222) === 0) return { kind: 'not', why: 'it is read-only' };
    const target = targetOf(path, fs);
    fs.accessSync(existing === undefined ? dirname(target) : target, constants.W_OK);
    return { kind: 'file', target, existing };
  } catch (error) {
    return { kind: 'not', why: writeFault(error) };
  }
}

/**
 * Writes a whole file or nothing of it: to a temporary file beside it, which takes its place when all of it is on the disk.
 * A reader, a full disk, a kill or a power cut meets either the old file or the new one. A link stays a link, and an
 * existing file keeps its mode and, where that is allowed, its owner.
 */
export function writeWhole(path: string, content: Content, fs: FileSystem = FILE_SYSTEM): Writing {
  const work = writeWholeInParts(path, content, fs);
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}

/** As writeWhole, and stops after each piece: whoever gives it up there, by `return`, leaves nothing of it on the disk. */
export function* writeWholeInParts(
  path: string,
  content: Content,
  fs: FileSystem = FILE_SYSTEM,
): Generator<void, Writing, void> {
  const found = writable(path, fs);
  if (found.kind === 'not') return { ok: false, why: found.why };
  if (found.kind === 'stream') return { ok: false, why: 'it is no regular file' };
  const { target, existing } = found;
  let temporary: string | undefined;
  try {
    sweep(target, fs);
    const candidate = join(dirname(target), temporaryName(target));
    const file = fs.openSync(candidate, 'wx', existing?.mode ?? 0o666);
    temporary = candidate;
    try {
      if (existing !== undefined) keepOwner(file, existing, fs);
      for (const bytes of typeof content === 'string' ? [Buffer.from(content)] : content) {
        writeAll(file, bytes, fs);
        yield;
      }
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
    fs.renameSync(candidate, target);
    temporary = undefined;
    syncFolder(dirname(target), fs);
    return { ok: true };
  } catch (error) {
    return { ok: false, why: writeFault(error) };
  } finally {
    if (temporary !== undefined) fs.rmSync(temporary, { force: true });
  }
}

/** The system may take less than it is given, as on a disk that is almost full: the rest is given again until it refuses. */
function writeAll(file: number, bytes: Uint8Array, fs: FileSystem): void {
  for (let written = 0; written < bytes.length; ) {
    const taken = fs.writeSync(file, bytes, written, bytes.length - written);
    if (taken <= 0) throw Object.assign(new Error('nothing was taken'), { code: 'ENOSPC' });
    written += taken;
  }
}

/** The mode last: a change of owner clears some of its bits, and open() had it cut by the umask. */
function keepOwner(file: number, { uid, gid, mode }: Stats, fs: FileSystem): void {
  const own = fs.fstatSync(file);
  if (own.uid !== uid || own.gid !== gid) {
    try {
      fs.fchownSync(file, uid, gid);
    } catch {
      // Only the superuser may give files away; others' new file is their own.
    }
  }
  fs.fchmodSync(file, mode);
}

/** Makes the new name last too. Not every system can: Windows opens no folders, some file systems do not sync them. */
function syncFolder(folder: string, fs: FileSystem): void {
  try {
    const handle = fs.openSync(folder, 'r');
    try {
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  } catch {
    // The file itself is written.
  }
}

/** Names are at most 255 bytes long; so much of a file's own name tells whose temporary file it is. */
const NAME_KEPT = 40;
const prefixOf = (target: string): string => `.${basename(target).slice(0, NAME_KEPT)}.`;

/** `.NAME.PROCESS.RANDOM.tmp`: processes of two containers may have the same number. */
const temporaryName = (target: string): string =>
  `${prefixOf(target)}${process.pid}.${randomBytes(6).toString('hex')}.tmp`;

/** Removes what processes left that were killed while they wrote this file. */
function sweep(target: string, fs: FileSystem): void {
  const folder = dirname(target);
  const prefix = prefixOf(target);
  for (const name of namesIn(folder, fs)) {
    if (!name.startsWith(prefix)) continue;
    const [, pid] = /^(\d+)\.[0-9a-f]{12}\.tmp$/.exec(name.slice(prefix.length)) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) fs.rmSync(join(folder, name), { force: true });
  }
}

/** Nothing where files may be written and not be listed. */
function namesIn(folder: string, fs: FileSystem): readonly string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

/** This process writes one file at a time, so that what has its number is of an earlier process. */
export function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

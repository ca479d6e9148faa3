import { existsSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { writeFault } from '../files/file-system.ts';
import { locked } from '../files/lock.ts';
import { isSameFile } from '../files/paths.ts';
import { type Content, writable, writeWhole } from '../files/write-whole.ts';
import { done, EXIT, fail, type Outcome } from './exit.ts';
import { readSource, type Source } from './source.ts';

const BOM = '\uFEFF';

/** Writes a whole file or nothing of it; see `writeWhole`. A pipe or a device cannot be replaced: it is written to. */
export async function writeFile(path: string, content: Content): Promise<Outcome<undefined>> {
  const found = writable(path);
  if (found.kind === 'stream') return writeThrough(path, content);
  const writing = writeWhole(path, content);
  return writing.ok ? done(undefined) : fail(EXIT.environment, unwritable(path, writing.why));
}

async function writeThrough(path: string, content: Content): Promise<Outcome<undefined>> {
  try {
    const file = await open(path, 'w');
    try {
      for (const piece of typeof content === 'string' ? [content] : content) await file.writeFile(piece);
    } finally {
      await file.close();
    }
    return done(undefined);
  } catch (error) {
    return fail(EXIT.environment, unwritable(path, writeFault(error)));
  }
}

/**
 * Replaces the text of a file that was read, with its byte-order mark. Nothing is written when nothing changes, nor when
 * the file is no longer what was read: of several who write at once one does, and the others say so.
 */
export async function writeBack(source: Source, text: string): Promise<Outcome<undefined>> {
  if (text === source.text) return done(undefined);
  const { path, bom } = source;
  const whole = (content: string): string => (bom ? BOM : '') + content;
  const found = writable(path);
  if (found.kind === 'stream') return writeThrough(path, whole(text));
  if (found.kind === 'not') return fail(EXIT.environment, unwritable(path, found.why));
  const written = locked(path, (): Outcome<undefined> => {
    if (!holds(path, whole(source.text))) {
      return fail(EXIT.environment, unwritable(path, 'it was changed by another program meanwhile'));
    }
    const writing = writeWhole(path, whole(text));
    return writing.ok ? done(undefined) : fail(EXIT.environment, unwritable(path, writing.why));
  });
  return (
    written ?? fail(EXIT.environment, unwritable(path, 'another program is writing it, or its folder is read-only'))
  );
}

function holds(path: string, text: string): boolean {
  try {
    return readFileSync(path).equals(Buffer.from(text));
  } catch {
    return false;
  }
}

/** The file as it stands now, for a write-back after a long time: undefined text when it vanished. */
export async function readAgain(source: Source): Promise<Outcome<Source>> {
  const now = await readSource(source.path);
  if (now.ok) return now;
  return fail(EXIT.environment, unwritable(source.path, 'it vanished or can no longer be read'));
}

/** What a person may lose is written over only where the command was told so. */
export function mayWrite(path: string, force: boolean | undefined): Outcome<undefined> {
  if (force === true || !existsSync(path)) return done(undefined);
  const found = writable(path);
  // A pipe or a device loses nothing.
  if (found.kind === 'stream') return done(undefined);
  const why = found.kind === 'not' ? found.why : 'it is there already, and --force would write over it';
  return fail(EXIT.environment, unwritable(path, why));
}

export const unwritable = (path: string, why: string): string => `${path}:1:1: error[file]: Cannot write: ${why}.`;

/** Writes a text made of a file to a place that may be that very file, which then must still be what was read. */
export const writeTo = (place: string, source: Source, text: string): Promise<Outcome<undefined>> =>
  isSameFile(place, source.path) ? writeBack(source, text) : writeFile(place, text);

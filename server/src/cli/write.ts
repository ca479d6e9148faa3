import { open } from 'node:fs/promises';
import { writeFault } from '../files/file-system.ts';
import { writable, writeWhole } from '../files/write-whole.ts';
import { done, EXIT, fail, type Outcome } from './exit.ts';
import { readSource, type Source } from './source.ts';

const BOM = '\uFEFF';

/** Writes a whole file or nothing of it; see `writeWhole`. A pipe or a device cannot be replaced: it is written to. */
export async function writeText(path: string, text: string): Promise<Outcome<undefined>> {
  const found = writable(path);
  if (found.kind === 'stream') return writeThrough(path, text);
  const writing = writeWhole(path, text);
  return writing.ok ? done(undefined) : fail(EXIT.environment, unwritable(path, writing.why));
}

async function writeThrough(path: string, text: string): Promise<Outcome<undefined>> {
  try {
    const file = await open(path, 'w');
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    return done(undefined);
  } catch (error) {
    return fail(EXIT.environment, unwritable(path, writeFault(error)));
  }
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

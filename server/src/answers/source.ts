import { type FileHandle, open } from 'node:fs/promises';
import { errorCode } from '../files/file-system.ts';
import { done, EXIT, type ExitCode, type Failure, type Outcome } from './exit.ts';

/** A text file as it was read. */
export interface Source {
  readonly path: string;
  /** Without the byte-order mark, so that columns are those of an editor. */
  readonly text: string;
  readonly bom: boolean;
}

/** Twice the largest design in UTF-8. A file beyond it is not read at all: it may be endless. */
export const MAX_BYTES = 8_000_000;

/** The path by which commands name standard input. */
export const STDIN = '-';

const BOM = '\uFEFF';

/** Reads a text file, or standard input where the path is `-`. What is wrong with it is said with the place, as compilers do. */
export async function readSource(path: string): Promise<Outcome<Source>> {
  let file: FileHandle | undefined;
  try {
    if (path !== STDIN) file = await open(path, 'r');
    const bytes = await atMost(file === undefined ? process.stdin : piecesOf(file), MAX_BYTES);
    if (bytes === undefined)
      return failAt(
        EXIT.input,
        path,
        `This file is larger than ${MAX_BYTES / 1e6} MB: a design or a structure is a small text file.`,
      );
    return decode(path, bytes);
  } catch (error) {
    return unreadable(path, error);
  } finally {
    await file?.close();
  }
}

/** A message about a file as a whole. */
export const at = (path: string, message: string, line = 1, column = 1): string =>
  `${path}:${line}:${column}: error[file]: ${message}`;

const failAt = (exit: ExitCode, path: string, message: string, line = 1, column = 1): Failure => ({
  ok: false,
  exit,
  message: at(path, message, line, column),
  fault: { message, line, column },
});

async function* piecesOf(file: FileHandle): AsyncIterable<Uint8Array> {
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(1 << 16), 0, 1 << 16, null);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

async function atMost(pieces: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer | undefined> {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > limit) return undefined;
    read.push(piece);
  }
  return Buffer.concat(read, size);
}

function decode(path: string, bytes: Buffer): Outcome<Source> {
  const utf16 = bytes.length >= 2 && (bytes.readUInt16BE(0) === 0xfffe || bytes.readUInt16BE(0) === 0xfeff);
  if (utf16) return failAt(EXIT.input, path, 'This file is UTF-16: save it as UTF-8.');
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const bad = text.indexOf('\uFFFD');
  // The replacement character may stand in the file itself; then the bytes are the same again.
  if (bad >= 0 && !Buffer.from(text, 'utf8').equals(bytes)) {
    const before = text.slice(0, bad).split(/\r\n|\r|\n/);
    const binary = bytes.includes(0);
    const message = binary
      ? 'This is a binary file, not a text: give a .mae or a structure file.'
      : 'This is not UTF-8: save the file as UTF-8.';
    return failAt(EXIT.input, path, message, before.length, (before[before.length - 1]?.length ?? 0) + 1);
  }
  const bom = text.startsWith(BOM);
  return done({ path, text: bom ? text.slice(1) : text, bom });
}

/** Why the system does not let a file be read. */
export function unreadable(path: string, error: unknown): Outcome<never> {
  const code = errorCode(error);
  const [exit, message] = REASONS[code] ?? [EXIT.environment, `This file cannot be read (${code}).`];
  return failAt(exit, path, message);
}

const REASONS: Readonly<Record<string, readonly [ExitCode, string]>> = {
  ENOENT: [EXIT.input, 'There is no such file: check the path.'],
  ENOTDIR: [EXIT.input, 'There is no such file: a part of the path is no folder.'],
  EISDIR: [EXIT.input, 'This is a folder: name a file in it.'],
  EACCES: [EXIT.environment, 'You may not read this file: change its permissions.'],
  EPERM: [EXIT.environment, 'You may not read this file: change its permissions.'],
};

import { errorCode, FILE_SYSTEM, type FileSystem } from './file-system.ts';

/** A file that is read here and there, however large it is. */
export interface OpenFile {
  readonly size: number;
  /** Exactly so many bytes from there on; thrown where the file has become shorter. */
  read(offset: number, length: number): Uint8Array;
  close(): void;
}

/** Opens a regular file; undefined for what has no size, such as a pipe. What the system refuses is thrown as it says it. */
export function openFile(path: string, fs: FileSystem = FILE_SYSTEM): OpenFile | undefined {
  // A pipe would block the opening until somebody writes.
  const found = fs.statSync(path);
  if (found.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  if (!found.isFile()) return undefined;
  const file = fs.openSync(path, 'r');
  return {
    size: fs.fstatSync(file).size,
    read: (offset, length) => {
      const bytes = new Uint8Array(length);
      for (let got = 0; got < length; ) {
        const read = fs.readSync(file, bytes, got, length - got, offset + got);
        if (read === 0) throw new Error('it became shorter while it was read');
        got += read;
      }
      return bytes;
    },
    close: () => fs.closeSync(file),
  };
}

/** Opens a regular file for as long as some work takes; undefined for what has no size. What the system refuses is thrown. */
export function withFile<T>(path: string, work: (file: OpenFile) => T): T | undefined {
  const file = openFile(path);
  if (file === undefined) return undefined;
  try {
    return work(file);
  } finally {
    file.close();
  }
}

/** Why the system does not let a file be read, in a sentence. */
export function readFault(error: unknown): string {
  const code = errorCode(error);
  return REASONS[code] ?? `This file cannot be read (${code}).`;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  ENOTDIR: 'There is no such file: a part of its path is no folder.',
  EISDIR: 'This is a folder.',
  EACCES: 'You may not read this file.',
  EPERM: 'You may not read this file.',
};

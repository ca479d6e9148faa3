import { errorCode, FILE_SYSTEM, type FileSystem } from './file-system.ts';

export type BoundedReading = { readonly text: string } | { readonly wrong: string };

/** The text of a regular file of at most so many bytes. A device may never end, and a pipe may never begin. */
export function readBounded(path: string, most: number, fs: FileSystem = FILE_SYSTEM): BoundedReading {
  try {
    if (!fs.statSync(path).isFile()) return { wrong: 'it is no regular file' };
    const file = fs.openSync(path, 'r');
    try {
      const chunks: Buffer[] = [];
      for (let size = 0; ; ) {
        const chunk = Buffer.allocUnsafe(CHUNK);
        const read = fs.readSync(file, chunk, 0, CHUNK, null);
        if (read === 0) return { text: Buffer.concat(chunks, size).toString('utf8') };
        size += read;
        if (size > most) return { wrong: `it is larger than ${most / 1e6} MB` };
        chunks.push(chunk.subarray(0, read));
      }
    } finally {
      fs.closeSync(file);
    }
  } catch (error) {
    return { wrong: REASONS[errorCode(error)] ?? `it cannot be read (${errorCode(error)})` };
  }
}

const CHUNK = 1 << 16;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
};

import { Transform, type TransformCallback } from 'node:stream';

/** No editor sends a larger message: documents of more than 50 MB are not sent at all. */
const MAX_LENGTH = 256e6;
/** Real headers are two short lines. */
const MAX_HEADER = 4096;
const HEADER_END = '\r\n\r\n';

/** How long the message is that a header announces, or what is wrong with the header. */
export function readLength(header: string): number | string {
  const lines = header.split('\r\n').flatMap((line) => /^content-length:(.*)$/i.exec(line)?.[1]?.trim() ?? []);
  const [length] = lines;
  if (length === undefined) return 'a header without Content-Length';
  if (!/^\d+$/.test(length)) return `a Content-Length that is no number: ${length.slice(0, 40)}`;
  return Number(length) > MAX_LENGTH ? `a message of ${length.slice(0, 40)} bytes` : Number(length);
}

/**
 * Lets messages of the protocol through as they are. A header that says no length, or an impossible one, is what the
 * library would wait behind for ever: here the stream ends with an error that says so.
 */
export class FramedInput extends Transform {
  private header: Buffer = Buffer.alloc(0);
  /** Bytes of the message that are still to come. */
  private body = 0;

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.push(chunk);
    done(this.fault(chunk));
  }

  private fault(chunk: Buffer): Error | null {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.body > 0) {
        const taken = Math.min(this.body, rest.length);
        this.body -= taken;
        rest = rest.subarray(taken);
        continue;
      }
      const seen = Buffer.concat([this.header, rest]);
      const end = seen.indexOf(HEADER_END);
      if (end < 0 && seen.length <= MAX_HEADER) {
        this.header = seen;
        return null;
      }
      const length = end < 0 ? 'a header that does not end' : readLength(seen.toString('latin1', 0, end));
      if (typeof length === 'string') return new Error(length);
      this.header = Buffer.alloc(0);
      this.body = length;
      rest = seen.subarray(end + HEADER_END.length);
    }
    return null;
  }
}

/** Bytes that can be read from anywhere: a file, or an array in a test. What lies between two readings costs nothing. */
export interface ByteSource {
  readonly size: number;
  /** Exactly so many bytes, or a thrown error; never asked for what is beyond the size. */
  read(offset: number, length: number): Uint8Array;
}

/** What is wrong with a file, and at which byte. It never leaves this folder but as a value. */
export class WireFault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** How a field of the protobuf wire format is written. Groups (3 and 4) are not in use since before ONNX. */
export const VARINT = 0;
export const FIXED64 = 1;
export const BYTES = 2;
export const FIXED32 = 5;
export type WireType = typeof VARINT | typeof FIXED64 | typeof BYTES | typeof FIXED32;

const WINDOW = 1 << 14;
/** Names are paths of modules; what is longer is no name. */
const LONGEST_TEXT = 1 << 16;
/** What all names, attributes and shapes of a file may take. The largest networks have some megabytes of them. */
const MOST_KEPT = 48e6;
const TWO_TO_32 = 2 ** 32;

/** A place in a file that moves on as it is read. Skipping is free: only what is asked for comes from the source. */
export class Cursor {
  position = 0;
  bytesRead = 0;
  readonly #source: ByteSource;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #window: Uint8Array = new Uint8Array(0);
  #start = 0;
  #kept = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get size(): number {
    return this.#source.size;
  }

  /** Up to 64 bits as a signed number; beyond 2⁵³ the nearest one, which is how «to the end» is written. */
  varint(): number {
    const at = this.position;
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte(at);
      const bits = byte & 0x7f;
      if (shift < 28) low += bits * 2 ** shift;
      else if (shift === 28) {
        low += (bits & 0xf) * 2 ** 28;
        high = bits >> 4;
      } else if (shift < 63) high += bits * 2 ** (shift - 32);
      else high += (bits & 1) * 2 ** 31;
      if (byte < 0x80) return (high >= 2 ** 31 ? high - TWO_TO_32 : high) * TWO_TO_32 + low;
    }
    throw new WireFault('a number has more than ten bytes', at);
  }

  /** The bytes of a small field. They are the caller's: nothing holds the file's window. */
  bytes(length: number): Uint8Array {
    this.keep(length);
    const { position } = this;
    if (length > this.size - position) throw new WireFault('the file ends inside a field', position);
    this.position += length;
    if (position >= this.#start && position + length <= this.#start + this.#window.length)
      return this.#window.slice(position - this.#start, position - this.#start + length);
    if (length > WINDOW) {
      this.bytesRead += length;
      return this.#source.read(position, length);
    }
    this.#fill(position);
    return this.#window.slice(0, length);
  }

  text(length: number): string {
    if (length > LONGEST_TEXT) throw new WireFault(`a name is ${length} bytes long`, this.position);
    // An empty name takes room too.
    this.keep(16);
    return this.#decoder.decode(this.bytes(length));
  }

  /** Counts what is kept in memory of the file, so that no file can fill it. */
  keep(bytes: number): void {
    this.#kept += bytes;
    if (this.#kept > MOST_KEPT)
      throw new WireFault(`names and attributes take more than ${MOST_KEPT / 1e6} MB`, this.position);
  }

  #byte(start: number): number {
    const { position } = this;
    if (position >= this.size) throw new WireFault('the file ends inside a number', start);
    if (position < this.#start || position >= this.#start + this.#window.length) this.#fill(position);
    this.position += 1;
    return this.#window[position - this.#start] ?? 0;
  }

  #fill(position: number): void {
    this.#start = position;
    this.#window = this.#source.read(position, Math.min(WINDOW, this.size - position));
    this.bytesRead += this.#window.length;
  }
}

/** What to do with one field: the ways it may be written, and what reads its payload, of so many bytes. */
export interface Field {
  readonly types: readonly WireType[];
  read(length: number, type: WireType): void;
}

/** The fields of a message that are of interest, by their numbers. All others are skipped. */
export type Fields = Readonly<Record<number, Field>>;

/** Reads a message that ends at a byte. `name` is what the ONNX specification calls it. */
export function readMessage(cursor: Cursor, end: number, name: string, fields: Fields): void {
  while (cursor.position < end) {
    const at = cursor.position;
    const key = cursor.varint();
    const number = Math.floor(key / 8);
    const type = wireType(key);
    if (type === undefined || number < 1 || number >= 2 ** 29)
      throw new WireFault(`no field of ${name} begins here: this is no protobuf`, at);
    const length = type === BYTES ? cursor.varint() : type === FIXED64 ? 8 : type === FIXED32 ? 4 : 0;
    const start = cursor.position;
    if (length < 0 || length > end - start)
      throw new WireFault(`field ${number} of ${name} is ${length} bytes long, and ${end - start} are left`, at);
    const field = fields[number];
    if (field === undefined) {
      if (type === VARINT) cursor.varint();
      else cursor.position = start + length;
    } else {
      if (!field.types.includes(type))
        throw new WireFault(`field ${number} of ${name} has wire type ${type} and not ${field.types.join(' or ')}`, at);
      field.read(length, type);
      if (type !== VARINT && cursor.position !== start + length)
        throw new WireFault(`field ${number} of ${name} does not end where its length says`, at);
    }
    if (cursor.position > end) throw new WireFault(`field ${number} of ${name} runs out of its message`, at);
  }
}

function wireType(key: number): WireType | undefined {
  const type = key % 8;
  return type === VARINT || type === FIXED64 || type === BYTES || type === FIXED32 ? type : undefined;
}

/** Bytes that are made when they are written: the weights of a large network are never all in memory. */
export interface LateBytes {
  readonly length: number;
  make(): Uint8Array;
}

type Piece = Uint8Array | LateBytes;

const encoder = new TextEncoder();

/** Wire types of protobuf. */
const VARINT = 0;
const BYTES = 2;
const FIXED32 = 5;

/** A message of protobuf's wire format, field by field. Fields are numbered as in onnx.proto. */
export class Message {
  private readonly pieces: Piece[] = [];
  /** In bytes. */
  length = 0;

  /** A whole number of up to 53 bits with its sign; a negative one takes ten bytes, as int64 does. */
  int(field: number, value: number): this {
    return this.varint(field * 8 + VARINT).varint(value);
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.varint(field * 8 + FIXED32).push(bytes);
  }

  text(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  bytes(field: number, value: Piece): this {
    return this.varint(field * 8 + BYTES)
      .varint(value.length)
      .push(value);
  }

  message(field: number, { pieces, length }: Message): this {
    this.varint(field * 8 + BYTES).varint(length);
    for (const piece of pieces) this.push(piece);
    return this;
  }

  /** Piece by piece. */
  *content(): Iterable<Uint8Array> {
    for (const piece of this.pieces) yield piece instanceof Uint8Array ? piece : piece.make();
  }

  /** All of it in one place. */
  whole(): Uint8Array {
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const bytes of this.content()) {
      all.set(bytes, at);
      at += bytes.length;
    }
    return all;
  }

  private push(piece: Piece): this {
    this.pieces.push(piece);
    this.length += piece.length;
    return this;
  }

  private varint(value: number): this {
    const bytes: number[] = [];
    let rest = BigInt.asUintN(64, BigInt(value));
    do {
      const low = Number(rest & 0x7fn);
      rest >>= 7n;
      bytes.push(rest > 0n ? low | 0x80 : low);
    } while (rest > 0n);
    return this.push(Uint8Array.from(bytes));
  }
}

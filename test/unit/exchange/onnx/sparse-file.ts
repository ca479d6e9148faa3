import * as fs from 'node:fs';
import { bytes, IMAGE, type NodeSpec, node, number, text, value, varint } from './encode.ts';

/** Float32 weights that stand inside the file, none of which is on the disk. */
export interface SparseWeight {
  readonly name: string;
  readonly dims: readonly number[];
}

/** Writes a model that is as large as its weights are and takes no room. */
export function writeSparse(path: string, nodes: readonly NodeSpec[], weights: readonly SparseWeight[]): void {
  const front = Uint8Array.from(nodes.flatMap((spec) => bytes(1, node(spec))));
  const tensors = weights.map(({ name, dims }) => {
    const hole = 4 * dims.reduce((all, size) => all * size, 1);
    const fields = [...dims.flatMap((size) => number(1, size)), ...number(2, 1), ...text(8, name)];
    const raw = [...varint(9 * 8 + 2), ...varint(hole)];
    const length = fields.length + raw.length + hole;
    return { head: Uint8Array.from([...varint(5 * 8 + 2), ...varint(length), ...fields, ...raw]), hole };
  });
  const input = bytes(11, value(IMAGE));
  const length = tensors.reduce((sum, { head, hole }) => sum + head.length + hole, front.length + input.length);
  const file = fs.openSync(path, 'w');
  let at = 0;
  const write = (content: Uint8Array): void => {
    at += fs.writeSync(file, content, 0, content.length, at);
  };
  write(Uint8Array.from([...number(1, 8), ...varint(7 * 8 + 2), ...varint(length)]));
  write(front);
  for (const { head, hole } of tensors) {
    write(head);
    at += hole;
  }
  write(Uint8Array.from([...input, ...bytes(8, number(2, 17))]));
  fs.closeSync(file);
}

/** A chain of so many 1×1 convolutions of `channels`, each with its own weights: 4 · channels² bytes, but for the first. */
export function writeChain(path: string, convolutions: number, channels: number): void {
  const places = Array.from({ length: convolutions }, (_, i) => i);
  writeSparse(
    path,
    places.map((i) => ({
      op: 'Conv',
      name: `/features/layer.${i}/conv`,
      in: [i === 0 ? IMAGE.name : `t${i - 1}`, `w${i}`],
      out: [`t${i}`],
    })),
    places.map((i) => ({ name: `w${i}`, dims: [channels, i === 0 ? 3 : channels, 1, 1] })),
  );
}

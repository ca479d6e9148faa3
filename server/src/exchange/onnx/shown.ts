import type { Layer } from './costs.ts';

/** Names are the file's: what would move a cursor, colour a terminal or turn a line around is left out, and what is long is cut. */
export function shown(text: string, longest: number): string {
  const plain = text.replace(/\p{C}/gu, '�');
  return plain.length <= longest ? plain : `…${plain.slice(1 - longest)}`;
}

/** What a layer goes by: its name, or that of what it makes. */
export const layerName = ({ step: { node } }: Layer): string =>
  node.name === '' ? (node.outputs[0] ?? '') : node.name;

import type { BlockKind, Group } from '../backbone/backbone.ts';

/** A block class of TinyNAS and the group it is (docs/method.md 1). */
export interface TinynasClass {
  readonly name: string;
  readonly block: BlockKind;
  readonly se: boolean;
  /** Keys that a block of this class must have, in the order in which they are exported. */
  readonly keys: readonly TinynasKey[];
}

export type TinynasKey = 'in' | 'out' | 'k' | 's' | 'L' | 'btn';

const SINGLE: readonly TinynasKey[] = ['in', 'out', 'k', 's'];
const REPEATED: readonly TinynasKey[] = [...SINGLE, 'L', 'btn'];

export const TINYNAS_CLASSES: readonly TinynasClass[] = [
  { name: 'ConvKXBNRELU', block: 'conv', se: false, keys: SINGLE },
  { name: 'SuperResK1KXK1', block: 'bottleneck', se: false, keys: REPEATED },
  { name: 'SuperResKXKX', block: 'basic', se: false, keys: REPEATED },
  { name: 'SuperResK1KX', block: 'k1kx', se: false, keys: REPEATED },
  { name: 'SuperResK1DWK1', block: 'inverted', se: false, keys: REPEATED },
  { name: 'SuperResK1DWSEK1', block: 'inverted', se: true, keys: REPEATED },
];

export const classNamed = (name: string): TinynasClass | undefined => TINYNAS_CLASSES.find((c) => c.name === name);

export const classOf = (g: Group): TinynasClass | undefined =>
  TINYNAS_CLASSES.find((c) => c.block === g.block && c.se === g.se);

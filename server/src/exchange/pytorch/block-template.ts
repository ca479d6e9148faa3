import type { Group } from '../../backbone/backbone.ts';
import type { Cell } from '../../graph/cell.ts';
import type { Call, Keywords } from './python.ts';

/** One block of a group, with the cell that it was lowered to. */
export interface PlacedBlock {
  readonly group: Group;
  readonly cell: Cell;
  readonly in: number;
  readonly out: number;
  readonly stride: number;
}

/** Which keyword arguments the calls of a class have, so that it is written with those alone. */
export interface Usage {
  readonly some: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}

/** Pieces that several classes are made of, each written once where it is used. */
export type Helper = 'ConvNormAct' | 'SqueezeExcite' | 'Shortcut' | 'ShuffleUnit' | 'channel_shuffle';

/** A class as a person writes it for a kind of block. What has none gets one from its cell: from-cell.ts. */
export interface BlockTemplate {
  /** The block's name in the language. */
  readonly block: string;
  /** The arguments of the language that it knows; a block with another one is written from its cell. */
  readonly knows: readonly string[];
  /** What builds one block. */
  readonly call: (block: PlacedBlock) => Call;
  /** The class that the call is of, where it is none of PyTorch's or of the helpers. */
  readonly source?: (usage: Usage) => string;
  readonly helpers: (usage: Usage) => readonly Helper[];
}

/** What a cell says about its shortcut and its squeeze-and-excitation. */
export function besides({ cell }: PlacedBlock): Keywords {
  const ops = (role: string) => cell.nodes.filter((node) => node.role === role).map(({ operator }) => operator);
  const shortcut = ops('shortcut');
  const [squeeze] = ops('squeeze-excite').flatMap((operator) => (operator.op === 'conv' ? [operator.out] : []));
  return {
    squeeze,
    project: shortcut.some(({ op }) => op === 'conv'),
    pool: shortcut.some(({ op }) => op === 'avgpool'),
  };
}

/** PyTorch's class for each activation. */
export const ACTS: Readonly<Record<string, string>> = {
  relu: 'nn.ReLU',
  relu6: 'nn.ReLU6',
  silu: 'nn.SiLU',
  hardswish: 'nn.Hardswish',
  gelu: 'nn.GELU',
  leaky: 'nn.LeakyReLU',
  sigmoid: 'nn.Sigmoid',
  none: 'nn.Identity',
};

/** The activation, where it is not the ReLU that every class has by default. */
export const act = ({ act: kind }: Group): string | undefined => (kind === 'relu' ? undefined : ACTS[kind]);

/** What is not at the default that PyTorch gives it too. */
export const unless = (value: number, usual: number): number | undefined => (value === usual ? undefined : value);

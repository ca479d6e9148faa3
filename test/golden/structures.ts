import { readFileSync } from 'node:fs';
import {
  type Backbone,
  type BlockKind,
  DEFAULT_WEIGHTS,
  group,
  type InputSize,
} from '../../server/src/backbone/backbone.ts';

/** One block as the authors' code writes it. */
interface TinynasBlock {
  readonly class: string;
  readonly out: number;
  readonly k: number;
  readonly s: number;
  readonly L?: number;
  readonly btn?: number;
}

export interface StructureCase {
  readonly name: string | null;
  readonly space: string;
  readonly structure_info: readonly TinynasBlock[];
  readonly conv_params: number;
  readonly conv_bn_params: number;
  readonly conv_layers_on_main_path: number;
  readonly macs: Readonly<Record<string, number>>;
  readonly block_out: Readonly<Record<string, readonly (readonly [number, number, number])[]>>;
  readonly tinynas: {
    readonly flops_480: number;
    readonly model_size: number;
    readonly stage_entropy: readonly number[];
    readonly stage_channels: readonly number[];
    readonly madnas: number;
    readonly deepmad_11118_480?: number;
  };
}

export interface MeasuredCase {
  readonly name: string | null;
  readonly space: string;
  readonly structure_info: readonly TinynasBlock[];
  readonly input: readonly [number, number, number];
  readonly relu: boolean;
  readonly seeds: number;
  readonly stage_log_std_mean: readonly number[];
  readonly stage_log_std_sd: readonly number[];
}

function load<T>(file: string): readonly T[] {
  const text = readFileSync(new URL(`../fixtures/golden/${file}`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly cases: readonly T[] }).cases;
}

export const structureCases = load<StructureCase>('structures.json');
export const measuredCases = load<MeasuredCase>('measured-entropy.json');

const KIND_OF: Readonly<Record<string, BlockKind>> = {
  ConvKXBNRELU: 'conv',
  SuperResK1KXK1: 'bottleneck',
  SuperResKXKX: 'basic',
  SuperResK1KX: 'k1kx',
  SuperResK1DWK1: 'inverted',
  SuperResK1DWSEK1: 'inverted',
};

/** The golden structure as a backbone, written without the importer, so that a defect there cannot hide one here. */
export function backboneOf(blocks: readonly TinynasBlock[], input: InputSize, name: string | null = null): Backbone {
  const groups = blocks.map((b) => {
    const block = KIND_OF[b.class];
    if (block === undefined) throw new Error(`no block for ${b.class}`);
    const se = b.class === 'SuperResK1DWSEK1';
    return group({ block, out: b.out, btn: b.btn ?? 0, kernel: b.k, stride: b.s, depth: b.L ?? 1, se });
  });
  return { name: name ?? 'golden', input, groups, weights: DEFAULT_WEIGHTS };
}

export const square = (side: number): InputSize => ({ channels: 3, height: side, width: side });
export const titleOf = (c: { name: string | null; space: string }, index: number): string =>
  `${index} ${c.space}${c.name === null ? '' : ` ${c.name}`}`;

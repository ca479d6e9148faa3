import {
  ACT,
  type Argument,
  BTN,
  DIL,
  GROUPS,
  K,
  OUT,
  PROJECT,
  S,
  SE,
  SHORTCUT,
  SQUEEZE,
  STRIDED,
} from './arguments.ts';
import type { BlockDefinition } from './block-definition.ts';
import { basic } from './blocks/basic.ts';
import { bottleneck } from './blocks/bottleneck.ts';
import { conv } from './blocks/conv.ts';
import { inverted } from './blocks/inverted.ts';
import { k1kx } from './blocks/k1kx.ts';
import { maxpool } from './blocks/maxpool.ts';
import { shuffle } from './blocks/shuffle.ts';
import { xception } from './blocks/xception.ts';

/** Every kind of block, in the order in which people are told of them. */
const registry = new Map<string, BlockDefinition>();

/** Arguments by their name, in the order in which they are written; those of the same name mean the same everywhere. */
const known = new Map<string, Argument>(
  [OUT, BTN, K, S, SHORTCUT, STRIDED, PROJECT, GROUPS, DIL, SE, SQUEEZE, ACT].map((argument) => [
    argument.name,
    argument,
  ]),
);

/** Adds a block to the language and to all that reads it. */
export function registerBlock(definition: BlockDefinition): void {
  registry.set(definition.name, definition);
  for (const argument of [...definition.required, ...definition.optional])
    if (!known.has(argument.name)) known.set(argument.name, argument);
}

for (const block of [conv, bottleneck, basic, k1kx, inverted, maxpool, shuffle, xception]) registerBlock(block);

export const blockNames = (): readonly string[] => [...registry.keys()];

export const blockNamed = (name: string): BlockDefinition | undefined => registry.get(name);

export const allBlocks = (): readonly BlockDefinition[] => [...registry.values()];

export const argumentNamed = (name: string): Argument | undefined => known.get(name);

export const allArguments = (): readonly Argument[] => [...known.values()];

/** The definition of a group's block. A group of no block is a mistake of the program: the language lets none through. */
export function blockOf({ block }: { readonly block: string }): BlockDefinition {
  const definition = registry.get(block);
  if (definition === undefined) throw new Error(`there is no block ${block}`);
  return definition;
}

/** The arguments that a block takes, required ones first. */
export const argumentsOf = ({ required, optional }: BlockDefinition): readonly Argument[] => [...required, ...optional];

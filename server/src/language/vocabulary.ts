import { type Argument, CHANNELS, type NumberRule } from '../backbone/arguments.ts';
import {
  allArguments,
  argumentNamed,
  blockNamed,
  blockNames,
  argumentsOf as ofDefinition,
} from '../backbone/blocks.ts';

/** Words of the language and what they take: read by the reader, completion, hover and the formatter. */

export const INPUT_CHANNELS: NumberRule = { ...CHANNELS, what: 'The number of input channels' };
export const INPUT_SIDE: NumberRule = { what: 'The input size', min: 1, max: 16_384, whole: true };
export const DEPTH: NumberRule = { what: 'The number of blocks', min: 1, max: 1_000, whole: true };
export const STAGE_WEIGHT: NumberRule = { what: 'The weight of a stage', min: 0, max: 1e6, whole: false };

export { argumentNamed, blockNamed, blockNames };

export const isBlockKind = (name: string): boolean => blockNamed(name) !== undefined;

/** Whether a block gives as many channels as it reads, as a max-pool does. */
export const keepsChannels = (block: string | undefined): boolean =>
  block !== undefined && blockNamed(block)?.keepsChannels === true;

/** The arguments that a block takes, required ones first; of what is no block all that there are. */
export function argumentsOf(block: string | undefined): readonly Argument[] {
  const definition = block === undefined ? undefined : blockNamed(block);
  return definition === undefined ? allArguments() : ofDefinition(definition);
}

export const argumentNames = (block: string | undefined): readonly string[] =>
  argumentsOf(block).map(({ name }) => name);

export const takes = (block: string, name: string): boolean => argumentsOf(block).some((a) => a.name === name);

/** The arguments that a block cannot do without. */
export const requiredNames = (block: string): readonly string[] =>
  (blockNamed(block)?.required ?? []).map(({ name }) => name);

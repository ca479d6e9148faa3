import type { Network } from '../backbone/lower.ts';
import type { Level } from './builder.ts';
import type { LevelRange, Part } from './detector.ts';
import type { LevelsArgument } from './part-definition.ts';
import { partNamed } from './parts.ts';

/** What a backbone hands on to necks and heads: its stages, or the outputs of a graph, in their order. */
export const outputsOf = ({ stages, groups, image }: Network): Level[] =>
  stages.map(({ name, last }) => ({ name, section: last, shape: groups[last]?.to ?? image }));

/** What cannot be read. */
export type RangeFault =
  | { readonly kind: 'missing'; readonly name: string; readonly end: 'first' | 'last' }
  | { readonly kind: 'backwards' };

/** The outputs of a range, from the finer to the coarser; or why there are none. */
export function levelsIn({ first, last }: LevelRange, outputs: readonly Level[]): readonly Level[] | RangeFault {
  const at = (name: string): number => outputs.findIndex((output) => output.name === name);
  const [from, to] = [at(first), at(last)];
  if (from < 0) return { kind: 'missing', name: first, end: 'first' };
  if (to < 0) return { kind: 'missing', name: last, end: 'last' };
  return from > to ? { kind: 'backwards' } : outputs.slice(from, to + 1);
}

/** The range that a neck of this kind reads where none is written. */
export function defaultRange(kind: string, outputs: readonly Level[]): LevelRange | undefined {
  const argument = partNamed(kind)?.arguments.find(({ type }) => type === 'levels');
  return argument?.type === 'levels' ? usualLevels(argument, outputs) : undefined;
}

/** The default of what a neck reads, by the names of these outputs. */
export function usualLevels(argument: LevelsArgument, outputs: readonly Level[]): LevelRange | undefined {
  const [finest, coarsest] = [outputs[0]?.name, outputs.at(-1)?.name];
  if (finest === undefined || coarsest === undefined) return undefined;
  if (argument.default === 'all') return { first: finest, last: coarsest };
  const [first = '', last = first] = argument.default.split('..');
  return { first: named(first, outputs), last: named(last, outputs) };
}

/** An output of this name, or of the resolution that a stage of this name has: C3 is an eighth of the image. */
function named(stage: string, outputs: readonly Level[]): string {
  if (outputs.some(({ name }) => name === stage)) return stage;
  return outputs.find(({ shape }) => `C${shape.halvings}` === stage)?.name ?? stage;
}

/** What a neck reads; without one, heads read every output. */
export function levelsRead(neck: Part | undefined, network: Network): readonly Level[] | RangeFault {
  const outputs = outputsOf(network);
  if (neck === undefined) return outputs;
  const range = neck.from ?? defaultRange(neck.kind, outputs);
  return range === undefined ? outputs : levelsIn(range, outputs);
}

export const isFault = (read: readonly Level[] | RangeFault): read is RangeFault => 'kind' in read;

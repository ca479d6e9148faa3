import type { NumberRule } from '../backbone/arguments.ts';
import type { PartArgument, PartDefinition } from '../detector/part-definition.ts';
import { allParts, partNamed } from '../detector/parts.ts';
import type { Synonyms } from './nearest.ts';
import { table } from './synonyms.ts';

/** Words of detectors and what they take: read by the reader, completion, hover and the formatter. */

export type PartRole = PartDefinition['role'];

export const CLASSES: NumberRule = { what: 'The number of classes', min: 1, max: 100_000, whole: true };

export const partsOfRole = (role: PartRole): readonly PartDefinition[] =>
  allParts().filter((part) => part.role === role);

export const partNames = (role: PartRole): readonly string[] => partsOfRole(role).map(({ name }) => name);

/** What others call each part, as the parts themselves say. */
export const partSynonyms = (): Synonyms => table(allParts().map(({ name, synonyms }) => [[name], synonyms] as const));

/** What others call each argument of a part, as the arguments themselves say. */
export const partArgumentSynonyms = (part: PartDefinition): Synonyms =>
  table(part.arguments.map(({ name, synonyms = '' }) => [[name], synonyms] as const));

export const partArgument = (part: PartDefinition, name: string): PartArgument | undefined =>
  part.arguments.find((argument) => argument.name === name);

/** Whether a word is a neck or head, whatever line it stands in. */
export const isPart = (name: string): boolean => partNamed(name) !== undefined;

/** Whether a part of this name takes such an argument. */
export const partTakes = (kind: string, name: string): boolean =>
  partNamed(kind)?.arguments.some((argument) => argument.name === name) === true;

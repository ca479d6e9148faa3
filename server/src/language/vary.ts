import type { NumberArgument } from '../backbone/arguments.ts';
import type { PartDefinition } from '../detector/part-definition.ts';
import { combinations, lighterValues, type Varied } from '../detector/variants.ts';
import { type DetectorLines, type PartSource, partSources } from './detector-source.ts';
import type { VaryUse } from './read-vary.ts';

type Parts = Pick<DetectorLines, 'neck' | 'heads'>;
type Use = Pick<VaryUse, 'part' | 'argument'>;

/** The part of a detector that `vary` names: `neck`, or a part by its kind. */
export const partCalled = (detector: Parts, word: string): PartSource | undefined =>
  word === 'neck' ? detector.neck : partSources(detector).find(({ definition }) => definition?.name === word);

/** What the parts of a detector may be called: the neck by either of two names. */
export const partWords = (detector: Parts): string[] => [
  ...(detector.neck === undefined ? [] : ['neck']),
  ...partSources(detector).flatMap(({ definition }) => definition?.name ?? []),
];

/** The numbers that a part takes, which alone can be lighter. */
export const numbersOf = (part: PartDefinition): readonly NumberArgument[] =>
  part.arguments.filter((argument) => argument.type === 'number');

/** What a use of `vary` means in a detector; undefined where it means nothing. */
export function variedBy(detector: Parts, { part: word, argument: name }: Use): Varied | undefined {
  const definition = partCalled(detector, word)?.definition;
  const argument = definition && numbersOf(definition).find((own) => own.name === name);
  if (definition === undefined || argument === undefined) return undefined;
  return { name: `${word}.${argument.name}`, kind: definition.name, argument };
}

/** The written value of what is varied and the lighter ones; none where it is not known. */
export function valuesTried(detector: Parts, use: Use): number[] {
  const varied = variedBy(detector, use);
  const written = partCalled(detector, use.part)?.values[use.argument ?? ''];
  return varied === undefined || typeof written !== 'number' ? [] : lighterValues(varied.argument, written);
}

/** How many combinations of values a search has; 1 where nothing can be lighter. */
export const variantCount = (detector: Parts, uses: readonly Use[]): number =>
  combinations(uses.map((use) => valuesTried(detector, use)));

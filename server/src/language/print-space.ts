import type { Choices, PlaceLimits, Space, Widths } from '../space/space.ts';
import { KEPT_FIELDS, OWN, PLACE_WORDS, SPACE_WORDS, spaceWord } from './space-words.ts';

/** A line of a space: its word and what stands behind it. */
export type PrintedLine = readonly [word: string, value: string];

/** Everything that a space says, as lines of the language, without what it is like. */
export function printedLines(space: Space): PrintedLine[] {
  const words = SPACE_WORDS.flatMap((word): PrintedLine[] => {
    const { type } = spaceWord(word);
    if (type === 'like' || (type === 'keep' && space.keep.length === 0)) return [];
    return [[word, type === 'keep' ? keptText(space) : (valueText(word, space) ?? '')]];
  });
  const places = Object.entries({ stem: space.stem, ...space.places });
  return [...words, ...places.flatMap(([name, limits]) => placeLine(name, limits))];
}

function placeLine(name: string, limits: PlaceLimits): PrintedLine[] {
  const lines = PLACE_WORDS.flatMap((word) => {
    const value = valueText(word, limits);
    return value === undefined ? [] : [`${word} ${value}`];
  });
  return lines.length === 0 ? [] : [[name, `{ ${lines.join('  ')} }`]];
}

function valueText(
  name: (typeof SPACE_WORDS)[number],
  limits: PlaceLimits & Partial<Omit<Space, keyof PlaceLimits>>,
): string | undefined {
  const word = spaceWord(name);
  switch (word.type) {
    case 'range':
      return limits[word.field] === undefined ? undefined : rangeText(limits[word.field] ?? {});
    case 'kernels':
      return limits.kernels && choicesText(limits.kernels);
    case 'blocks':
      return limits.blocks && choicesText(limits.blocks);
    case 'number':
      return limits[word.field]?.toString();
    case 'flag':
      return limits[word.field] === undefined ? undefined : limits[word.field] === true ? 'yes' : 'no';
    default:
      return undefined;
  }
}

/** «16..1024 step 16»; an end that is not said is left out. */
export function rangeText({ least, most, step }: { readonly [N in keyof Widths]?: number | undefined }): string {
  const range = least !== undefined && least === most ? String(least) : `${least ?? ''}..${most ?? ''}`;
  return step === undefined ? range : `${range} step ${step}`;
}

const choicesText = ({ own, of }: Choices<number | string>): string => [...(own ? [OWN] : []), ...of].join(', ');

const WORDS = Object.fromEntries(Object.entries(KEPT_FIELDS).map(([word, field]) => [field, word]));

const keptText = ({ keep }: Space): string =>
  keep.map(({ place, field }) => (field === undefined ? place : `${place}.${WORDS[field] ?? field}`)).join(', ');

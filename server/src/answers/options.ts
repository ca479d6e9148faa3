import type { ImageSize } from '../backbone/backbone.ts';
import { alternatives } from '../language/nearest.ts';
import { type NumberRule, readQuantity } from '../language/quantity.ts';
import { readSize } from '../language/size.ts';
import { done, EXIT, fail, type Outcome } from './exit.ts';

/** Options arrive as text; what is wrong with one is a mistake of usage. */
const wrong = (option: string, message: string) => fail(EXIT.usage, `error: option ${option}: ${message}`);

/** What `--seed` may be. */
export const SEED: NumberRule = { what: 'seed', min: 0, max: Number.MAX_SAFE_INTEGER, whole: true };

/** A number, with the suffixes that the language has: --evaluations 96k. */
export function numberOption(option: string, text: string, rule: NumberRule): Outcome<number> {
  const read = readQuantity(text, { ...rule, what: 'the value' });
  return read.ok ? done(read.value) : wrong(option, read.message);
}

export function choiceOption<T extends string>(option: string, text: string, choices: readonly T[]): Outcome<T> {
  const found = choices.find((choice) => choice === text);
  return found === undefined ? wrong(option, `'${text}' is not ${alternatives(choices)}.`) : done(found);
}

/** HEIGHTxWIDTH, such as 800x1280. */
export function sizeOption(option: string, text: string): Outcome<ImageSize> {
  const read = readSize(text);
  return read.ok ? done(read.value) : wrong(option, read.message);
}

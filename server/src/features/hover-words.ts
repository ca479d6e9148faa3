import { isCostName } from '../cost/budget.ts';
import {
  isSettingName,
  type NumberSetting,
  SEARCH_SETTINGS,
  type SearchSource,
  type WordSetting,
} from '../language/read-search.ts';
import { ARGUMENTS, type ArgumentName, type ChoiceArgument, type NumberArgument } from '../language/vocabulary.ts';
import { ARGUMENT_FORMULAS, COSTS, type WordDoc } from '../language/word-docs.ts';
import { code, example, paragraphs, table } from './markdown.ts';

/** A word of the language with its formula and an example. */
export const wordHover = (word: string, { doc, formula, example: line }: WordDoc): string =>
  paragraphs(`**${word}** · ${doc}`, formula === undefined ? undefined : code(formula), example(line));

export function argumentHover(name: ArgumentName): string {
  const argument: NumberArgument | ChoiceArgument = ARGUMENTS[name];
  if (argument.type === 'number') {
    const { min, max, odd } = argument.rule;
    const kind = odd === true ? 'An odd whole number' : 'A whole number';
    const formula = ARGUMENT_FORMULAS[name];
    const title = `**${name}** · ${argument.doc}`;
    return paragraphs(title, formula === undefined ? undefined : code(formula), `${kind} from ${min} to ${max}.`);
  }
  const values = Object.entries(argument.values).map(([value, meaning]) => [code(value), meaning]);
  return paragraphs(
    `**${name}** · ${argument.doc}`,
    table(['value', 'meaning'], values, [1]),
    `Default: ${code(argument.default)}.`,
  );
}

export function costHover(name: string): string | undefined {
  if (!isCostName(name)) return undefined;
  const { doc, formula } = COSTS[name];
  return paragraphs(`**${name}** · ${doc}`, code(formula));
}

export function settingHover(name: string): string | undefined {
  if (!isSettingName(name)) return undefined;
  const setting: NumberSetting | WordSetting = SEARCH_SETTINGS[name];
  const values = setting.type === 'word' ? `One of ${setting.values.map(code).join(', ')}.` : undefined;
  return paragraphs(`**${name}** · ${setting.doc}`, values, `Default: ${code(settingText(name, setting.default))}.`);
}

/** A setting as it is written. */
const settingText = (name: string, value: string | number): string =>
  name === 'coarse-to-fine' && typeof value === 'number' ? `${value * 100}%` : String(value);

/** What a search will do: every setting, whether written or not. */
export function searchHover(search: SearchSource, start: string | undefined, budget: string | undefined): string {
  const values: [string, string][] = Object.entries(search.values).map(([name, value]) => [
    name,
    settingText(name, value),
  ]);
  return paragraphs(
    `**search${search.name === undefined ? '' : ` ${search.name}`}**`,
    table(['setting', 'value'], [['start', start ?? '–'], ['within', budget ?? '–'], ...values]),
  );
}

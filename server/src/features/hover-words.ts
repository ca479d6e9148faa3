import type { Argument } from '../backbone/arguments.ts';
import { costNamed } from '../cost/registry.ts';
import type { SearchSource } from '../language/read-search.ts';
import { isSettingName, SETTING_NAMES, settingOf, settingText } from '../language/search-settings.ts';
import type { WordDoc } from '../language/word-docs.ts';
import { type GlossaryAddress, NO_GLOSSARY, readMore } from './glossary.ts';
import { code, example, paragraphs, table } from './markdown.ts';

/** A word of the language with its formula and an example. */
export const wordHover = (
  word: string,
  { doc, formula, example: line }: WordDoc,
  glossary: GlossaryAddress = NO_GLOSSARY,
): string =>
  paragraphs(
    `**${word}** · ${doc}`,
    formula === undefined ? undefined : code(formula),
    example(line),
    readMore(glossary, word),
  );

export function argumentHover(argument: Argument, glossary: GlossaryAddress): string {
  const { name, doc, formula } = argument;
  const title = `**${name}** · ${doc}`;
  if (argument.type === 'number') {
    const { min, max, odd } = argument.rule;
    const kind = odd === true ? 'An odd whole number' : 'A whole number';
    return paragraphs(
      title,
      formula === undefined ? undefined : code(formula),
      `${kind} from ${min} to ${max}.`,
      readMore(glossary, name),
    );
  }
  const values = Object.entries(argument.values).map(([value, meaning]) => [code(value), meaning]);
  return paragraphs(title, table(['value', 'meaning'], values, [1]), `Default: ${code(argument.default)}.`);
}

export function costHover(name: string, glossary: GlossaryAddress): string | undefined {
  const cost = costNamed(name);
  if (cost?.limit === undefined) return undefined;
  return paragraphs(`**${name}** · ${cost.doc}`, code(cost.formula), readMore(glossary, name));
}

export function settingHover(name: string, glossary: GlossaryAddress): string | undefined {
  if (!isSettingName(name)) return undefined;
  const setting = settingOf(name);
  const values = setting.type === 'number' ? undefined : `One of ${setting.values.map(code).join(', ')}.`;
  const { default: value } = setting;
  const otherwise =
    value === undefined ? `Left out: ${setting.absent}.` : `Default: ${code(settingText(name, value))}.`;
  return paragraphs(`**${name}** · ${setting.doc}`, values, otherwise, readMore(glossary, name));
}

/** What a search will do: every setting, whether written or not. */
export function searchHover(search: SearchSource, start: string | undefined, budget: string | undefined): string {
  // A score is held only while a cost is minimised.
  const values = SETTING_NAMES.filter((name) => name !== 'score' || search.values.minimise !== undefined).map(
    (name) => [name, settingText(name, search.values[name])],
  );
  const vary = search.vary.map(({ node }) => node.$cstNode?.text ?? '').join(', ');
  return paragraphs(
    `**search${search.name === undefined ? '' : ` ${search.name}`}**`,
    table(
      ['setting', 'value'],
      [['start', start ?? '–'], ['within', budget ?? '–'], ...values, ...(vary === '' ? [] : [['vary', vary]])],
    ),
  );
}

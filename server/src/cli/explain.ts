import { EXIT, type ExitCode, fail } from '../answers/exit.ts';
import { explained } from '../answers/explained.ts';
import { type Entry, entries } from '../answers/explanations.ts';
import { print, printJson, report } from './output.ts';
import { plainText } from './plain-text.ts';
import { table } from './table.ts';
import { outputWidth, wrapped } from './terminal.ts';

export interface ExplainOptions {
  readonly list?: boolean;
  readonly json?: boolean;
}

/** `mae explain WORD`: what the documentation says of a diagnostic's code, a term, or a word of the language. */
export async function explain(words: readonly string[], options: ExplainOptions): Promise<ExitCode> {
  const json = options.json === true;
  if (options.list === true) {
    const all = await entries();
    if (json) printJson({ entries: all.map(({ kind, title }) => ({ kind, title })) });
    else print(listText(all));
    return EXIT.done;
  }
  if (words.length === 0)
    return report(
      fail(EXIT.usage, 'error: name a code, such as budget-exceeded, or a term; mae explain --list has all'),
    );
  const found = await explained(words.join(' '), 'mae explain --list names all that can be explained');
  if (!found.ok) return report({ ...found, message: `error: ${found.message}` });
  if (json) printJson({ entries: found.value.map(({ kind, title, text, page }) => ({ kind, title, text, page })) });
  else print(wrapped(found.value.map(entryText).join('\n\n'), outputWidth()));
  return EXIT.done;
}

const KINDS: Readonly<Record<Entry['kind'], string>> = {
  diagnostic: 'code of a diagnostic',
  term: 'term',
  language: 'word of the language',
};

const entryText = ({ kind, title, text, page }: Entry): string =>
  [`${title}: ${KINDS[kind]} (docs/${page}.md)`, ...plainText(text).split('\n').map(indent)].join('\n');

const indent = (line: string): string => (line === '' ? '' : `  ${line}`);

function listText(all: readonly Entry[]): string {
  const columns = [
    { title: 'word', align: 'left' },
    { title: 'what it is', align: 'left' },
  ] as const;
  return table(
    columns,
    all.map(({ title, kind }) => [title, KINDS[kind]]),
  ).join('\n');
}

/** Pieces of Python text. A piece has no line break at its end; lines that are undefined are left out. */

/** Columns of a docstring. */
const WIDTH = 100;

export type Line = string | undefined | false;

export const lines = (...all: readonly (Line | readonly Line[])[]): string =>
  all
    .flat()
    .filter((line): line is string => typeof line === 'string')
    .join('\n');

export const indent = (text: string, levels = 1): string => text.replaceAll(/^(?=.)/gm, '    '.repeat(levels));

/** Words in lines that are no longer than a docstring's; paragraphs are kept apart by an empty line. */
function wrap(text: string): string {
  const out: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      out.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...out, line].join('\n');
}

/** A docstring in plain characters: one line where it fits, else its paragraphs with the quotes on a line of their own. */
export function docstring(...paragraphs: readonly string[]): string {
  const safe = paragraphs.map((paragraph) =>
    paragraph
      .replaceAll('\\', '/')
      .replaceAll('"', "'")
      .replaceAll('×', 'x')
      .replaceAll('’', "'")
      .replaceAll('→', '->'),
  );
  const [only = ''] = safe;
  if (safe.length === 1 && only.length + 6 <= WIDTH) return `"""${only}"""`;
  return lines(`"""${safe.map(wrap).join('\n\n')}`, '"""');
}

export interface ClassParts {
  readonly name: string;
  readonly base?: string;
  readonly doc: string;
  /** Of the constructor, beside `self`. */
  readonly parameters: readonly Line[];
  /** What the constructor does behind `super().__init__()`. */
  readonly init: readonly Line[];
  readonly forward?: { readonly parameters: string; readonly body: readonly Line[] };
}

/** A module with its constructor and its `forward`. */
export function moduleClass({ name, base = 'nn.Module', doc, parameters, init, forward }: ClassParts): string {
  const given = ['self', ...parameters.filter((parameter): parameter is string => typeof parameter === 'string')];
  return lines(
    `class ${name}(${base}):`,
    indent(docstring(doc)),
    (given.length > 1 || init.length > 0) && [
      '',
      indent(`def __init__(${given.join(', ')}):`),
      indent(lines('super().__init__()', init), 2),
    ],
    forward && ['', indent(`def forward(self, ${forward.parameters}):`), indent(lines(forward.body), 2)],
  );
}

/** `Bottleneck(64, 256, btn=64)`. */
export interface Call {
  readonly name: string;
  readonly values: readonly (number | string)[];
  readonly keywords?: Keywords;
}

/** Keyword arguments in the order in which they are written; what is undefined stands at its default. */
export type Keywords = Readonly<Record<string, number | string | boolean | undefined>>;

const given = (keywords: Keywords): [string, number | string | boolean][] =>
  Object.entries(keywords).flatMap(([name, value]) => (value === undefined || value === false ? [] : [[name, value]]));

export const keywordsOf = ({ keywords = {} }: Call): string[] => given(keywords).map(([name]) => name);

export function callText({ name, values, keywords = {} }: Call): string {
  const named = given(keywords).map(([key, value]) => `${key}=${value === true ? 'True' : value}`);
  return `${name}(${[...values, ...named].join(', ')})`;
}

import { addressOf, pageText } from './docs.ts';

/** What a page says of one word. */
export interface Entry {
  readonly kind: 'diagnostic' | 'term' | 'language';
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  /** Its address for agents. */
  readonly resource: string;
  /** The page of the documentation that it stands on. */
  readonly page: string;
}

/** The pages that are looked through. */
export type Explained = Readonly<Record<'diagnostics' | 'glossary' | 'language', string>>;

let known: Promise<readonly Entry[]> | undefined;

/** All that can be explained; the pages are read once, when somebody asks. */
export function entries(): Promise<readonly Entry[]> {
  known ??= read().catch((error: unknown) => {
    known = undefined;
    throw error;
  });
  return known;
}

async function read(): Promise<readonly Entry[]> {
  const [diagnostics, glossary, language] = await Promise.all([
    pageText('diagnostics'),
    pageText('glossary'),
    pageText('language'),
  ]);
  return entriesOf({ diagnostics, glossary, language });
}

export const entriesOf = ({ diagnostics, glossary, language }: Explained): readonly Entry[] => [
  ...rowEntries(diagnostics, 'diagnostic', 'diagnostics'),
  ...sectionEntries(glossary),
  ...rowEntries(language, 'language', 'language'),
];

/** What is said of a word. */
export const entriesFor = (word: string, all: readonly Entry[]): readonly Entry[] =>
  all.filter(({ title }) => plain(title) === plain(word));

/** «Zen-Score» and «zen score» are one word. */
const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The rows of the tables of a page whose first cell begins with a word in code: «| `bad-number` | error | … |». */
function rowEntries(page: string, kind: Entry['kind'], name: string): Entry[] {
  let header: readonly string[] = [];
  let before: readonly string[] = [];
  return page.split('\n').flatMap((line) => {
    if (!line.startsWith('|')) return [];
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (/^-+$/.test((cells[0] ?? '').replaceAll(':', ''))) {
      header = before;
      return [];
    }
    before = cells;
    const title = /^\[?`([^`]+)`/.exec(cells[0] ?? '')?.[1];
    if (title === undefined) return [];
    const text = cells
      .flatMap((cell, index) => (cell === '' ? [] : [`${header[index] || 'word'}: ${cell}`]))
      .join('\n');
    return [{ kind, title, text, resource: addressOf(name), page: name }];
  });
}

/** The sections of the glossary; «## Costs / ### MACs» is the entry MACs. */
function sectionEntries(page: string): Entry[] {
  return page
    .split(/^#{2,} /m)
    .slice(1)
    .flatMap((section): Entry[] => {
      const [title = '', ...lines] = section.split('\n');
      const text = lines.join('\n').trim();
      return text === ''
        ? []
        : [{ kind: 'term', title: title.trim(), text, resource: addressOf('glossary'), page: 'glossary' }];
    });
}

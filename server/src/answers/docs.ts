import { readFile } from 'node:fs/promises';

/** The docs stand beside the bundle, in the package as in a checkout. */
const FOLDER = new URL('../docs/', import.meta.url);

/** A page of the documentation that programs may read. */
export interface Page {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

export const PAGES: readonly Page[] = [
  {
    name: 'language',
    title: 'The language',
    description:
      'All of the .mae language with complete samples: backbones, graphs, detectors, budgets, searches, spaces.',
  },
  {
    name: 'diagnostics',
    title: 'Diagnostics',
    description: 'Every code of a problem: what it means and what mends it.',
  },
  {
    name: 'glossary',
    title: 'Glossary',
    description: 'The words of this product, from NAS to entropy, budget and space.',
  },
  {
    name: 'search',
    title: 'Searching',
    description: 'How a search works, its objectives, proofs, fronts and what a budget is worth.',
  },
  { name: 'method', title: 'Method', description: 'The formulas of entropies and costs, with their sources.' },
  { name: 'agents', title: 'Agents', description: 'How a program uses these tools.' },
];

export const addressOf = (page: string): string => `mae://docs/${page}`;

/** The text of a page; throws where the package has lost it. */
export const pageText = async (page: string): Promise<string> =>
  (await readFile(new URL(`${page}.md`, FOLDER), 'utf8')).replaceAll('\r\n', '\n');

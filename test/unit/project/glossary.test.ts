import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { GLOSSARY_ENTRIES } from '../../../server/src/features/glossary.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8').replaceAll('\r\n', '\n');
const GLOSSARY = read('docs/glossary.md');

/** Each entry with its text, by the anchor that GitHub and VS Code make of its heading. */
const entries = new Map(
  GLOSSARY.split(/^### /m)
    .slice(1)
    .map((part) => {
      const [heading = '', ...lines] = part.split('\n');
      const text = lines
        .join(' ')
        .replace(/## .*$/, '')
        .trim();
      return [heading.toLowerCase().replaceAll(' ', '-'), text] as const;
    }),
);

/** What somebody who comes from PyTorch stumbles over. */
const WORDS = [
  ...['nas', 'zero-shot', 'mae-det', 'tinynas', 'backbone', 'stage', 'stem', 'group', 'stride', 'bottleneck'],
  ...['detector', 'neck', 'head', 'fpn', 'roi'],
  ...['macs', 'flops', 'thop', 'mmcv', 'tinynas-count', 'layers', 'memory', 'budget'],
  ...['entropy', 'nats', 'log-sigma', 'score', 'closed-form', 'fan-in', 'exact', 'finite-width', 'draw', 'z'],
  ...['zen-score', 'deepmad', 'space', 'evaluation', 'population', 'island', 'epoch', 'coarse-to-fine'],
  ...['relaxation', 'dual', 'bound', 'gap', 'pareto-front'],
];

test.each(WORDS)('the glossary explains %s in a few sentences', (word) => {
  const text = entries.get(word) ?? '';
  expect(text.length).toBeGreaterThan(60);
  expect(text.length).toBeLessThan(500);
});

test('every entry is of a word that is listed here, and once', () => {
  expect([...entries.keys()].toSorted()).toEqual([...WORDS].toSorted());
});

test('what hovers lead to is there', () => {
  expect(GLOSSARY_ENTRIES.filter((entry) => !entries.has(entry))).toEqual([]);
});

test.each([
  ['mae-det', 'https://arxiv.org/abs/2111.13336'],
  ['tinynas', 'https://github.com/alibaba/lightweight-neural-architecture-search'],
  ['zen-score', 'https://arxiv.org/abs/2102.01063'],
  ['deepmad', 'https://arxiv.org/abs/2303.02165'],
  ['fpn', 'https://arxiv.org/abs/1612.03144'],
  ['fpn', 'https://arxiv.org/abs/2011.12885'],
  ['roi', 'https://arxiv.org/abs/1703.06870'],
])('%s has its source: %s', (word, link) => expect(entries.get(word)).toContain(`](${link})`));

/** Words that no reader from PyTorch knows by themselves, and their entries. */
const LINKED: readonly (readonly [string, string])[] = [
  ['NAS', 'nas'],
  ['TinyNAS', 'tinynas'],
  ['MACs', 'macs'],
  ['FLOPs', 'flops'],
  ['thop', 'thop'],
  ['mmcv', 'mmcv'],
  ['nats', 'nats'],
  ['entrop(?:y|ies)', 'entropy'],
  ['fan-in', 'fan-in'],
  ['Zen-Score', 'zen-score'],
  ['DeepMAD', 'deepmad'],
  ['closed forms?', 'closed-form'],
  ['relaxation', 'relaxation'],
  ['islands?', 'island'],
  ['epochs?', 'epoch'],
  ['coarse-to-fine', 'coarse-to-fine'],
  ['FPN', 'fpn'],
  ['RoIs?', 'roi'],
];

/** What is read as text: no code, headings, pictures or addresses of other links. */
const blank = (text: string): string => text.replace(/[^\n]/g, ' ');
const proseOf = (text: string): string =>
  text
    .replace(/^```[\s\S]*?^```$/gm, blank)
    .replace(/\[`([^`\]]+)`\](?=\([^)]*glossary)/g, '[$1]')
    .replace(/`[^`\n]*`/g, blank)
    .replace(/^#.*$/gm, blank)
    .replace(/!\[[^\]]*\]\([^)]*\)/g, blank);

const PAGES = ['README.md', ...globSync('docs/*.md', { cwd: ROOT })]
  .map((file) => file.replaceAll(path.sep, '/'))
  // For who works on the product, and the glossary itself.
  .filter((file) => !/architecture|glossary/.test(file));

test.each(PAGES)('%s leads to the glossary where it first uses a word of it', (page) => {
  const prose = proseOf(read(page));
  for (const [word, entry] of LINKED) {
    const first = new RegExp(`(?<![\\w#-])(?:${word})(?![\\w-])`).exec(prose);
    if (first === null) continue;
    const around = prose.slice(first.index - 1, first.index + 60);
    expect(around, `the first ${first[0]} of ${page}`).toMatch(
      new RegExp(`^\\[${word}(?:['’]s)?\\]\\((?:docs/)?glossary\\.md#${entry}\\)`),
    );
  }
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { PartArgument, PartDefinition } from '../../../server/src/detector/part-definition.ts';
import { allParts } from '../../../server/src/detector/parts.ts';

const PAGE = readFileSync(new URL('../../../docs/language.md', import.meta.url), 'utf8').replaceAll('\r\n', '\n');

/** The rows of a table of the page, by the first word of its head. */
const rowsOf = (head: string): string[] => {
  const [, body = ''] = PAGE.split(`\n| ${head} |`);
  return body.split('\n\n')[0]?.split('\n').slice(2) ?? [];
};

const partRow = ({ name, doc, arguments: all }: PartDefinition): string => {
  const written = all.map((argument) => `\`${argument.name}: ${argument.default}\``);
  return `| \`${name}\` | ${doc} | ${written.join(' ')} |`;
};

const sentence = (text: string): string => text.replace(/\.$/, '');

/** What an argument is, with its words. */
const meaning = (argument: PartArgument): string => {
  const words = argument.type === 'choice' || argument.type === 'flag' ? Object.entries(argument.values) : [];
  const listed = words.map(([word, text]) => `\`${word}\`: ${text}`).join('; ');
  return listed === '' ? sentence(argument.doc) : `${sentence(argument.doc)} – ${listed}`;
};

/** A row for each meaning that an argument has, with the parts that mean so. */
function argumentRows(): string[] {
  const all = allParts().flatMap((part) => part.arguments.map((argument) => ({ part: part.name, argument })));
  const same = Map.groupBy(all, ({ argument }) => `\`${argument.name}\` | ${meaning(argument)}`);
  return [...same].map(([key, uses]) => {
    const [name = '', text = ''] = key.split(' | ');
    return `| ${name} | ${uses.map(({ part }) => `\`${part}\``).join(' ')} | ${text} |`;
  });
}

test.each(['neck', 'head'] as const)('docs/language.md has every %s with its arguments and their defaults', (role) => {
  const parts = allParts().filter((part) => part.role === role);
  expect(rowsOf(role).join('\n')).toBe(parts.map(partRow).join('\n'));
});

test('docs/language.md says what every argument of a part is', () => {
  expect(rowsOf('argument | of').join('\n')).toBe(argumentRows().join('\n'));
});

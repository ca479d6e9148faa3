import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createProgram } from '../../../server/src/cli/program.ts';
import { allFormats } from '../../../server/src/exchange/formats.ts';
import { alternatives } from '../../../server/src/language/nearest.ts';

const PAGE = readFileSync(new URL('../../../docs/command-line.md', import.meta.url), 'utf8').replaceAll('\r\n', '\n');

test('docs/command-line.md lists every format as its file says', () => {
  const rows = allFormats().map(({ title, name, doc }) => `| ${title} | \`${name}\` | ${doc} |`);
  expect(PAGE).toContain(`| format | \`--to\` | what it is |\n|---|---|---|\n${rows.join('\n')}\n\n`);
});

test('the help of mae export lists every format, which the program does not load to say so', () => {
  const command = createProgram(() => undefined).commands.find((one) => one.name() === 'export');
  const to = command?.options.find((option) => option.long === '--to');
  expect(to?.description).toBe(alternatives(allFormats().map(({ name }) => name)));
});

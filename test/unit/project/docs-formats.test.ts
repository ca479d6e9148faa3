import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allFormats } from '../../../server/src/exchange/formats.ts';

const PAGE = readFileSync(new URL('../../../docs/command-line.md', import.meta.url), 'utf8').replaceAll('\r\n', '\n');

test('docs/command-line.md lists every format as its file says', () => {
  const rows = allFormats().map(({ title, name, doc }) => `| ${title} | \`${name}\` | ${doc} |`);
  expect(PAGE).toContain(`| format | \`--to\` | what it is |\n|---|---|---|\n${rows.join('\n')}\n\n`);
});

import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { Hover } from 'vscode-languageserver-protocol';
import { LspClient, type StartOptions } from './client.ts';

const TEXT = `backbone small {
  input 3 x 64 x 64
  stem conv(out: 16, k: 3, s: 2)
}
`;

const running: LspClient[] = [];
afterEach(async () => {
  for (const client of running.splice(0)) expect(await client.stop()).toBe(0);
});

/** Where the word «score» in the hover of the backbone leads to. */
async function scoreLink(options: StartOptions): Promise<string> {
  const client = await LspClient.start(options);
  running.push(client);
  const uri = await client.open(TEXT);
  const position = { line: 0, character: 10 };
  const { contents } = await client.request<Hover>('textDocument/hover', { textDocument: { uri }, position });
  const [, link] = /\[score\]\(([^)]+)\)/.exec(JSON.stringify(contents)) ?? [];
  if (link === undefined) throw new Error(`The hover has no link: ${JSON.stringify(contents)}`);
  return link;
}

test('words in hovers lead to the file of the glossary that came with the server', async () => {
  const link = new URL(await scoreLink({}));
  expect(link.protocol).toBe('file:');
  expect(link.hash).toBe('#score');
  link.hash = '';
  expect(readFileSync(link, 'utf8')).toContain('\n### Score\n');
});

test('a client that can show an entry gets its own command instead', async () => {
  const link = await scoreLink({ initializationOptions: { glossaryCommand: 'mine.glossary' } });
  expect(decodeURIComponent(link)).toBe('command:mine.glossary?["score"]');
});

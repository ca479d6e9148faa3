import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { SymbolInformation } from 'vscode-languageserver-protocol/node';
import { LspClient } from './client.ts';

const net = (name: string): string => `backbone ${name} {
  input 3 x 64 x 64
  stem conv(out: 16, k: 3, s: 2)
}
budget small_${name} { macs <= 1G }
`;

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0)) await step();
});

/** A server with a workspace of these files, none of which is open. */
async function open(files: Readonly<Record<string, string>>) {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'mae-symbols-')));
  const write = (name: string, text: string): void => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const client = await LspClient.start({ workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'nets' }] });
  undo.push(
    () => client.stop(),
    () => rmSync(folder, { recursive: true, force: true }),
  );
  const find = async (query: string): Promise<string[]> => {
    const found = await client.request<SymbolInformation[] | null>('workspace/symbol', { query });
    return (found ?? []).map(({ name, location }) => {
      const file = path.relative(folder, fileURLToPath(location.uri)).replaceAll(path.sep, '/');
      return `${file}:${location.range.start.line + 1} ${name}`;
    });
  };
  return { client, folder, write, find, uri: (name: string) => pathToFileURL(path.join(folder, name)).href };
}

test('names are found in files that are not open, by letters in their order', async () => {
  const { find, folder } = await open({
    'a.mae': net('wide_net'),
    'deep/er/b.mae': `// a comment\n${net('narrow')}`,
    'notes.txt': net('no_design'),
    'node_modules/x/c.mae': net('of_a_package'),
    '.git/d.mae': net('of_a_tool'),
  });
  symlinkSync(folder, path.join(folder, 'circle'));
  expect((await find('')).toSorted()).toEqual([
    'a.mae:1 wide_net',
    'a.mae:5 small_wide_net',
    'deep/er/b.mae:2 narrow',
    'deep/er/b.mae:6 small_narrow',
  ]);
  expect(await find('WN')).toEqual(['a.mae:1 wide_net', 'a.mae:5 small_wide_net']);
  expect(await find('xyz')).toEqual([]);
});

test('a file that changed is read again, one that is gone is not found, and of an open one its text counts', async () => {
  const { client, find, write, folder, uri } = await open({ 'a.mae': net('first'), 'b.mae': net('other') });
  expect(await find('first')).toContain('a.mae:1 first');
  write('a.mae', `\n\n${net('second_one')}`);
  expect(await find('first')).toEqual([]);
  expect(await find('second_one')).toContain('a.mae:3 second_one');
  await client.open(net('unsaved'), uri('a.mae'));
  expect(await find('second_one')).toEqual([]);
  expect(await find('unsaved')).toEqual(['a.mae:1 unsaved', 'a.mae:5 small_unsaved']);
  rmSync(path.join(folder, 'b.mae'));
  expect(await find('other')).toEqual([]);
});

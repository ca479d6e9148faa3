import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CodeFolders } from '../../../server/src/server/code-folders.ts';
import { pathOf } from '../../../server/src/server/path-of.ts';
import type { InitializationOptions } from '../../../server/src/server/protocol.ts';

const [own, storage, wanted, one, two] = ['own', 'storage', 'wanted', 'one', 'two'].map((name) => path.resolve(name));
const folder = (at = '') => ({ uri: pathToFileURL(at).href, name: path.basename(at) });
const made = (options: InitializationOptions, uris: readonly string[] = [folder(one).uri, folder(two).uri]) =>
  new CodeFolders(
    { rootUri: null, workspaceFolders: uris.map((uri) => ({ uri, name: '' })) },
    options,
    own ?? '',
    pathOf,
  );

describe('where code may be loaded from', () => {
  test('the settings’ folder, the workspace’s own, those of the client, then the installation', () => {
    const folders = made({ cudaFolders: [storage ?? ''], workspaceTrusted: true });
    expect(folders.list(wanted ?? '')).toEqual([wanted, one, two, storage, own]);
    expect(folders.list('')).toEqual([one, two, storage, own]);
    expect(folders.note).toBeUndefined();
  });

  test.each([undefined, false, 'true', 1])('nothing of a workspace while it is trusted by %j', (trusted) => {
    const folders = made({ workspaceTrusted: trusted } as InitializationOptions);
    expect(folders.list('')).toEqual([own]);
    expect(folders.note).toMatch(/not trusted/);
    folders.trust();
    expect(folders.list('')).toEqual([one, two, own]);
    expect(folders.note).toBeUndefined();
  });

  test('folders that come and go', () => {
    const folders = made({ workspaceTrusted: true });
    folders.change({ added: [folder(wanted)], removed: [folder(one)] });
    expect(folders.list('')).toEqual([two, wanted, own]);
  });

  test.each([['memfs:/project'], ['file:///%2fabsurd'], ['not an address']])('%s is nowhere on the disk', (uri) => {
    expect(made({ workspaceTrusted: true }, [uri]).list('')).toEqual([own]);
    expect(made({}, [uri]).note).toBeUndefined();
  });

  test('older clients name one root, or none', () => {
    const rooted = (rootUri: string | null) =>
      new CodeFolders({ rootUri }, { workspaceTrusted: true }, own ?? '', pathOf);
    expect(rooted(folder(one).uri).list('')).toEqual([one, own]);
    expect(rooted(null).list('')).toEqual([own]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** Every source file of a folder with what it imports: packages by name, files by their path from the root. */
function importsOf(folder: string): { readonly file: string; readonly imports: readonly string[] }[] {
  const files = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts') && !file.includes('generated'))
    .map((name) => {
      const file = path.join(ROOT, folder, name);
      const text = readFileSync(file, 'utf8');
      const found = text.matchAll(/^import '([^']+)'|(?<=[\s}])from '([^']+)'|\bimport\('([^']+)'\)/gm);
      const specifiers = [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
      const imports = specifiers.map((specifier) =>
        specifier.startsWith('.')
          ? path.relative(ROOT, path.resolve(path.dirname(file), specifier)).replaceAll(path.sep, '/')
          : specifier,
      );
      return { file: path.relative(ROOT, file).replaceAll(path.sep, '/'), imports };
    });
}

const isPackage = (specifier: string): boolean =>
  !/^(server|client|common|drawing|test|bench|scripts|examples)\//.test(specifier);

/** The imports of a folder that the rule forbids, as «file imports what». */
function offences(folder: string, forbidden: (specifier: string, file: string) => boolean): string[] {
  const all = importsOf(folder);
  expect(all.length, `${folder} has files`).toBeGreaterThan(0);
  return all.flatMap(({ file, imports }) =>
    imports.filter((specifier) => forbidden(specifier, file)).map((specifier) => `${file} imports ${specifier}`),
  );
}

/** The rows of the first table in docs/architecture.md: a folder or a file, and the names of what it may import. */
const TABLE = readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8')
  .split(/^\|---.*$/m, 2)
  .slice(1)
  .flatMap(
    (table) =>
      table
        .trimStart()
        .split(/\r?\n\r?\n/)[0]
        ?.split(/\r?\n/) ?? [],
  )
  .map((line): [string, string[]] => {
    const [, row = '', , allowed = ''] = line.split('|').map((cell) => cell.trim().replaceAll('`', ''));
    return [row, allowed === 'nothing' ? [] : allowed.split(', ')];
  });

/** The row that a file belongs to: the innermost. */
const rowOf = (file: string): string | undefined =>
  TABLE.map(([row]) => row)
    .filter((row) => file === row || file.startsWith(`${row}/`))
    .sort((a, b) => b.length - a.length)[0];

/** What an import is called in the table: a row without the folders that all have, a package, or Node. */
function nameOf(specifier: string): string {
  const row = rowOf(specifier);
  if (row !== undefined) return row.replace(/^server\/src\/(server\/)?(?=.)/, '');
  if (specifier.startsWith('node:')) return 'Node';
  return isPackage(specifier) ? specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/') : specifier;
}

const FOLDERS = ['common', 'drawing', 'server/src', 'client/src', 'client/web', 'client/webview'];

describe('every row of the table in docs/architecture.md is what its files import', () => {
  const files = FOLDERS.flatMap(importsOf);

  test('every file has a row', () => {
    expect(files.filter(({ file }) => rowOf(file) === undefined).map(({ file }) => file)).toEqual([]);
  });

  test.each(TABLE)('%s', (row, allowed) => {
    const own = files.filter(({ file }) => rowOf(file) === row);
    expect(own.length).toBeGreaterThan(0);
    const imported = own.flatMap(({ imports }) => imports.filter((s) => rowOf(s) !== row).map(nameOf));
    expect([...allowed].sort()).toEqual([...new Set(imported)].sort());
  });
});

test('the static page imports nothing of the extension: it takes what is packed', () => {
  expect(offences('web-demo/src', (specifier) => !/^(web-demo\/src|@codingame)\//.test(specifier))).toEqual([]);
});

test('the search uses nothing that only Node has, but for its edge', () => {
  const globals =
    /(?<![.\w])(process|Buffer|performance|set(Timeout|Interval|Immediate)|clear(Timeout|Interval)|require|console|NodeJS|__dirname)\b/;
  // Timers are of both: workers are waited for, whatever they are.
  const isEdge = (file: string): boolean => /^server\/src\/search\/(node|web|workers)\//.test(file);
  const files = importsOf('server/src/search').filter(({ file }) => !isEdge(file));
  const wrong = files.flatMap(({ file }) => {
    const code = readFileSync(path.join(ROOT, file), 'utf8').replace(
      /\/\*[\s\S]*?\*\/|\/\/.*$|'[^'\n]*'|`[^`]*`/gm,
      '',
    );
    const found = globals.exec(code)?.[0];
    return found === undefined ? [] : [`${file} uses ${found}`];
  });
  expect(wrong).toEqual([]);
});

/** The programs of `dist/web`, as `scripts/build-web.ts` builds them. */
const WEB_ENTRIES = [
  'client/web/extension.ts',
  'server/src/server/web/main.ts',
  'server/src/search/web/worker.ts',
  'server/src/measure/web/worker.ts',
];

const within = (...folders: string[]) => {
  const prefixes = folders.map((folder) => `server/src/${folder}/`);
  return (specifier: string): boolean => prefixes.some((prefix) => specifier.startsWith(prefix));
};

describe('the core imports nothing shaped like an editor, a server or a tensor library', () => {
  test.each([
    ['graph', within('graph')],
    ['backbone', within('backbone', 'graph')],
    // What a cost is counted in is what amounts are written by.
    [
      'cost',
      (specifier: string) => specifier === 'common/numbers.ts' || within('cost', 'backbone', 'graph')(specifier),
    ],
    ['entropy', within('entropy', 'backbone', 'graph')],
    ['analysis', within('analysis', 'backbone', 'cost', 'entropy', 'graph')],
    ['space', within('space', 'backbone', 'graph')],
  ])('%s', (folder, allowed) => {
    expect(offences(`server/src/${folder}`, (specifier) => !allowed(specifier))).toEqual([]);
  });
});

test('what every part shares imports nothing', () => expect(offences('common', () => true)).toEqual([]));

test('the search is pure but for its edges to Node and to browsers', () => {
  const allowed = within('search', 'space', 'analysis', 'entropy', 'cost', 'latency', 'backbone', 'graph');
  const isEdge = (file: string): boolean => /^server\/src\/(search\/(node|web|workers)|latency\/node)\//.test(file);
  const wrong = offences('server/src/search', (specifier, file) => {
    if (isEdge(file)) return false;
    return isEdge(specifier) || !allowed(specifier);
  });
  expect(wrong).toEqual([]);
});

test('files know nothing but Node', () => {
  expect(offences('server/src/files', (s) => !s.startsWith('node:') && !within('files')(s))).toEqual([]);
});

test('only those who write files know how; models are only read', () => {
  const wrong = offences('server/src', (s, file) => {
    const may = ['answers/', 'cli/', 'files/', 'search/node/'].some((folder) =>
      file.startsWith(`server/src/${folder}`),
    );
    // Models are too large to be sent to a client: the server writes them where the person said.
    const exports = file === 'server/src/server/export-handlers.ts';
    const reads = ['locate-package.ts', 'open-file.ts', 'read-bounded.ts'].includes(
      s.slice('server/src/files/'.length),
    );
    return within('files')(s) && !may && !exports && !reads;
  });
  expect(wrong).toEqual([]);
});

test('the language knows no editor', () => {
  const wrong = offences(
    'server/src/language',
    (s) => /^node:|^vscode|^@tensorflow/.test(s) || within('features', 'server', 'cli', 'measure')(s),
  );
  expect(wrong).toEqual([]);
});

test('features know no connection: documents and values only', () => {
  const values = ['langium', 'vscode-languageserver-types', 'vscode-languageserver-textdocument'];
  const wrong = offences('server/src/features', (specifier) => {
    if (isPackage(specifier)) return !values.includes(specifier);
    return within('server', 'cli', 'measure', 'exchange')(specifier) || specifier.startsWith('server/src/search/node/');
  });
  expect(wrong).toEqual([]);
});

test('only measure knows TensorFlow', () => {
  const wrong = offences('server/src', (s, file) => /tfjs|^webgpu$/.test(s) && !file.startsWith('server/src/measure/'));
  expect(wrong).toEqual([]);
});

test('only the client knows vscode, and of the server it knows the protocol alone', () => {
  expect(offences('server/src', (specifier) => specifier === 'vscode')).toEqual([]);
  const foreign = (s: string): boolean => s.startsWith('server/') && s !== 'server/src/server/protocol.ts';
  expect(offences('client/src', foreign)).toEqual([]);
  expect(offences('client/web', foreign)).toEqual([]);
});

test('what runs in a browser imports nothing of Node, by whatever way', () => {
  const byFile = new Map(FOLDERS.flatMap(importsOf).map(({ file, imports }) => [file, imports]));
  const reached = new Set<string>();
  const follow = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const specifier of byFile.get(file) ?? []) follow(specifier);
  };
  for (const entry of WEB_ENTRIES) follow(entry);
  const isNode = (specifier: string): boolean => specifier.startsWith('node:') || specifier.endsWith('/node');
  const wrong = [...reached].flatMap((file) =>
    (byFile.get(file) ?? []).filter(isNode).map((specifier) => `${file} imports ${specifier}`),
  );
  expect(wrong).toEqual([]);
  expect(reached.size).toBeGreaterThan(400);
});

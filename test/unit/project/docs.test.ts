import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { EXIT } from '../../../server/src/answers/exit.ts';
import { createProgram } from '../../../server/src/cli/program.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { format } from '../../../server/src/language/format.ts';

/** What the documentation shows is what the product does: every sample, every command line, every option. */
const ROOT = new URL('../../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, ROOT), 'utf8').replaceAll('\r\n', '\n');
const PAGES = ['README.md', 'scripts/npm/README.md', ...globSync('docs/*.md', { cwd: ROOT })].map((file) =>
  file.replaceAll(path.sep, '/'),
);

interface Fence {
  readonly place: string;
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of all pages. */
const FENCES: readonly Fence[] = PAGES.flatMap((page) => {
  const text = read(page);
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(({ index, 1: language = '', 2: body = '' }) => ({
    place: `${page}:${text.slice(0, index).split('\n').length}`,
    language,
    text: body,
  }));
});

describe('samples of the language are files that check and fmt find nothing in', () => {
  const samples = FENCES.filter(({ language }) => language === 'mae');
  test.each(samples.map(({ place, text }) => [place, text]))('%s', (_, text) => {
    const told = snapshotOf(text).problems.filter(({ severity }) => severity === 'error' || severity === 'warning');
    expect(told.map(({ message }) => message)).toEqual([]);
    expect(format(text)).toBe(text);
  });

  test('there are some', () => expect(samples.length).toBeGreaterThan(2));
});

/** What is typed in shells: `npm …`, `node …/cli.js …` and `mae …`, without comments, a line for each command. */
const COMMANDS = FENCES.filter(({ language }) => ['sh', 'powershell'].includes(language)).flatMap(({ place, text }) =>
  text.split('\n').flatMap((line) =>
    line
      .replace(/\s#.*$/, '')
      .split('&&')
      .map((command) => command.trim())
      .filter((command) => command !== '')
      .map((command) => ({ place, command })),
  ),
);

/** Inline code that begins with the command's name. */
const MENTIONS = PAGES.flatMap((page) =>
  [...read(page).matchAll(/`(mae [^`]+)`/g)].map(([, command = '']) => ({ place: page, command })),
);

const program = createProgram(() => undefined);

/** What is wrong with `SUBCOMMAND --option …`; undefined where nothing is. */
function misuse(words: readonly string[]): string | undefined {
  const [name = '', ...rest] = words;
  if (name.startsWith('-')) return undefined;
  const command = program.commands.find((c) => c.name() === name);
  if (command === undefined) return `no command ${name}`;
  const known = command.options.map((option) => option.long);
  const unknown = rest.flatMap((word) => word.match(/^\[?(--[\w-]+)/)?.[1] ?? []).filter((o) => !known.includes(o));
  return unknown.length === 0 ? undefined : `${name} has no ${unknown.join(' ')}`;
}

describe('command lines', () => {
  test.each(COMMANDS.map(({ place, command }) => [place, command]))('%s: %s', (_, command) => {
    const script = /^npm (?:run )?([\w:]+)/.exec(command)?.[1];
    if (script !== undefined && !['ci', 'install', 'link'].includes(script))
      expect(Object.keys(manifest.scripts)).toContain(script);
    const words = /(?:^npm run mae --|cli\.js\)?|^mae) (.*)$/.exec(command)?.[1]?.split(/\s+/);
    if (words !== undefined) expect(misuse(words)).toBeUndefined();
    for (const file of command.match(/examples\/\S+/g) ?? []) {
      expect(globSync(file, { cwd: ROOT }), file).not.toEqual([]);
    }
  });

  test.each(MENTIONS.map(({ place, command }) => [place, command]))('%s mentions %s', (_, command) => {
    expect(misuse(command.split(/\s+/).slice(1))).toBeUndefined();
  });

  test('there are some', () => {
    expect(COMMANDS.length).toBeGreaterThan(8);
    expect(MENTIONS.length).toBeGreaterThan(8);
  });
});

describe('docs/command-line.md', () => {
  const page = read('docs/command-line.md');

  test.each(program.commands.map((command) => [command.name(), command] as const))('has all of %s', (name, command) => {
    expect(page).toMatch(new RegExp(`\\| \`mae ${name}[ \`]`));
    for (const { long } of command.options) expect(page, `${name} ${long}`).toMatch(new RegExp(`${long}(?![\\w-])`));
  });

  test('has every exit code, and none that there is not', () => {
    const sentence = /^Exit codes: (.*?)\.$/ms.exec(page)?.[1] ?? '';
    const codes = [...sentence.matchAll(/(?:^|; )(\d+) /g)].map(([, code]) => Number(code));
    expect(codes).toEqual([...Object.values(EXIT)].sort((a, b) => a - b));
  });

  test('names every variable of the environment that the product reads', () => {
    const sources = globSync('{server,client}/src/**/*.ts', { cwd: ROOT }).map(read).join('\n');
    const variables = new Set([...sources.matchAll(/\bMAE_[A-Z_]+\b/g)].map(([name]) => name));
    for (const name of variables)
      expect(
        PAGES.some((file) => read(file).includes(`\`${name}\``)),
        name,
      ).toBe(true);
  });
});

test('files that the pages name are there', () => {
  for (const page of PAGES) {
    for (const [, file = ''] of read(page).matchAll(
      /`((?:examples|docs|scripts|bench|client|server|test|media)\/[\w./-]*\w)`/g,
    )) {
      const found = [file, `server/src/${file}`].some((place) => existsSync(new URL(place, ROOT)));
      expect(found, `${page}: ${file}`).toBe(true);
    }
  }
});

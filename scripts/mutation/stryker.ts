import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

/** What mutates and what runs the tests of it: npm installs them aside, because only whoever mutates needs them. */
export const PACKAGES = { '@stryker-mutator/core': '10.1.1', '@stryker-mutator/vitest-runner': '10.1.1' } as const;

/** Ignored by git: the packages, what was found out before, and the copies that are mutated. */
export const PLACE = '.mutation';

/** The name of the variable by which the vitest of a mutated copy is told the tests to run. */
export const TESTS_VARIABLE = 'MUTATION_TESTS';

const DEFAULT_TESTS = ['test/unit', 'test/golden'];

export interface Mutation {
  /** Files or folders, with `/`, below the root. */
  readonly mutated: readonly string[];
  readonly tests: readonly string[];
  /** Mutants that are tested at a time. */
  readonly concurrency: number;
}

export type Asked = { readonly ok: true; readonly value: Mutation } | { readonly ok: false; readonly message: string };

const USAGE = 'Usage: npm run mutate -- FOLDER… [--tests FOLDER…] [--concurrency N]';

/** What a command line asks for. A folder is named from the root or, as in docs/architecture.md, from server/src. */
export function askedFor(root: string, words: readonly string[]): Asked {
  const lists: Record<'mutated' | '--tests' | '--concurrency', string[]> = {
    mutated: [],
    '--tests': [],
    '--concurrency': [],
  };
  let list = lists.mutated;
  for (const word of words) {
    if (word === '--tests' || word === '--concurrency') list = lists[word];
    else if (word.startsWith('-')) return { ok: false, message: `There is no option ${word}. ${USAGE}` };
    else list.push(word.replaceAll('\\', '/').replace(/\/$/, ''));
  }
  const [concurrency = '1', ...more] = lists['--concurrency'];
  if (more.length > 0 || !/^[1-9]\d*$/.test(concurrency))
    return { ok: false, message: `--concurrency takes one number from 1. ${USAGE}` };
  if (lists.mutated.length === 0) return { ok: false, message: `Name a folder to mutate. ${USAGE}` };
  const found = (name: string) => [name, `server/src/${name}`].find((place) => existsSync(path.join(root, place)));
  const missing = [...lists.mutated, ...lists['--tests']].find((name) => found(name) === undefined);
  if (missing !== undefined) return { ok: false, message: `There is no ${missing}, in server/src neither. ${USAGE}` };
  const mutated = lists.mutated.flatMap((name) => found(name) ?? []);
  const tests = lists['--tests'].length > 0 ? lists['--tests'] : DEFAULT_TESTS;
  return { ok: true, value: { mutated, tests, concurrency: Number(concurrency) } };
}

/** The patterns of a folder's files, or the file itself. */
const within = (root: string, place: string, files: string): string =>
  statSync(path.join(root, place)).isDirectory() ? `${place}/**/${files}` : place;

export const testPatterns = (root: string, { tests }: Mutation): string[] =>
  tests.map((place) => within(root, place, '*.test.ts'));

/** Stryker's settings; what was found out stays in a file for each thing that is mutated, and is not tried again. */
export function strykerSettings(root: string, { mutated, concurrency }: Mutation): object {
  const name = mutated
    .join('+')
    .replace(/^server\/src\//, '')
    .replaceAll('/', '-');
  return {
    mutate: mutated.map((place) => within(root, place, '*.ts')),
    testRunner: 'vitest',
    vitest: { configFile: 'scripts/mutation/vitest.config.ts' },
    coverageAnalysis: 'perTest',
    incremental: true,
    incrementalFile: `${PLACE}/found-${name}.json`,
    tempDirName: `${PLACE}/copies`,
    ignorePatterns: [PLACE, 'dist', '.vscode-test', 'test-results', '*.vsix'],
    // The core reads tsconfig.json by an interface that TypeScript 7 does not have; a name of nothing keeps it from that.
    tsconfigFile: 'none.json',
    concurrency,
    reporters: ['clear-text', 'progress-append-only', 'html'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    htmlReporter: { fileName: `${PLACE}/${name}.html` },
    allowEmpty: false,
    checkers: [],
  };
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CHECK_FORMATS } from '../../../server/src/cli/check-formats.ts';
import { ChoiceArgument, ChoiceOption } from '../../../server/src/cli/choice-option.ts';
import { described } from '../../../server/src/cli/completions/described.ts';
import { SHELLS } from '../../../server/src/cli/completions.ts';
import { createProgram } from '../../../server/src/cli/program.ts';
import { allFormats } from '../../../server/src/exchange/formats.ts';
import { alternatives } from '../../../server/src/language/nearest.ts';
import { settingOf } from '../../../server/src/language/search-settings.ts';

const program = createProgram(() => undefined);
const commands = described(program);
const script = (shell: string): string => SHELLS.find(({ name }) => name === shell)?.script(commands) ?? '';
const folder = mkdtempSync(join(tmpdir(), 'mae-completions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isThere = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

describe('the words that are offered are those that are taken', () => {
  const wordsOf = (name: string, option: string): readonly string[] | undefined =>
    commands.find((one) => one.name === name)?.options.find((one) => one.name === option)?.words;
  const settingWords = (name: 'estimator' | 'algorithm'): readonly string[] => {
    const setting = settingOf(name);
    return setting.type === 'number' ? [] : setting.values;
  };

  test.each([
    ['check', '--format', CHECK_FORMATS.map(({ name }) => name)],
    ['export', '--to', allFormats().map(({ name }) => name)],
    ['search', '--estimator', settingWords('estimator')],
    ['search', '--algorithm', settingWords('algorithm')],
  ])('%s %s', (name, option, words) => expect([...(wordsOf(name, option) ?? [])].sort()).toEqual([...words].sort()));

  test('mae completions', () =>
    expect(commands.find(({ name }) => name === 'completions')?.words).toEqual(SHELLS.map(({ name }) => name)));

  test('help names them', () => {
    const all = program.commands.flatMap((command) => [...command.options, ...command.registeredArguments]);
    const choices = all.filter((one) => one instanceof ChoiceOption || one instanceof ChoiceArgument);
    expect(choices.length).toBeGreaterThan(8);
    for (const { description, words } of choices) expect(description).toContain(alternatives(words));
  });
});

test.each(SHELLS.map(({ name }) => name))('%s knows every command and every option', (shell) => {
  const text = script(shell);
  for (const { name, options } of commands) {
    expect(text).toContain(name);
    for (const option of options) expect(text).toContain(shell === 'fish' ? `-l ${option.name.slice(2)}` : option.name);
  }
});

test.each(['bash', 'zsh', 'fish'].filter(isThere))('%s can read its script', (shell) => {
  const file = join(folder, `mae.${shell}`);
  writeFileSync(file, script(shell));
  const run = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
});

describe.runIf(isThere('bash'))('bash completes', () => {
  const completed = (words: readonly string[]): string[] => {
    const line = words.map((word) => `'${word}'`).join(' ');
    const asked = `${script('bash')}\nCOMP_WORDS=(${line})\nCOMP_CWORD=$((\${#COMP_WORDS[@]} - 1))\n_mae\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
    return spawnSync('bash', ['--norc', '-c', asked], { encoding: 'utf8' })
      .stdout.split('\n')
      .filter((one) => one !== '');
  };

  test.each([
    [['mae', 'sc'], ['score']],
    [
      ['mae', 'c'],
      ['check', 'compare', 'completions'],
    ],
    [['mae', '--v'], ['--version']],
    [['mae', 'check', '--f'], ['--format']],
    [
      ['mae', 'check', '--format', ''],
      ['text', 'json', 'github', 'sarif'],
    ],
    [['mae', 'check', '--format', '=', 's'], ['sarif']],
    [['mae', 'search', 'a.mae', '--est'], ['--estimator']],
    [['mae', 'search', 'a.mae', '--estimator', 'e'], ['exact']],
    [
      ['mae', 'completions', ''],
      ['bash', 'zsh', 'fish', 'powershell'],
    ],
    [['mae', 'runs', 'l'], ['list']],
    // Files are readline's own.
    [['mae', 'score', ''], []],
    [['mae', 'search', 'a.mae', '--out', ''], []],
    [['mae', 'score', 'a.mae', 'b'], []],
  ])('%j', (words, expected) => expect(completed(words)).toEqual(expected));
});

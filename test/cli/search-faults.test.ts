import { describe, expect, test } from 'vitest';
import { Folder, SMALL } from './mae.ts';

describe('what cannot be searched', () => {
  const named = SMALL.replace('search {', 'search first {');
  const second = '\nsearch second {\n  start small\n  within tiny\n}\n';

  test.each<[string, string, readonly string[], number, string]>([
    ['several searches', named + second, [], 2, 'choose one with --search (first, second)'],
    [
      'an unknown search',
      named + second,
      ['--search', 'third'],
      2,
      "there is no search 'third' here, only first, small, second",
    ],
    [
      'nothing to search',
      SMALL.slice(0, SMALL.indexOf('budget')),
      [],
      1,
      'a.mae:1:1: error[file]: This file has nothing to search',
    ],
    [
      'a start that is not there',
      SMALL.replace('start small', 'start large'),
      [],
      1,
      "a.mae:17:9: error[unknown-name]: There is no backbone 'large'",
    ],
    [
      'a setting that cannot be read',
      SMALL.replace('3000', '0'),
      [],
      1,
      'a.mae:19:15: error[bad-number]: evaluations must be',
    ],
    ['a start that cannot be read', SMALL.replace('out: 96', 'out: NaN'), [], 1, 'a.mae:8:'],
    [
      'a budget that no design can meet',
      SMALL.replace('20M', '1'),
      [],
      1,
      'a.mae:12:3: error[budget-impossible]: No design can meet budget tiny: it allows 1 macs',
    ],
    ['--seed that is no number', SMALL, ['--seed', 'x'], 2, "error: option --seed: 'x' is not a number"],
    [
      '--evaluations 0',
      SMALL,
      ['--evaluations', '0'],
      2,
      'error: option --evaluations: the value must be a whole number from 1',
    ],
    [
      'an unknown estimator',
      SMALL,
      ['--estimator', 'zen'],
      2,
      "error: option --estimator: 'zen' is not fan-in or exact.",
    ],
    ['an unknown cost', SMALL, ['--pareto', 'macs,flops'], 2, "error: option --pareto: 'flops' is not macs, thop"],
    [
      'an unknown cost to minimise',
      SMALL,
      ['--minimise', 'parms'],
      2,
      "error: option --minimise: 'parms' is not macs, thop",
    ],
    [
      'a score that nothing holds',
      SMALL,
      ['--score', '300'],
      2,
      'error: option --score: a score is held only while a cost',
    ],
    [
      'a measured score that nobody knows',
      SMALL.replace('within tiny', 'within tiny\n  objective zen-measured'),
      ['--minimise', 'params'],
      1,
      'a.mae:16:1: error[search]: Nobody knows the measured score of the start before the search. Say which one to hold.',
    ],
    [
      'a score that is none',
      SMALL,
      ['--minimise', 'macs', '--score', 'x'],
      2,
      "error: option --score: 'x' is not a number",
    ],
    ['no plateau', SMALL, ['--plateau', '0'], 2, 'error: option --plateau: the value must be a whole number from 1'],
    ['no time', SMALL, ['--time-limit', '0'], 2, 'error: option --time-limit: the value must be a time from 0.001 s'],
    [
      'a score in the file without a cost to minimise',
      SMALL.replace('within tiny', 'within tiny\n  score >= 300'),
      [],
      1,
      'a.mae:19:3: error[missing-setting]: A score is held only while a cost is minimised',
    ],
    ['two places for the design', SMALL, ['--out', 'b.mae', '--in-place'], 2, 'choose one of them'],
    [
      'a front of nothing',
      SMALL,
      ['--front', 'b.mae'],
      2,
      'error: option --front: say with --pareto against which costs',
    ],
  ])('%s', async (_, text, args, code, message) => {
    const { exit, stdout, stderr } = await new Folder({ 'a.mae': text }).mae('search', 'a.mae', ...args);
    expect(stderr).toContain(message);
    expect({ exit, stdout }).toEqual({ exit: code, stdout: '' });
  });

  test('a start over its budget is shrunk, which is said; the contract of --json has it as it was', async () => {
    const folder = new Folder({ 'a.mae': SMALL.replace('20M', '4M') });
    const { exit, stdout, stderr } = await folder.mae('search', 'a.mae', '--json', '--in-place');
    expect(stderr).toMatch(/^small exceeds tiny already: [\d.]+ M macs, at most 4 M macs\. The search shrinks it/);
    expect(exit).toBe(0);
    const result = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(Object.keys(result.start)).toEqual(['score', 'costs', 'repaired']);
    expect(result.start.costs.macs).toBeGreaterThan(4e6);
    expect(result.costs.macs).toBeLessThanOrEqual(4e6);
    expect((await folder.mae('check', 'a.mae')).exit).toBe(0);
  });

  test('a cost that is minimised without a limit on layers ends in depth alone, which is said', async () => {
    const folder = new Folder({ 'a.mae': SMALL.slice(0, SMALL.indexOf('budget')) });
    const { exit, stderr } = await folder.mae('search', 'a.mae', '--minimise', 'params', '--evaluations', '2000');
    expect(exit).toBe(0);
    expect(stderr).toContain('warning: Nothing limits the layers: very many very narrow ones hold any score');
  });

  test('one of several searches runs when it is named', async () => {
    const folder = new Folder({ 'a.mae': named + second });
    const { exit, stdout } = await folder.mae('search', 'a.mae', '--search', 'first');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^first: Z /);
  });
});

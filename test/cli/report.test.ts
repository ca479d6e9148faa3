import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CLI, EXAMPLES, ended, Folder, SMALL } from './mae.ts';

/** Every number of a value, however deep. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}

interface Score {
  readonly backbones: readonly { readonly name: string; readonly stages: readonly unknown[] }[];
  readonly detectors: readonly { readonly name: string }[];
}

/** The numbers that a page carries, each with what stands there for people. */
const carried = (page: string): { readonly value: number; readonly shown: string }[] =>
  [...page.matchAll(/<data value="([^"]*)">([^<]*)<\/data>/g)].map(([, value, shown = '']) => ({
    value: Number(value),
    shown,
  }));

describe('mae report', () => {
  test.each(['maedet_m', 'spinenet49', 'detectors/gflv2_maedet_m', 'detectors/mask_rcnn_r50'])(
    'of %s has the numbers of mae score --json, and no others',
    async (name) => {
      const [folder, file] = [new Folder(), `${EXAMPLES}${name}.mae`];
      const page = await folder.mae('report', file);
      expect({ exit: page.exit, stderr: page.stderr }).toEqual({ exit: 0, stderr: '' });
      const score = JSON.parse((await folder.mae('score', file, '--json')).stdout) as Score;
      const told = carried(page.stdout).map(({ value }) => value);
      expect(told.length).toBeGreaterThan(30);
      const known = new Set(numbersOf(score));
      // A detector tells the score of its backbone at its own input, which is that of the backbone in these files.
      expect(told.filter((value) => !known.has(value))).toEqual([]);
      for (const { name: design, stages, ...whole } of score.backbones) {
        expect(page.stdout).toContain(`Backbone ${design}</h2>`);
        const own = [...numbersOf({ ...whole, input: [] }), ...stages.map((stage) => (stage as { macs: number }).macs)];
        expect(own.filter((value) => !told.includes(value))).toEqual([]);
      }
      for (const { name: design, ...whole } of score.detectors) {
        expect(page.stdout).toContain(`Detector ${design}</h2>`);
        const own = numbersOf({ ...whole, input: [], classes: [] });
        expect(own.filter((value) => !told.includes(value))).toEqual([]);
      }
      for (const { value, shown } of carried(page.stdout)) {
        const read = Number(shown.replaceAll(/[^\d.eE-]/g, ''));
        const factor = { k: 1e3, M: 1e6, G: 1e9, T: 1e12 }[/ ([kMGT])/.exec(shown)?.[1] ?? ''] ?? 1;
        expect(Math.abs(read * factor - value), shown).toBeLessThanOrEqual(Math.max(0.051, Math.abs(value) * 6e-4));
      }
    },
    60_000,
  );

  test('writes the same to a file, as a whole, and not over one that is there', async () => {
    const folder = new Folder({ 'a.mae': SMALL, 'there.html': 'mine' });
    const { stdout } = await folder.mae('report', 'a.mae');
    expect(stdout).toMatch(/^<!doctype html>\n.*<\/html>\n$/s);
    expect(await folder.mae('report', 'a.mae', '--out', 'a.html')).toEqual({ exit: 0, stdout: '', stderr: '' });
    expect(folder.read('a.html')).toBe(stdout);
    const refused = await folder.mae('report', 'a.mae', '--out', 'there.html');
    expect(refused).toMatchObject({ exit: 3, stderr: expect.stringMatching(/^there\.html:1:1: error.*--force/) });
    expect(folder.read('there.html')).toBe('mine');
    expect(await folder.mae('report', 'a.mae', '--out', 'there.html', '--force')).toMatchObject({ exit: 0 });
    expect(folder.read('there.html')).toBe(stdout);
    expect(await folder.mae('report', 'a.mae', '--out', 'no/a.html')).toMatchObject({
      exit: 3,
      stderr: expect.stringContaining('Cannot write'),
    });
  });

  test('says what the budget of a search is worth, and has its front', async () => {
    const folder = new Folder({ 'a.mae': SMALL });
    const search = ['search', 'a.mae', '--pareto', 'macs', '--front', 'front.mae', '--out', 'b.mae'];
    expect(await folder.mae(...search)).toMatchObject({ exit: 0 });
    const { exit, stdout } = await folder.mae('report', 'a.mae', '--front', 'front.mae');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/no design within tiny scores above/);
    const count = folder.read('front.mae').match(/^backbone /gm)?.length ?? 0;
    expect(stdout).toContain(`${count} designs of front.mae`);
    expect(stdout).toMatch(/<svg class="plot"/);
  });

  test('takes several files, folders and standard input', async () => {
    const folder = new Folder({ 'a.mae': SMALL, 'b.mae': SMALL.replaceAll('small', 'other') });
    const two = await folder.mae('report', '.');
    expect(two).toMatchObject({ exit: 0, stderr: '' });
    expect(two.stdout).toMatch(/Report on 2 files.*Backbone small.*Backbone other/s);
    const child = spawn(process.execPath, [CLI, 'report', '-'], { cwd: folder.path });
    child.stdin.end(SMALL);
    const piped = await ended(child);
    expect(piped).toMatchObject({ exit: 0, stdout: expect.stringContaining('<h1>Report on standard input</h1>') });
  });
});

test('has what was measured, and not what was measured of another design', async () => {
  const folder = new Folder({ 'a.mae': SMALL, 'b.mae': SMALL.replace('out: 96', 'out: 80') });
  const measured = await folder.mae('measure', 'a.mae', '--backend', 'wasm', '--no-zen', '--draws', '2', '--json');
  expect(measured, measured.stderr).toMatchObject({ exit: 0 });
  writeFileSync(folder.at('m.json'), measured.stdout);
  const own = await folder.mae('report', 'a.mae', '--measured', 'm.json');
  expect(own.stdout).toMatch(/<h3>Measured<\/h3>.*relu, 2 draws, seed 0, wasm on/s);
  const other = await folder.mae('report', 'b.mae', '--measured', 'm.json');
  expect(other).toMatchObject({ exit: 0, stdout: expect.stringContaining('small is to be measured again') });
});

describe('what is at fault ends the command with its code', () => {
  const folder = () =>
    new Folder({
      'a.mae': SMALL,
      'half.mae': `${SMALL}\nbackbone broken { stem conv(out: , k: 3) }\n`,
      'none.mae': 'budget b { macs <= 1G }\n',
      'bad.mae': 'backbone {\n',
    });

  test.each([
    ['no such file', ['gone.mae'], 1, 'gone.mae:1:1: error[file]: There is no such file'],
    ['nothing to report', ['none.mae'], 1, 'none.mae:1:1: error[file]: This file has no backbone to report'],
    ['nothing to read', ['bad.mae'], 1, 'bad.mae:'],
    ['no such front', ['a.mae', '--front', 'gone.mae'], 1, 'gone.mae:1:1'],
    [
      'a front that is none',
      ['a.mae', '--front', 'none.mae'],
      1,
      'none.mae:1:1: error[file]: This file has no backbone',
    ],
    ['a broken front', ['a.mae', '--front', 'half.mae'], 1, 'half.mae:'],
    ['no measurement', ['a.mae', '--measured', 'a.mae'], 1, 'a.mae:1:1: error[file]: This is not what mae measure'],
    ['no file', [], 2, 'missing required argument'],
    ['no such option', ['a.mae', '--colour'], 2, "unknown option '--colour'"],
  ] as const)('%s', async (_, args, exit, message) => {
    const run = await folder().mae('report', ...args);
    expect(run).toMatchObject({ exit, stdout: '', stderr: expect.stringContaining(message) });
  });

  test('errors of the text: what can be read is in the page, and so are they', async () => {
    const { exit, stdout, stderr } = await folder().mae('report', 'half.mae');
    expect(exit).toBe(1);
    expect(stderr).toMatch(/^half\.mae:\d+:\d+: error\[/);
    expect(stdout).toContain('Backbone small</h2>');
    expect(stdout).not.toContain('Backbone broken</h2>');
    expect(stdout).toMatch(/<h2 id="file1-problems">Problems<\/h2>.*<code>half\.mae:\d+:\d+<\/code> error /s);
  });
});

import { chmodSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { structureCases } from '../golden/structures.ts';
import { EXAMPLES, Folder, SMALL } from './mae.ts';

const BLOCK = "{'class': 'ConvKXBNRELU', 'in': 3, 'out': 8, 'k': 3, 's': 2}";

describe('mae import and export', () => {
  test('every golden structure, imported, is scored and exported as it was', async () => {
    const structures = structureCases.map((c) => c.structure_info);
    const folder = new Folder({ 'all.txt': JSON.stringify({ best_structures: structures, accuracy: -1.5 }) });
    expect(await folder.mae('import', 'all.txt', '--out', 'all.mae')).toEqual({
      exit: 0,
      stdout: '',
      stderr: 'all.mae: 138 backbones imported\n',
    });
    const scored = await folder.mae('score', 'all.mae', '--json');
    const { backbones } = JSON.parse(scored.stdout) as { backbones: { params: { conv: number } }[] };
    expect(backbones.map((b) => b.params.conv)).toEqual(structureCases.map((c) => c.conv_params));
    const exported = await folder.mae(
      'export',
      'all.mae',
      '--backbone',
      'all_138',
      '--to',
      'tinynas',
      '--out',
      'l.txt',
    );
    expect(exported).toEqual({ exit: 0, stdout: '', stderr: '' });
    expect(JSON.parse(folder.read('l.txt').replaceAll("'", '"'))).toEqual(structures[137]);
  });

  test('without --out the text goes to standard output', async () => {
    const folder = new Folder({ '1 net.txt': `\uFEFF[${BLOCK}]\r\n` });
    const { exit, stdout, stderr } = await folder.mae('import', '1 net.txt');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toMatch(
      /^\/\/ From 1 net\.txt, .*\nbackbone _1_net \{\n {2}input 3 x 480 x 480\n\n {2}stem conv\(out: 8, k: 3, s: 2\)\n\}\n$/,
    );
  });

  test('code in a structure is named and never run', async () => {
    const folder = new Folder({ 's.txt': `[\n ${BLOCK},\n __import__('os').system('touch pwned')]` });
    const { exit, stdout, stderr } = await folder.mae('import', 's.txt', '--out', 'x.mae');
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(stderr).toContain(
      "s.txt:3:2: error[structure]: '__import__('os').system('touch pwned')' is a call, and code",
    );
    expect(() => folder.read('pwned')).toThrow();
    expect(() => folder.read('x.mae')).toThrow();
  });

  test('what TinyNAS lacks is said at its line', async () => {
    const { exit, stderr } = await new Folder().mae('export', `${EXAMPLES}resnet50.mae`, '--to', 'tinynas');
    expect(exit).toBe(1);
    expect(stderr).toMatch(/resnet50\.mae:8:12: error\[export\]: TinyNAS cannot build this: it has no max-pool/);
  });

  test.each([
    ['an unknown format', ['--to', 'caffe'], 2, "option --to: 'caffe' is not pytorch, mmdet, onnx or tinynas."],
    ['no format', [], 2, "required option '--to <format>' not specified"],
    ['several backbones', ['--to', 'tinynas'], 2, 'choose one with --backbone (small, other)'],
    ['an unknown backbone', ['--to', 'tinynas', '--backbone', 'smal'], 2, "there is no 'smal', only small, other"],
    [
      'a folder that does not exist',
      ['--to', 'tinynas', '--backbone', 'small', '--out', 'no/x.txt'],
      3,
      'no/x.txt:1:1: error[file]: Cannot write: its folder does not exist.',
    ],
    ['a broken backbone', ['--to', 'tinynas', '--backbone', 'other'], 1, 'a.mae:23:10: error[missing-input]'],
  ])('%s', async (_, args, code, message) => {
    const folder = new Folder({ 'a.mae': `${SMALL}\n\nbackbone other {\n  stem conv(out: 8, k: 3, s: 2)\n}\n` });
    const { exit, stderr } = await folder.mae('export', 'a.mae', ...args);
    expect(stderr).toContain(message);
    expect(exit).toBe(code);
  });

  test('a file that is there is written over with --force alone', async () => {
    const folder = new Folder({ 'a.mae': SMALL, 'a.txt': 'mine' });
    const args = ['export', 'a.mae', '--to', 'tinynas', '--out', 'a.txt'] as const;
    const refused = await folder.mae(...args);
    expect(refused).toMatchObject({ exit: 3, stdout: '' });
    expect(refused.stderr).toBe(
      'a.txt:1:1: error[file]: Cannot write: it is there already, and --force would write over it.\n',
    );
    expect(folder.read('a.txt')).toBe('mine');
    expect(await folder.mae(...args, '--force')).toMatchObject({ exit: 0, stderr: '' });
    expect(folder.read('a.txt')).toMatch(/^\[\{'class'/);
  });

  test.each([
    ['--weights', ['--weights', 'random'], 'option --weights: tinynas has no weights'],
    ['--seed', ['--seed', '1'], 'option --seed: tinynas has no weights'],
    ['--detector', ['--detector', 'd'], 'option --detector: tinynas is a format of backbones'],
  ])('%s of a format that has none is a mistake', async (_, args, message) => {
    const folder = new Folder({ 'a.mae': SMALL });
    const { exit, stderr } = await folder.mae('export', 'a.mae', '--to', 'tinynas', ...args);
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: `error: ${message}\n` });
  });

  test('a read-only file is not replaced', async () => {
    const folder = new Folder({ 's.txt': `[${BLOCK}]`, 'a.mae': SMALL });
    chmodSync(folder.at('a.mae'), 0o444);
    const { exit, stderr } = await folder.mae('import', 's.txt', '--out', 'a.mae');
    expect({ exit, stderr }).toEqual({ exit: 3, stderr: 'a.mae:1:1: error[file]: Cannot write: it is read-only.\n' });
    expect(folder.read('a.mae')).toBe(SMALL);
  });
});

import { describe, expect, test } from 'vitest';
import { Folder, SMALL } from './mae.ts';

const WIDER = SMALL.replace('out: 96', 'out: 80');

describe('mae compare --markdown', () => {
  test('has a table for each design that changed, and a line for the others', async () => {
    const twice = `${SMALL}\n${SMALL.replace(/\n\nbudget.*/s, '\n').replace('small', 'kept')}`;
    const folder = new Folder({ 'a.mae': twice, 'b.mae': twice.replace('out: 96', 'out: 80') });
    const { exit, stdout, stderr } = await folder.mae('compare', 'a.mae', 'b.mae', '--markdown');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.slice(0, 4)).toEqual([
      '**backbone small**',
      '',
      '| | before | after | change |',
      '|---|---:|---:|---:|',
    ]);
    expect(lines).toContainEqual(expect.stringMatching(/^\| params \| [\d.]+ k \| [\d.]+ k \| −[\d.]+ % \|$/));
    expect(lines.slice(-2)).toEqual(['', 'Not changed: backbone kept.']);
    expect(stdout).not.toContain('layers');
  });

  test('an empty file is one that was not there', async () => {
    const folder = new Folder({ 'a.mae': SMALL, 'none.mae': '' });
    expect((await folder.mae('compare', 'none.mae', 'a.mae', '--markdown')).stdout).toBe('New: backbone small.\n');
    expect((await folder.mae('compare', 'a.mae', 'none.mae', '--markdown')).stdout).toBe('Removed: backbone small.\n');
    expect((await folder.mae('compare', 'none.mae', 'none.mae', '--markdown')).stdout).toContain('no design');
  });

  test('an exceeded budget is no reason not to tell what changed', async () => {
    const folder = new Folder({ 'a.mae': SMALL, 'b.mae': SMALL.replace('macs   <= 20M', 'macs   <= 1M') });
    const { exit, stdout } = await folder.mae('compare', 'a.mae', 'b.mae', '--markdown');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^\| macs of budget tiny \| [\d.]+ % of 20 M \| \d+ % of 1 M \| exceeded \|$/m);
  });

  test.each([
    ['one file', ['a.mae'], 2, '--markdown: give two files'],
    ['three files', ['a.mae', 'b.mae', 'a.mae'], 2, '--markdown: give two files'],
    ['no such file', ['a.mae', 'gone.mae'], 1, 'gone.mae:1:1'],
    ['a broken file', ['bad.mae', 'a.mae'], 1, 'bad.mae:4:'],
    ['JSON as well', ['a.mae', 'b.mae', '--json'], 2, 'choose --json or --markdown'],
    ['a size that is none', ['a.mae', 'b.mae', '--at', 'big'], 2, '--at'],
  ] as const)('%s', async (_, args: readonly string[], exit, message) => {
    const folder = new Folder({ 'a.mae': SMALL, 'b.mae': WIDER, 'bad.mae': SMALL.replace('out: 8,', 'out: ,') });
    const run = await folder.mae('compare', '--markdown', ...args);
    const stdout = args.includes('--json') ? expect.stringContaining('"type":"error"') : '';
    expect(run).toMatchObject({ exit, stdout, stderr: expect.stringContaining(message) });
  });
});

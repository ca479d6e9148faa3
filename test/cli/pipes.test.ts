import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { readSource } from '../../server/src/answers/source.ts';
import { writeBack } from '../../server/src/answers/write.ts';
import { CLI, ended, Folder, SMALL } from './mae.ts';

const BROKEN = 'backbone b {\n  stem\n}\n';

describe('a reader that is gone', () => {
  test.each([
    ['check', 'of a broken file', BROKEN, 1],
    ['check', 'of a good file', SMALL, 0],
    ['score', 'of a good file', SMALL, 0],
    ['score', 'of a broken file', BROKEN, 1],
  ])('does not change what %s %s ends with', async (command, _, text, code) => {
    const child = new Folder({ 'a.mae': text }).start(command, 'a.mae');
    child.stdout.destroy();
    expect((await ended(child)).exit).toBe(code);
  });

  test.each([['--in-place'], ['--in-place', '--json']])(
    'does not keep mae search %s from writing',
    async (...options) => {
      const folder = new Folder({ 'a.mae': SMALL });
      const child = folder.start('search', 'a.mae', ...options);
      child.stdout.destroy();
      child.stderr.destroy();
      expect((await ended(child)).exit).toBe(0);
      expect(folder.read('a.mae')).not.toBe(SMALL);
    },
  );
});

test.runIf(process.platform !== 'win32')(
  'a terminal that is closed ends a search as Ctrl-C does, with its checkpoint',
  async () => {
    const folder = new Folder({ 'a.mae': SMALL.replace('3000', '100M') });
    const child = folder.start('search', 'a.mae', '--checkpoint', 'state.json');
    child.stderr.once('data', () => child.kill('SIGHUP'));
    const { exit, stdout } = await ended(child);
    expect(exit).toBe(130);
    expect(stdout).toContain('backbone small {');
    expect(existsSync(folder.at('state.json'))).toBe(true);
  },
);

describe('several that write a file at once', () => {
  test('of four searches one writes, and the others say that the file moved on', async () => {
    const folder = new Folder({ 'a.mae': SMALL.replace('3000', '1M') });
    const runs = await Promise.all(
      [1, 2, 3, 4].map((seed) => folder.mae('search', 'a.mae', '--in-place', '--seed', String(seed))),
    );
    const writers = runs.filter(({ stderr }) => stderr.includes('design written'));
    expect(writers.map(({ exit }) => exit)).toEqual([0]);
    const others = runs.filter((run) => !writers.includes(run));
    for (const { exit, stderr } of others) {
      expect(stderr).toMatch(
        /Cannot write: (small was changed while the search ran|it was changed by another program)/,
      );
      expect(exit).toBe(3);
    }
  });

  test('a text is written only over the text that was read', async () => {
    const folder = new Folder({ 'a.mae': SMALL });
    const source = await readSource(folder.at('a.mae'));
    if (!source.ok) throw new Error(source.message);
    expect(await writeBack(source.value, 'one')).toMatchObject({ ok: true });
    expect(await writeBack(source.value, 'two')).toMatchObject({ ok: false, exit: 3 });
    expect(folder.read('a.mae')).toBe('one');
  });

  test('what a killed process left does not hold others up; one that lives does', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => gone.once('close', resolve));
    const unformatted = SMALL.replace('  within', 'within');
    const left = new Folder({ 'a.mae': unformatted, '.a.mae.lock': String(gone.pid) });
    expect(await left.mae('fmt', 'a.mae')).toMatchObject({ exit: 0 });
    expect(existsSync(left.at('.a.mae.lock'))).toBe(false);
    const held = new Folder({ 'a.mae': unformatted, '.a.mae.lock': String(process.pid) });
    const { exit, stderr } = await held.mae('fmt', 'a.mae');
    expect(stderr).toContain('another program is writing it');
    expect(exit).toBe(3);
    expect(held.read('a.mae')).toBe(unformatted);
  });
});

describe('the Node that is needed', () => {
  const [, oldest] = /^>=(\d+\.\d+)$/.exec(manifest.engines.node) ?? [];

  test('is that of package.json, and an older one is refused with what to do', async () => {
    const [major, minor] = (oldest ?? '').split('.').map(Number);
    const older = `Object.defineProperty(process,'versions',{value:{...process.versions,node:'${major}.${(minor ?? 0) - 1}.9'}})`;
    const child = spawn(process.execPath, [
      '--import',
      `data:text/javascript,${encodeURIComponent(older)}`,
      CLI,
      '--version',
    ]);
    const { exit, stderr } = await ended(child);
    expect(exit).toBe(3);
    expect(stderr).toContain(`mae needs Node ${oldest} or newer`);
    expect(stderr).toContain('npm run mae');
  });

  test('is what the library needs that reads the command line', () => {
    const needed: unknown = JSON.parse(
      readFileSync(new URL('../../node_modules/commander/package.json', import.meta.url), 'utf8'),
    );
    expect(needed).toMatchObject({ engines: { node: expect.stringMatching(`^>=${oldest}(\\.0)?$`) } });
  });

  test.each(['README.md', 'docs/editors.md'])('is named in %s', (file) => {
    expect(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')).toContain(`${oldest} or newer`);
  });
});

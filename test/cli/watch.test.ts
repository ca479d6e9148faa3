import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { Folder, SMALL } from './mae.ts';

const running: ChildProcessWithoutNullStreams[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** What a process writes, and the waiting for it. */
class Watched {
  private readonly child: ChildProcessWithoutNullStreams;
  private said = '';

  constructor(folder: Folder, ...args: string[]) {
    this.child = folder.start(...args, '--watch');
    running.push(this.child);
    for (const stream of [this.child.stdout, this.child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.said += text;
        this.child.emit('said');
      });
  }

  /** The text up to what was waited for; later waits begin behind it. */
  async says(wanted: RegExp): Promise<string> {
    for (;;) {
      const found = wanted.exec(this.said);
      if (found !== null) {
        const end = found.index + found[0].length;
        const before = this.said.slice(0, end);
        this.said = this.said.slice(end);
        return before;
      }
      await once(this.child, 'said');
    }
  }

  async interrupted(): Promise<unknown> {
    const ended = once(this.child, 'close');
    this.child.kill('SIGINT');
    return (await ended)[0];
  }

  /** The exit code when nobody reads standard output any more. */
  async unread(change: () => void): Promise<unknown> {
    const ended = once(this.child, 'close');
    this.child.stdout.destroy();
    change();
    return (await ended)[0];
  }
}

/** Windows ends a process that is sent a signal without asking it. */
const INTERRUPTED = process.platform === 'win32' ? null : 130;

test('a check is made again when a file changes, is replaced, comes or goes', async () => {
  const folder = new Folder({ 'a.mae': SMALL });
  const check = new Watched(folder, 'check', '.');
  await check.says(/1 file: 0 errors/);
  writeFileSync(folder.at('a.mae'), SMALL.replace('out: 8', 'out: '));
  expect(await check.says(/1 file: 1 error/)).toMatch(/a\.mae:4:\d+: error\[/);
  // As many editors save.
  writeFileSync(folder.at('a.new'), SMALL);
  renameSync(folder.at('a.new'), folder.at('a.mae'));
  await check.says(/1 file: 0 errors/);
  writeFileSync(folder.at('b.mae'), SMALL);
  await check.says(/2 files: 0 errors/);
  rmSync(folder.at('b.mae'));
  await check.says(/1 file: 0 errors/);
  expect(await check.interrupted()).toBe(INTERRUPTED);
});

test('a score gives a line of JSON each time, and an error as an object where it has none', async () => {
  const folder = new Folder({ 'a.mae': SMALL });
  const score = new Watched(folder, 'score', 'a.mae#small', '--json');
  expect(await score.says(/^\{.*\}$/m)).toContain('"name":"small"');
  rmSync(folder.at('a.mae'));
  expect(await score.says(/^\{.*\}$/m)).toMatch(/"type":"error".*There is no such file/);
  writeFileSync(folder.at('a.mae'), SMALL.replace('out: 16', 'out: 24'));
  expect(await score.says(/^\{.*\}$/m)).toContain('"channels":24');
  expect(await score.unread(() => writeFileSync(folder.at('a.mae'), SMALL))).toBe(130);
});

test.each([
  [['check', '-', '--watch'], /standard input does not change/],
  [['score', 'a.mae', '--at', '12', '--watch'], /HEIGHTxWIDTH/],
])('%j is a mistake of usage', async (args, message) => {
  const run = await new Folder({ 'a.mae': SMALL }).mae(...args);
  expect(run.stderr).toMatch(message);
  expect(run.exit).toBe(2);
});

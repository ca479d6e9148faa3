import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../../server/src/cli/program.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** How each file starts a worker. */
const STARTS: readonly (readonly [string, RegExp])[] = [
  ['compose.yaml', /^ +command: (worker .*)$/m],
  ['deploy/mae-worker.service', /^ExecStart=\/usr\/bin\/node \S+\/dist\/cli\.js (.*)$/m],
];

describe('files that run workers call the command as it is', () => {
  test.each(STARTS)('%s', (file, pattern) => {
    const [name, ...words] = (pattern.exec(read(file))?.[1] ?? '').split(' ');
    const command = createProgram(() => undefined).commands.find((one) => one.name() === name);
    expect(command?.name()).toBe('worker');
    const known = command?.options.flatMap(({ long }) => long ?? []) ?? [];
    const options = words.filter((word) => word.startsWith('--'));
    expect(options).toContain('--redis');
    expect(options.filter((option) => !known.includes(option))).toEqual([]);
  });
});

test('the image has every folder that the command reads', () => {
  const copied = [...read('deploy/Dockerfile').matchAll(/^COPY --from=build .*\/mae\/(\S+)/gm)].map(
    (match) => match[1],
  );
  for (const folder of ['dist', 'examples', 'spaces']) expect(copied).toContain(folder);
});

test('the Redis of the compose file is as the docs ask for it', () => {
  for (const option of ['--appendonly yes', '--maxmemory-policy noeviction']) {
    expect(read('compose.yaml')).toContain(option);
    expect(read('docs/distributed.md')).toContain(option);
  }
});

import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readProfile } from '../../server/src/latency/read-profile.ts';
import { Folder } from './mae.ts';

const SMALL = `backbone small {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 conv(out: 16, k: 1, s: 2)
}
`;

test('a profile is made, and what it says is read by the design beside it', async () => {
  const folder = new Folder({ 'small.mae': `${SMALL}budget b { latency <= 1000ms on here }\n` });
  const { exit, stdout } = await folder.mae('profile', 'small.mae', '--seconds', '1', '--out', 'here.maeprofile.json');
  expect(exit).toBe(0);
  expect(stdout).toContain('latency <= 10ms on here');
  const read = readProfile(folder.read('here.maeprofile.json'));
  expect(read.kind).toBe('profile');
  expect(existsSync(folder.at('here.maeprofile.points'))).toBe(false);
  expect((await folder.mae('check', 'small.mae')).exit).toBe(0);
});

test.each([
  ['a file that is no profile', ['--out', 'x.json'], 2, /NAME\.maeprofile\.json/],
  ['a name that no budget can say', ['--out', '7 up.maeprofile.json'], 2, /cannot be named/],
  ['another device', ['--device', 'tpu'], 2, /--device/],
  ['a design that is not there', ['none.mae'], 1, /no such file/],
])('%s', async (_, args, code, message) => {
  const { exit, stderr } = await new Folder().mae('profile', ...args);
  expect(exit).toBe(code);
  expect(stderr).toMatch(message);
});

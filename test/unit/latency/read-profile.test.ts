import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { profileSchema } from '../../../server/src/latency/profile-schema.ts';
import { MAX_POINTS, readProfile } from '../../../server/src/latency/read-profile.ts';
import { writeProfile } from '../../../server/src/latency/write-profile.ts';

const TEXT = readFileSync(new URL('../../fixtures/latency/toy.maeprofile.json', import.meta.url), 'utf8');

const without = (field: string): string => {
  const { [field]: _, ...rest } = JSON.parse(TEXT);
  return JSON.stringify(rest);
};

const withPoint = (point: string): string => TEXT.replace('[16, 16, 1, 10, 10, 0.007242, 0.03, 20]', point);

/** So many points of which no two have a size in common. */
const scattered = (count: number): string =>
  withPoint(
    Array.from({ length: count }, (_, i) => `[${16 * i + 16}, ${16 * i + 16}, 1, ${i + 1}, 1, 1, 0, 1]`).join(','),
  );

const rows = (count: number): string =>
  withPoint(Array.from({ length: count }, () => '[1, 1, 1, 1, 1, 1, 0, 1]').join(','));

const fault = (text: string): string => {
  const read = readProfile(text);
  return read.kind === 'fault' ? read.message : 'no fault';
};

describe('what is wrong with a profile is said with its place', () => {
  test.each([
    ['no JSON', '{', /^It is no JSON/],
    ['another thing', '[]', /^the file: /],
    ['a missing device', without('device'), /^device: /],
    ['no operators', without('operators'), /^operators: /],
    ['another version', TEXT.replace('"version": 1', '"version": 2'), /version 2.*mae profile/],
    ['NaN', withPoint('[16, 16, 1, 10, 10, NaN, 0.03, 20]'), /^It is no JSON/],
    ['null for a time', withPoint('[16, 16, 1, 10, 10, null, 0.03, 20]'), /^operators\[0\]\.points\[0\]\.ms: /],
    ['a negative time', withPoint('[16, 16, 1, 10, 10, -1, 0.03, 20]'), /^operators\[0\]\.points\[0\]\.ms: /],
    ['half a channel', withPoint('[16.5, 16, 1, 10, 10, 1, 0.03, 20]'), /^operators\[0\]\.points\[0\]\.in: /],
    ['a short point', withPoint('[16, 16]'), /^operators\[0\]\.points\[0\]/],
    [
      'points that are no grid',
      scattered(300),
      /^The points of 'conv 1 1 one map' are no grid: their sizes have \d{8} combinations/,
    ],
    ['a million rows', rows(1_000_000), new RegExp(`^operators\\[0\\]\\.points: .*${MAX_POINTS}`)],
  ])('%s', (_, text, message) => {
    expect(fault(text)).toMatch(message);
  });
});

test('what is written is read as it was', () => {
  const read = readProfile(TEXT);
  if (read.kind === 'fault') throw new Error(read.message);
  const profile = { ...read.profile, layout: { plain: ['split'] }, overhead: 0.002 };
  const text = writeProfile(profile);
  expect(readProfile(text)).toEqual({ kind: 'profile', profile });
  expect(text).toContain('\n      [16, 16, 1, 10, 10, 0.007242, 0.03, 20],\n');
});

test('the schema is that of the program (node scripts/schema.ts)', () => {
  const file = readFileSync(new URL('../../../schemas/maeprofile.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(file)).toEqual(JSON.parse(profileSchema()));
});

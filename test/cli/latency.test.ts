import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Folder } from './mae.ts';

const TOY = readFileSync(new URL('../fixtures/latency/toy.maeprofile.json', import.meta.url), 'utf8');
const TEXT = `// Two lines within the profile, one beyond it.
backbone small {
  input 3 x 320 x 320
  stem     conv(out: 32, k: 3, s: 2)
  stage C2 basic(out: 64, btn: 64, k: 3, s: 2) x 2   // a comment
  stage C3 basic(out: 1040, btn: 64, k: 3, s: 2) x 1
}
detector whole { backbone small  neck fpn(from: C2..C3, levels: 2, extra: pool)  head fcos(convs: 1) }
`;
const beside = { 'a.mae': TEXT, 'toy.maeprofile.json': TOY };

interface Latency {
  readonly name: string;
  readonly milliseconds: number;
  readonly outside: readonly string[];
  readonly groups: readonly { readonly line: number; readonly milliseconds: number }[];
  readonly parts: readonly { readonly name: string; readonly milliseconds: number }[];
}

const sum = (all: readonly { readonly milliseconds: number }[]): number =>
  all.reduce((total, { milliseconds }) => total + milliseconds, 0);

describe('mae latency', () => {
  test('prints JSON with every field of its contract; groups and parts add up', async () => {
    const folder = new Folder(beside);
    const { exit, stdout, stderr } = await folder.mae('latency', 'a.mae', '--on', 'toy', '--json');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    const { backbones, detectors, ...about } = JSON.parse(stdout) as {
      backbones: readonly Latency[];
      detectors: readonly Latency[];
    };
    expect(about).toEqual({
      profile: 'toy',
      device: 'a made-up device for tests',
      runtime: { name: 'none', version: '1' },
    });
    const [small] = backbones;
    expect(small?.name).toBe('small');
    expect(small?.groups.map(({ line }) => line)).toEqual([4, 5, 6]);
    expect(sum(small?.groups ?? [])).toBeCloseTo(small?.milliseconds ?? 0, 9);
    expect(small?.outside).toContain('conv 1×1, 64 → 1040 channels at 40×40');
    expect(small?.outside).not.toContain('conv 3×3, 64 channels at 80×80');
    const [whole] = detectors;
    expect(whole?.parts.map(({ name }) => name)).toEqual(['backbone', 'fpn', 'fcos']);
    expect(sum(whole?.parts ?? [])).toBeCloseTo(whole?.milliseconds ?? 0, 9);
    expect(whole?.parts[0]?.milliseconds).toBeCloseTo(small?.milliseconds ?? 0, 9);
  });

  test('prints a table, with what lies beyond the profile and how good that is', async () => {
    const { exit, stdout } = await new Folder(beside).mae('latency', 'a.mae', '--on', 'toy');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^small, input 3 × 320 × 320/m);
    expect(stdout).toMatch(/^ +5 +basic\(out: 64, btn: 64, k: 3, s: 2\) x 2 +[\d.]+ +\d+ %/m);
    expect(stdout).toMatch(/^ +6 +basic\(out: 1040.* outside the profile$/m);
    expect(stdout).toContain('outside the profile, so extrapolated:');
    expect(stdout).toMatch(/^error +not known: no whole network was run/m);
  });

  test('takes the path of a profile that stands elsewhere', async () => {
    const folder = new Folder({ 'a.mae': TEXT, 'phone.maeprofile.json': TOY });
    const { exit, stdout } = await folder.mae('latency', 'a.mae', '--on', './phone.maeprofile.json', '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ profile: 'phone' });
  });

  const spoilt = (change: (profile: Record<string, unknown>) => void): string => {
    const profile = JSON.parse(TOY) as Record<string, unknown>;
    change(profile);
    return JSON.stringify(profile);
  };
  test.each([
    [
      'no file',
      undefined,
      /toy\.maeprofile\.json: error\[no-profile\]: There is no profile of toy: make it with "mae profile/,
    ],
    ['no JSON', '{', /It is no JSON/],
    ['NaN', TOY.replace('"factor": 0.95', '"factor": NaN'), /It is no JSON/],
    ['a missing field', spoilt((p) => Object.assign(p, { threads: undefined })), /threads: .*/],
    [
      'another version',
      spoilt((p) => Object.assign(p, { version: 2 })),
      /of version 2, and this program reads version 1/,
    ],
    [
      'a negative time',
      TOY.replace(/\[16, 16, 1, 10, 10, [\d.]+/, '[16, 16, 1, 10, 10, -1'),
      /operators\[0\]\.points\[0\]\.ms: /,
    ],
  ])('a profile that cannot be used: %s', async (_, profile, message) => {
    const folder = new Folder({ 'a.mae': TEXT, ...(profile === undefined ? {} : { 'toy.maeprofile.json': profile }) });
    const { exit, stdout, stderr } = await folder.mae('latency', 'a.mae', '--on', 'toy');
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('a file with errors says them, and what can be read has its times', async () => {
    const folder = new Folder({ ...beside, 'a.mae': TEXT.replace('neck', 'neckk') });
    const { exit, stdout, stderr } = await folder.mae('latency', 'a.mae', '--on', 'toy');
    expect(exit).toBe(1);
    expect(stdout).toMatch(/^small, input/m);
    expect(stderr).toContain('a.mae:8:');
  });
});

import { describe, expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { picture } from '../../../server/src/features/picture.ts';
import { snapshotOf, takeSnapshot } from '../../../server/src/features/snapshot.ts';

const TEXT = `// one
backbone small {
  input 3 x 256 x 256
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64,  btn: 16, k: 3, s: 2) x 1
  stage C3 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1
         + bottleneck(out: 256, btn: 32, k: 5,
             s: 1) x 3
}
`;

describe('what the picture draws', () => {
  const [drawn] = picture(snapshotOf(TEXT), DEFAULT_OPTIONS);

  test('groups in order, with their lines, shapes and stages', () => {
    expect(drawn).toMatchObject({ name: 'small', from: 1, to: 8, fresh: true, costName: 'macs', estimator: 'fan-in' });
    expect(drawn?.groups.map((g) => [g.from, g.to, g.stage, g.channels, g.height, g.width, g.depth])).toEqual([
      [3, 3, 0, 16, 128, 128, 1],
      [4, 4, 1, 64, 64, 64, 1],
      [5, 5, 2, 128, 32, 32, 1],
      [6, 7, 2, 256, 32, 32, 3],
    ]);
    expect(drawn?.stages.map((s) => [s.name, s.channels])).toEqual([
      ['C1', 16],
      ['C2', 64],
      ['C3', 256],
    ]);
  });

  test('shares make one, gains make the entropy', () => {
    const sum = (values: readonly number[] = []): number => values.reduce((a, b) => a + b, 0);
    expect(sum(drawn?.groups.map((g) => g.costShare))).toBeCloseTo(1, 12);
    expect(sum(drawn?.stages.map((s) => s.costShare))).toBeCloseTo(1, 12);
    expect(sum(drawn?.groups.map((g) => g.cost))).toBe(drawn?.cost);
    // The image itself has entropy log 3: log σ = 0, three channels.
    expect(Math.log(3) + sum(drawn?.groups.map((g) => g.gain ?? 0))).toBeCloseTo(drawn?.groups.at(-1)?.entropy ?? 0, 9);
  });

  test('a budget says which cost counts, the settings which estimator', () => {
    const budgeted = `${TEXT.replace('3 x 256 x 256', '3 x 256 x 256  within b')}budget b { tinynas <= 9G }`;
    const [other] = picture(snapshotOf(budgeted), { ...DEFAULT_OPTIONS, estimator: 'exact' });
    expect(other).toMatchObject({ costName: 'tinynas', estimator: 'exact' });
    expect(other?.score).not.toBe(drawn?.score);
  });

  test('a text that cannot be read keeps the last good value of what is broken, on the lines as they are now', () => {
    const before = snapshotOf(TEXT);
    const text = `\n${TEXT.replace('out: 64', 'out: ')}`;
    const broken = takeSnapshot(snapshotOf(text).document, before);
    const [kept] = picture(broken, DEFAULT_OPTIONS);
    expect(kept).toMatchObject({ fresh: false, score: drawn?.score });
    expect(kept?.groups.map((g) => g.from)).toEqual([4, 5, 6, 7]);
    // Opened like this, the width is that of the group before.
    const [guessed] = picture(snapshotOf(text), DEFAULT_OPTIONS);
    expect(guessed).toMatchObject({ fresh: false });
    expect(guessed?.groups.map((g) => g.channels)).toEqual([16, 16, 128, 256]);
  });
});

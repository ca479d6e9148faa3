import { describe, expect, test } from 'vitest';
import { inlayHints, resolveHint } from '../../../server/src/features/inlay-hints.ts';
import { DEFAULT_OPTIONS, type FeatureOptions } from '../../../server/src/features/options.ts';
import { type Snapshot, snapshotOf, takeSnapshot } from '../../../server/src/features/snapshot.ts';

const WHOLE = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
const TEXT = `backbone net {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)      // a comment
  stage C2 maxpool(k: 3, s: 2) + basic(out: 32, btn: 32, k: 3, s: 1) x 2
  stage C3 basic(out: 64, btn: 32, k: 3, s: 2)
}
`;

/** The text with each hint in ‹› where it stands. */
function shown(snapshot: Snapshot, options: FeatureOptions = DEFAULT_OPTIONS): string {
  const { document } = snapshot;
  return inlayHints(snapshot, WHOLE, options)
    .toSorted((a, b) => document.offsetAt(b.position) - document.offsetAt(a.position))
    .reduce((text, { position, label }) => {
      const at = document.offsetAt(position);
      return `${text.slice(0, at)} ‹${String(label)}›${text.slice(at)}`;
    }, document.getText());
}

const only = (part: 'shape' | 'entropy' | 'cost' | 'params'): FeatureOptions => ({ ...DEFAULT_OPTIONS, hints: [part] });

describe('hints', () => {
  test('stand behind each group: at the line’s end, or between two groups of one line', () => {
    expect(shown(snapshotOf(TEXT), only('shape'))).toBe(`backbone net {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)      // a comment ‹16×32×32›
  stage C2 maxpool(k: 3, s: 2) ‹16×16×16› + basic(out: 32, btn: 32, k: 3, s: 1) x 2 ‹32×16×16›
  stage C3 basic(out: 64, btn: 32, k: 3, s: 2) ‹64×8×8›
}
`);
  });

  test('the entropy follows the estimator, the cost the convention', () => {
    const stem = (options: FeatureOptions) => inlayHints(snapshotOf(TEXT), WHOLE, options)[0]?.label;
    // fan-in: ½ log(3·9) + log 16 = 4.42 nats, from log 3 = 1.10 of the input; padding takes a little.
    expect(stem(only('entropy'))).toBe('+3.3 H');
    expect(stem({ ...only('entropy'), estimator: 'exact' })).toBe('+3.3 H');
    expect(stem({ ...only('cost'), cost: 'thop' })).toBe('475 k thop');
    expect(stem(only('cost'))).toBe('442 k macs');
  });

  test('by default say what a group adds and costs, and nothing where that is nothing', () => {
    expect(shown(snapshotOf(TEXT))).toBe(`backbone net {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)      // a comment ‹+3.3 H · 442 k macs›
  stage C2 maxpool(k: 3, s: 2) + basic(out: 32, btn: 32, k: 3, s: 1) x 2 ‹+11.7 H · 8.39 M macs›
  stage C3 basic(out: 64, btn: 32, k: 3, s: 2) ‹+6.4 H · 3.67 M macs›
}
`);
    expect(shown(snapshotOf(TEXT), only('params'))).toContain('maxpool(k: 3, s: 2) + ');
  });

  test('a budget’s own convention is the one that is shown', () => {
    const text = `${TEXT}budget b { mmcv <= 1G }\n`;
    expect(inlayHints(snapshotOf(text), WHOLE, only('cost'))[0]?.label).toBe('492 k mmcv');
  });

  test('only lines in the range are answered', () => {
    const range = { start: { line: 4, character: 0 }, end: { line: 4, character: 80 } };
    expect(inlayHints(snapshotOf(TEXT), range, DEFAULT_OPTIONS)).toHaveLength(1);
  });

  test('last good numbers stay on the lines they belong to when a line is added above', () => {
    const before = snapshotOf(TEXT);
    const broken = snapshotOf(TEXT.replace('  stage C3 basic(out: 64', '\n\n  stage C3 basic(out: '));
    const after = takeSnapshot(broken.document, before);
    expect(shown(after, only('shape'))).toContain('stage C3 basic(out: , btn: 32, k: 3, s: 2) ‹64×8×8›');
  });

  test('the tooltip says when not all could be read, and gives every convention and closed form', () => {
    const before = snapshotOf(TEXT);
    const after = takeSnapshot(snapshotOf(TEXT.replace('out: 64', 'out: ')).document, before);
    const tooltip = JSON.stringify(inlayHints(after, WHOLE, DEFAULT_OPTIONS)[0]?.tooltip);
    for (const word of [
      'as far as it can be',
      'fan-in',
      'exact',
      'finite width',
      'macs',
      'thop',
      'mmcv',
      'tinynas',
      '64×64',
    ]) {
      expect(tooltip).toContain(word);
    }
  });

  test('a tooltip on demand is the one that would have come at once', () => {
    const snapshot = snapshotOf(TEXT);
    const now = inlayHints(snapshot, WHOLE, DEFAULT_OPTIONS);
    const later = inlayHints(snapshot, WHOLE, DEFAULT_OPTIONS, undefined, 'on-demand');
    expect(later.map((hint) => hint.tooltip)).toEqual(now.map(() => undefined));
    expect(later.map((hint) => resolveHint(snapshot, hint).tooltip)).toEqual(now.map((hint) => hint.tooltip));
    const [last] = later.slice(-1);
    const gone = snapshotOf('// nothing is left');
    if (last !== undefined) expect(resolveHint(gone, last)).toEqual(last);
  });

  test('the best next change stands behind the brace of its backbone, if it is wanted', () => {
    const text = TEXT.replace('backbone net {', 'backbone net {   // mine');
    expect(shown(snapshotOf(text), { ...only('shape'), hints: [], bestNext: true })).toMatch(
      /^backbone net \{ {3}\/\/ mine ‹best next: C\d( group \d)? [^‹]* per M macs›\n/,
    );
  });

  describe('the best next change', () => {
    const wanted: FeatureOptions = { ...DEFAULT_OPTIONS, hints: [], bestNext: true };
    const second = TEXT.replace('net', 'other');
    const linesOf = (snapshot: Snapshot, range = WHOLE): number[] =>
      inlayHints(snapshot, range, wanted).map((hint) => hint.position.line);

    test.each<[string, string, number[]]>([
      ['once for each backbone', TEXT + second, [0, 6]],
      [
        'not where a budget forbids every gain',
        `${TEXT}budget b { layers <= 1 params <= 1 }\nsearch { start net within b }`,
        [],
      ],
      ['not of a backbone without a number', 'backbone net {\n  stem conv(out: 8)\n}', []],
      ['not without a backbone', 'budget b { macs <= 1G }', []],
    ])('%s', (_, text, lines) => expect(linesOf(snapshotOf(text))).toEqual(lines));

    test('stays as it was while a part cannot be read, and says so', () => {
      const before = snapshotOf(TEXT);
      const after = takeSnapshot(snapshotOf(TEXT.replace('out: 64', 'out: ')).document, before);
      const [fresh] = inlayHints(before, WHOLE, wanted);
      const [stale] = inlayHints(after, WHOLE, wanted);
      expect(stale).toMatchObject({ position: fresh?.position, label: fresh?.label });
      expect(fresh?.tooltip).toBeUndefined();
      expect(JSON.stringify(stale?.tooltip)).toContain('as far as it can be');
    });

    test('only in the lines that are asked for, and only when it is switched on', () => {
      const range = { start: { line: 4, character: 0 }, end: { line: 8, character: 0 } };
      expect(linesOf(snapshotOf(TEXT + second), range)).toEqual([6]);
      expect(shown(snapshotOf(TEXT))).not.toContain('best next');
    });

    test('is told in the convention of the budget', () => {
      const text = `${TEXT}budget b { thop <= 1G }\nsearch { start net within b }`;
      expect(shown(snapshotOf(text), wanted)).toMatch(/‹best next: [^‹]* per M thop›/);
    });
  });
});

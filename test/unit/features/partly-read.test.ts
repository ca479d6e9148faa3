import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeLenses } from '../../../server/src/features/code-lenses.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { inlayHints } from '../../../server/src/features/inlay-hints.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { resolveRunnable, runnables } from '../../../server/src/features/search-targets.ts';
import { type Snapshot, snapshotOf, takeSnapshot } from '../../../server/src/features/snapshot.ts';
import { editedSample } from './sample.ts';

const NET = `backbone net {
  input 3 x 224 x 224
  stem     conv(out: 64, k: 7, s: 2)
  stage C2 bottleneck(out: 256, btn: 64,  k: 3, s: 2) x 3
         + bottleneck(out: 256, btn: 64,  k: 3, s: 1) x 2
  stage C3 bottleneck(out: 512, btn: 128, k: 3, s: 2) x 4
  stage C4 bottleneck(out: 768, btn: 192, k: 3, s: 2) x 6
}
budget b { macs <= 90G }
search { start net  within b }
`;
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
const COMMANDS = { runSearch: 'run', measure: { start: 'measure', cancel: 'cancel' } };

const scoreOf = (snapshot: Snapshot): number | undefined => snapshot.backbones[0]?.analysis?.score.fanIn;
const whole = snapshotOf(NET);
const edited = (from: string, to: string): string => {
  const text = NET.replace(from, to);
  expect(text).not.toBe(NET);
  return text;
};

describe('a backbone that is opened with something wrong in it has numbers all the same', () => {
  test.each([
    ['an argument that is none', 's: 2) x 3', 's: 2, padding: 1) x 3'],
    ['the word of another tool', 'k: 3, s: 2) x 3', 'k: 3, stride: 2) x 3'],
    ['the block of another tool', 'stage C2 bottleneck', 'stage C2 BottleneckBlock'],
    ['equals signs', '(out: 64, k: 7, s: 2)', '(out=64, k=7, s=2)'],
    ['numbers without names', '(out: 768, btn: 192, k: 3, s: 2)', '(768, 192, 3, 2)'],
    ['the number of blocks inside', 'k: 3, s: 2) x 4', 'k: 3, s: 2, num_blocks: 4)'],
    ['an expansion', 'btn: 192, k: 3', 'expansion: 4, k: 3'],
    ['a stride that is no number', 's: 2) x 3', 's: two) x 3'],
    ['a kernel that is missing, as its neighbour has', 'k: 3, s: 2) x 4', 's: 2) x 4'],
    ['a width that is missing, as wide as its neighbour is', 'btn: 128, ', ''],
    ['an output that is missing', 'out: 256, btn: 64,  k: 3, s: 1', 'btn: 64,  k: 3, s: 1'],
    ['one side of the image', '3 x 224 x 224', '3 x 224 x many'],
    ['colours', '3 x 224', '0 x 224'],
    ['a line that is none', '  stage C3', '  stge\n  stage C3'],
    ['half of a within', '  stem', '  within\n  stem'],
    ['an unfinished stage', '  stage C4', '  stage\n  stage C4'],
  ])('%s: as if it were right', (_, from, to) => {
    const snapshot = snapshotOf(edited(from, to));
    expect(snapshot.problems.some((p) => p.severity === 'error')).toBe(true);
    expect(snapshot.backbones[0]).toMatchObject({ fresh: false });
    expect(scoreOf(snapshot)).toBeCloseTo(scoreOf(whole) ?? Number.NaN, 9);
    expect(inlayHints(snapshot, WHOLE, DEFAULT_OPTIONS)).toHaveLength(inlayHints(whole, WHOLE, DEFAULT_OPTIONS).length);
  });

  test.each([
    ['a group that says too little', edited('(out: 256, btn: 64,  k: 3, s: 1)', '(out: )'), ', without 1 group'],
    ['a block that nothing is near', edited('+ bottleneck', '+ transformer'), ', without 1 group'],
    ['a line that is no group', edited('         + bottleneck(out: 256, btn: 64,  k: 3, s: 1) x 2', ''), undefined],
  ])('%s is left out, which the lens says', (_, text, said) => {
    const without = snapshotOf(NET.replace(/ +\+ .*\n/, ''));
    const snapshot = snapshotOf(text);
    expect(scoreOf(snapshot)).toBe(scoreOf(without));
    const titles = codeLenses(snapshot, DEFAULT_OPTIONS, COMMANDS).map((lens) => lens.command?.title ?? '');
    if (said === undefined) expect(titles.join()).not.toContain('as far as it can be read');
    else expect(titles.join('\n')).toContain(`as far as it can be read${said}`);
  });

  test.each([
    ['no input', edited('  input 3 x 224 x 224\n', '')],
    ['no group', 'backbone net {\n  input 3 x 224 x 224\n  stem\n}\n'],
  ])('%s: there is nothing to compute, which is said', (_, text) => {
    expect(scoreOf(snapshotOf(text))).toBeUndefined();
    const titles = codeLenses(snapshotOf(text), DEFAULT_OPTIONS, COMMANDS).map((lens) => lens.command?.title);
    expect(titles.join('\n')).toContain('No numbers yet');
  });
});

describe('while one line is broken', () => {
  const next = (before: Snapshot, text: string): Snapshot => takeSnapshot(snapshotOf(text).document, before);

  test('it counts as it did, and the others as they are now', () => {
    const broken = edited('out: 512', 'out: ');
    const snapshot = next(whole, broken);
    expect(scoreOf(snapshot)).toBe(scoreOf(whole));
    const later = next(snapshot, broken.replace('x 6', 'x 7'));
    expect(later.backbones[0]).toMatchObject({ fresh: false });
    expect(scoreOf(later)).toBe(scoreOf(snapshotOf(NET.replace('x 6', 'x 7'))));
    expect(scoreOf(next(later, NET))).toBe(scoreOf(whole));
  });

  test('a stage with another number of groups takes nothing from what it was', () => {
    const snapshot = next(whole, edited('         + bottleneck(', '         + bottleneck(\n         + bottleneck('));
    expect(snapshot.backbones[0]?.analysis?.costs.layers).toBeLessThanOrEqual(
      whole.backbones[0]?.analysis?.costs.layers ?? 0,
    );
  });
});

describe('nothing is judged or begun on such numbers', () => {
  const broken = snapshotOf(edited('s: 2) x 3', 's: 2, padding: 1) x 3').replace('90G', '1'));

  test('no budget is exceeded by them', () => {
    expect(broken.problems.map((p) => p.code)).toEqual(['unknown-argument']);
  });

  test('no search starts, and it says why', () => {
    const [target] = runnables(broken);
    expect(target === undefined ? undefined : resolveRunnable(broken, target)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^net cannot be read yet: bottleneck takes no 'padding'/),
    });
  });

  test('the lens offers no measurement, and the hover says what the numbers are', () => {
    const lenses = codeLenses(broken, DEFAULT_OPTIONS, COMMANDS).map((lens) => lens.command?.title);
    expect(lenses).not.toContain('Measure entropy');
    const text = JSON.stringify(hover(broken, broken.document.positionAt(10))?.contents);
    expect(text).toContain('Not all of this backbone can be read');
  });
});

test('whatever the text, numbers are finite, and every group that is shown is one of the text', () => {
  fc.assert(
    fc.property(editedSample, (text) => {
      for (const { analysis, places, source } of snapshotOf(text).backbones) {
        expect(places).toHaveLength(source.groups.length);
        const shown = places.filter((place) => place !== undefined);
        expect(shown).toEqual(analysis === undefined ? shown : analysis.groups.map((_, index) => index));
        if (analysis !== undefined) expect(Number.isFinite(analysis.score.fanIn)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

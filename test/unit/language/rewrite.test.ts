import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Backbone } from '../../../server/src/backbone/backbone.ts';
import { readDesign } from '../../../server/src/language/design.ts';
import { format } from '../../../server/src/language/format.ts';
import { printBackbone } from '../../../server/src/language/print.ts';
import { applyEdits, rewriteBackbone } from '../../../server/src/language/rewrite.ts';
import { rewriteInLayout } from '../../../server/src/language/rewrite-layout.ts';
import { limitsAt } from '../../../server/src/space/limits.ts';
import { applyMove, movesFor } from '../../../server/src/space/moves.ts';
import { PRESETS } from '../../../server/src/space/presets.ts';
import { anyBackbone } from '../support/arbitrary-backbone.ts';

function only(text: string) {
  const [source] = readDesign(text).backbones;
  if (source === undefined) throw new Error(`no backbone in ${text}`);
  return source;
}

const rewritten = (text: string, to: Backbone): string => applyEdits(text, rewriteBackbone(only(text), to));

/** Some of the moves of the search, one after the other. */
const anyDesignAfter = (start: Backbone): fc.Arbitrary<Backbone> =>
  fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 8 }).map((picks) => {
    let { groups } = start;
    for (const [a, b] of picks) {
      const index = a % groups.length;
      const g = groups[index];
      const moves = g === undefined ? [] : movesFor(g, limitsAt(PRESETS.paper, { names: [], stem: false }));
      const move = moves[b % Math.max(1, moves.length)];
      if (move !== undefined) groups = applyMove(groups, index, move) ?? groups;
    }
    return { ...start, groups };
  });

const pair = anyBackbone.chain((start) => fc.tuple(fc.constant(start), anyDesignAfter(start)));

describe('writing a design back', () => {
  test('makes the text say the new design', () => {
    fc.assert(
      fc.property(pair, ([start, to]) => {
        expect(only(rewritten(printBackbone(start), to)).backbone).toEqual(to);
      }),
    );
  });

  test('changes only numbers and block words that differ: everything between them stays', () => {
    fc.assert(
      fc.property(pair, ([start, to]) => {
        const text = printBackbone(start).replaceAll(/$/gm, ' // kept').replaceAll(', ', ' /* kept */ , ');
        const source = only(text);
        for (const { span } of rewriteBackbone(source, to)) {
          expect(text.slice(span.start, span.end)).toMatch(/^(\d+|[a-z]\w*|, strided: first|strided: first|,)?$/);
        }
        const skeleton = (s: string): string =>
          s.replaceAll(/\b(\d+|bottleneck|basic|k1kx|inverted|strided: first)\b/g, '').replaceAll(/ x |[ ,]/g, '');
        expect(skeleton(rewritten(text, to))).toBe(skeleton(text));
      }),
    );
  });

  test('an equal design changes nothing', () => {
    fc.assert(
      fc.property(anyBackbone, (b) => {
        expect(rewriteBackbone(only(printBackbone(b)), b)).toEqual([]);
      }),
    );
  });

  test.each([
    [
      'a depth that was not written',
      'basic(out: 16, btn: 16, k: 3, s: 2)',
      { depth: 3 },
      'basic(out: 16, btn: 16, k: 3, s: 2) x 3',
    ],
    [
      'a bare se that goes',
      'inverted(out: 16, btn: 32, k: 3, s: 2, se) x 1',
      { se: false },
      'inverted(out: 16, btn: 32, k: 3, s: 2) x 1',
    ],
    [
      'a bottleneck where there was none',
      'inverted(out: 16, k: 3, s: 2) x 1',
      { btn: 64 },
      'inverted(out: 16, k: 3, s: 2, btn: 64) x 1',
    ],
    [
      'an unchanged number in another notation',
      'basic(out: 1k, btn: 16, k: 3, s: 2) x 1',
      { btn: 24 },
      'basic(out: 1k, btn: 24, k: 3, s: 2) x 1',
    ],
  ])('%s', (_, line, change, expected) => {
    const text = `backbone n { input 3 x 8 x 8 stem conv(out: 8, k: 3, s: 2) stage C2 ${line} }`;
    const start = only(text).backbone;
    if (start === undefined) throw new Error('the text must be readable');
    const groups = start.groups.map((g, i) => (i === 1 ? { ...g, ...change } : g));
    expect(rewritten(text, { ...start, groups })).toBe(text.replace(line, expected));
  });
});

describe('writing a design back into a text', () => {
  const rewritten = (text: string, to: Backbone): string => {
    const { parsed, backbones } = readDesign(text);
    const [source] = backbones;
    return source === undefined ? text : applyEdits(text, rewriteInLayout(parsed, source, to));
  };

  test('in its canonical layout keeps that, with its comments, and says the design', () => {
    fc.assert(
      fc.property(pair, fc.constantFrom('\n', '\r\n'), ([start, to], lineEnd) => {
        const text = format(printBackbone(start).replaceAll(/\) x (\d+)$/gm, ') x $1 // kept')).replaceAll(
          '\n',
          lineEnd,
        );
        const after = rewritten(text, to);
        expect(format(after)).toBe(after);
        expect(only(after).backbone).toEqual(to);
        expect(after.split('// kept')).toHaveLength(text.split('// kept').length);
      }),
    );
  });

  test.each([
    [
      'columns move with their numbers, and nothing else does',
      'backbone a {\n  input 3 x 64 x 64\n\n  stem     conv(out: 16, k: 3, s: 2)\n  stage C2 basic(out: 32, btn: 8,  k: 3, s: 2) x 1 // first\n  stage C3 basic(out: 64, btn: 32, k: 3, s: 2) x 1\n}\n',
      'backbone a {\n  input 3 x 64 x 64\n\n  stem     conv(out: 16, k: 3, s: 2)\n  stage C2 basic(out: 128, btn: 8,  k: 3, s: 2) x 1 // first\n  stage C3 basic(out: 64,  btn: 32, k: 3, s: 2) x 1\n}\n',
    ],
    [
      'another layout stays',
      'backbone a { input 3 x 64 x 64 stem conv(out: 16, k: 3, s: 2)\n stage C2 basic(out: 32, btn: 8, k: 3, s: 2)\n stage C3 basic(out: 64, btn: 32, k: 3, s: 2) }',
      'backbone a { input 3 x 64 x 64 stem conv(out: 16, k: 3, s: 2)\n stage C2 basic(out: 128, btn: 8, k: 3, s: 2)\n stage C3 basic(out: 64, btn: 32, k: 3, s: 2) }',
    ],
  ])('%s', (_, text, expected) => {
    const start = only(text).backbone;
    const groups = (start?.groups ?? []).map((g, i) => (i === 1 ? { ...g, out: 128 } : g));
    if (start !== undefined) expect(rewritten(text, { ...start, groups })).toBe(expected);
    expect(start).toBeDefined();
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDesign } from '../../../server/src/language/design.ts';
import type { Problem } from '../../../server/src/language/problem.ts';
import { applyEdits } from '../../../server/src/language/rewrite.ts';
import {
  argumentSynonyms,
  blockSynonyms,
  costSynonyms,
  DECLARATION_SYNONYMS,
  EXPANSIONS,
  FIXED,
  REPEATS,
  SETTING_SYNONYMS,
  STATEMENT_SYNONYMS,
  VALUE_SYNONYMS,
} from '../../../server/src/language/synonyms.ts';
import { argumentNamed, argumentNames, argumentsOf, blockNames } from '../../../server/src/language/vocabulary.ts';

const net = (line: string): string =>
  `backbone n {\n  input 3 x 64 x 64\n  stem conv(out: 16, k: 3, s: 2)\n  stage C2 ${line}\n}\n`;
const budget = (limit: string): string => `${net('')}budget b { ${limit} }\n`;

/** What the fixes of the problem at a word make of it. */
function offered(text: string, word: string): readonly string[] {
  const problem = problemAt(text, word);
  if (problem?.data?.kind === 'replace') return problem.data.with;
  return problem?.data?.kind === 'edits' ? [applyEdits(text, problem.data.edits)] : [];
}

const problemAt = (text: string, word: string): Problem | undefined =>
  readDesign(text).problems.find(
    ({ code, span }) => code !== 'missing-argument' && text.slice(span.start, span.end) === word,
  );

describe('every word that deep learning has for something of this language', () => {
  test.each(Object.entries(blockSynonyms()))('block %s', (word, blocks) => {
    expect(offered(net(`${word}(out: 16, k: 3, s: 2)`), word)).toEqual(blocks);
  });

  test.each(Object.entries(argumentSynonyms()))('argument %s', (word, names) => {
    for (const block of blockNames()) {
      const wanted = names.filter((name) => argumentNames(block).includes(name));
      if (argumentNames(block).includes(word)) continue;
      expect(offered(net(`${block}(${word}: 8)`), word).slice(0, 1), block).toEqual(
        argumentNamed(word) !== undefined ? [net(`${block}()`)] : wanted,
      );
    }
  });

  test.each(EXPANSIONS)('expansion %s is computed', (word) => {
    expect(offered(net(`inverted(out: 24, ${word}: 6, k: 3, s: 2)`), word)).toEqual([
      net('inverted(out: 24, btn: 96, k: 3, s: 2)'),
    ]);
    expect(offered(net(`bottleneck(out: 256, ${word}: 4, k: 3, s: 2)`), word)).toEqual([
      net('bottleneck(out: 256, btn: 64, k: 3, s: 2)'),
    ]);
    expect(offered(net(`bottleneck(out: 256, ${word}: 0.5, k: 3, s: 2)`), word)).toEqual([
      net('bottleneck(out: 256, btn: 128, k: 3, s: 2)'),
    ]);
  });

  test.each(REPEATS)('number of blocks %s', (word) => {
    expect(offered(net(`conv(out: 24, ${word}: 4, k: 3, s: 2)`), word)).toEqual([net('conv(out: 24, k: 3, s: 2) x 4')]);
    expect(offered(net(`conv(${word}: 4, out: 24, k: 3, s: 2) x 2`), word)).toEqual([
      net('conv(out: 24, k: 3, s: 2) x 2'),
    ]);
  });

  test.each(FIXED.flatMap(({ words, why }) => words.map((word) => [word, why])))('%s: %s', (word, why) => {
    const text = net(`bottleneck(out: 24, btn: 8, k: 3, s: 2, ${word}: 1)`);
    expect(problemAt(text, word)?.message).toBe(
      `bottleneck takes no '${word}'. ${why}. It takes out, btn, k, s, shortcut, strided, project, groups, dil, se, squeeze and act.`,
    );
    expect(offered(text, word)).toEqual([net('bottleneck(out: 24, btn: 8, k: 3, s: 2)')]);
  });

  test.each(Object.entries(VALUE_SYNONYMS))('value %s', (word, [meant = '']) => {
    const name = argumentsOf(undefined).find((rule) => rule.type !== 'number' && meant in rule.values)?.name ?? '';
    const block = blockNames().find((kind) => argumentNames(kind).includes(name)) ?? '';
    expect(offered(net(`${block}(${name}: ${word})`), word)).toEqual([meant]);
  });

  test.each(Object.entries(costSynonyms()))('cost %s', (word, costs) => {
    expect(offered(budget(`${word} <= 4G`), word)).toEqual(costs);
    expect(offered(`${budget('macs <= 4G')}search { minimise ${word} }`, word)).toEqual(costs);
  });

  test.each(Object.entries(SETTING_SYNONYMS))('setting %s', (word, names) => {
    // `net` and `backbone` are also words that begin a declaration.
    const text = `${budget('macs <= 4G')}search { ${word} 4 }`;
    if (!['backbone', 'budget'].includes(word)) expect(offered(text, word)).toEqual(names);
  });

  test.each(Object.entries(STATEMENT_SYNONYMS))('statement %s', (word, names) => {
    expect(offered(`backbone n {\n  ${word} 4\n}\n`, word)).toEqual(names);
  });

  test.each(Object.entries(DECLARATION_SYNONYMS))('declaration %s', (word, names) => {
    expect(offered(`${word} n {\n}\n`, word)).toEqual(names);
  });
});

describe('spelling', () => {
  test.each(['kernel_size', 'kernelSize', 'KernelSize', 'kernel-size', 'kernelsiz'])('%s is k', (word) => {
    expect(offered(net(`conv(out: 24, ${word}: 3, s: 2)`), word)).toEqual(['k']);
  });

  test('Conv2d and MBConv are blocks whatever their letters', () => {
    expect(offered(net('Conv2d()'), 'Conv2d')).toEqual(['conv']);
    expect(offered(net('MB_Conv()'), 'MB_Conv')).toEqual(['inverted']);
  });

  test.each(['xyz', 'q', 'foo'])('nothing is near %s: the message says what there is', (word) => {
    const text = net(`bottleneck(btn: 8, k: 3, s: 2, ${word}: 1)`);
    expect(problemAt(text, word)?.message).toMatch(
      /It takes out, btn, k, s, shortcut, strided, project, groups, dil, se, squeeze and act\.$/,
    );
    expect(problemAt(text, word)?.message).not.toContain('Did you mean');
  });
});

test('no fix of any word makes a duplicate, in any block', () => {
  const words = [
    ...Object.keys(argumentSynonyms()),
    ...EXPANSIONS,
    ...REPEATS,
    ...FIXED.flatMap((f) => f.words),
    'outt',
    'kk',
  ];
  const group = fc.record({
    block: fc.constantFrom(...blockNames()),
    names: fc.uniqueArray(fc.constantFrom(...argumentNames(undefined)), { maxLength: 5 }),
    word: fc.oneof(
      fc.constantFrom(...words),
      fc.string({ unit: fc.constantFrom(...'abtnkouse_'), minLength: 1, maxLength: 6 }),
    ),
    depth: fc.constantFrom('', ' x 2'),
  });
  const duplicates = (text: string): number =>
    readDesign(text).problems.filter((p) => p.code === 'duplicate-argument' || p.code === 'syntax').length;
  fc.assert(
    fc.property(group, ({ block, names, word, depth }) => {
      const text = net(`${block}(${[...names.map((name) => `${name}: 2`), `${word}: 3`].join(', ')})${depth}`);
      const problem = problemAt(text, word);
      const { data } = problem ?? {};
      const results =
        data?.kind === 'replace'
          ? data.with.map((to) => applyEdits(text, [{ span: problem?.span ?? { start: 0, end: 0 }, text: to }]))
          : data?.kind === 'edits'
            ? [applyEdits(text, data.edits)]
            : [];
      for (const result of results) expect(duplicates(result), result).toBeLessThanOrEqual(duplicates(text));
    }),
    { numRuns: 500 },
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDesign } from '../../../server/src/language/design.ts';
import { maeServices, parse } from '../../../server/src/language/parse.ts';
import { reparse } from '../../../server/src/language/reparse.ts';
import { typed } from '../features/keystrokes.ts';
import { GRAPH, SAMPLE } from '../features/sample.ts';
import { treeText } from '../support/tree.ts';

const GRAPHS = `${GRAPH}\n${SAMPLE}\n${GRAPH.replace('two_ways', 'other_ways')}`;
const TWICE = `${SAMPLE}\n${SAMPLE.replaceAll('maedet_m', 'other').replaceAll('r50', 'r51')}`;

/** Whether a change was read without reading everything. */
const isQuick = (before: string, after: string): boolean => reparse(parse(before), after, maeServices()) !== undefined;

describe('a tree that is read from the one before', () => {
  test.each([
    ['a digit', 'out: 512,', 'out: 5123,'],
    ['a missing number', 'out: 512,', 'out: ,'],
    [
      'a group that is added',
      'x 10\n  stage C4',
      'x 10\n         + bottleneck(out: 512, btn: 72, k: 3, s: 1)\n  stage C4',
    ],
    ['a stage that is removed', '  stage C4 bottleneck(out: 1632, btn: 112, k: 5, s: 2) x 10\n', ''],
    ['a line that is being written', '  stage C5', '  stage C4 bott\n  stage C5'],
    ['a space before a stage', '  stage C4', '   stage C4'],
    ['a comment', 'backbone r50_start', '// a comment\nbackbone r50_start'],
    ['a name', 'budget r50', 'budget r501'],
  ])('%s', (_, from, to) => {
    const after = TWICE.replace(from, to);
    expect(after).not.toBe(TWICE);
    expect(isQuick(TWICE, after)).toBe(true);
    expect(treeText(parse(after, parse(TWICE)))).toBe(treeText(parse(after)));
  });

  test.each([
    ['a comment that opens', 'input 3 x 800', '/* input 3 x 800'],
    ['a brace that closes early', 'stage C4', '} stage C4'],
    ['a brace that is gone', '}\n\nbackbone r50_start', '\n\nbackbone r50_start'],
    ['a line comment that takes the line', '  stage C4', '  // stage C4'],
  ])('%s is read as it is in a fresh text', (_, from, to) => {
    const after = TWICE.replace(from, to);
    const broken = parse(after, parse(TWICE));
    expect(treeText(broken)).toBe(treeText(parse(after)));
    expect(treeText(parse(TWICE, broken))).toBe(treeText(parse(TWICE)));
  });

  test.each([
    ['a digit in a node', 'out: 512, btn: 128', 'out: 5123, btn: 128'],
    ['another parent', 'from a\n', 'from stem\n'],
    ['a parent more', 'from a, b ', 'from a, b, stem '],
    ['a node that is added', '  node d', '  node e conv(out: 8, k: 3, s: 1) from a\n  node d'],
    ['a node that is removed', '  node b bottleneck(out: 512, btn: 128, k: 3, s: 2) x 1  from a\n', ''],
    ['a name that is a word elsewhere', 'output C3: c', 'output from: c'],
    ['what is read of a node that is being written', '  node d', '  node e conv(out: 8, k: 3, s: 1) from \n  node d'],
  ])('of a graph: %s', (_, from, to) => {
    const after = GRAPHS.replace(from, to);
    expect(after).not.toBe(GRAPHS);
    expect(isQuick(GRAPHS, after)).toBe(true);
    expect(treeText(parse(after, parse(GRAPHS)))).toBe(treeText(parse(after)));
  });

  test('an error at the end of the file stays while the text before it changes', () => {
    const open = TWICE.trimEnd().slice(0, -1);
    const before = parse(`+${open}`, parse(open));
    const { problems } = parse(open, before);
    expect(problems.map((p) => p.message)).toEqual(["Expected '}', but the file ends here."]);
    expect(problems).toEqual(parse(open).problems);
  });

  test('leaves the tree before it as it was', () => {
    const before = parse(TWICE);
    const text = treeText(before);
    parse(TWICE.replace('out: 512,', 'out: 51,'), before);
    expect(treeText(before)).toBe(text);
  });

  test('equals a fresh one after any sequence of edits', () => {
    fc.assert(
      fc.property(fc.constantFrom(SAMPLE, TWICE, GRAPH, GRAPHS), typed, (start, edits) => {
        let design = readDesign(start);
        for (const edit of edits) {
          const text = edit(design.parsed.text);
          design = readDesign(text, design);
          const fresh = readDesign(text);
          expect(design.problems).toEqual(fresh.problems);
          expect(treeText(design.parsed)).toBe(treeText(fresh.parsed));
        }
      }),
      { numRuns: 250 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { group } from '../../../server/src/backbone/backbone.ts';
import { type Design, readDesign } from '../../../server/src/language/design.ts';
import { format } from '../../../server/src/language/format.ts';
import { printBackbone } from '../../../server/src/language/print.ts';
import { applyEdits, rewriteBackbone } from '../../../server/src/language/rewrite.ts';
import { GRAPH } from '../features/sample.ts';
import { graphDraft, graphText } from './arbitrary-graph.ts';

/** What the first backbone of a text says, when nothing is wrong with it. */
function said({ backbones: [source] }: Design) {
  if (source?.graph?.wiring === undefined || source.input === undefined) return undefined;
  const { name, input, weights } = source;
  const { wiring } = source.graph;
  return { name, input, groups: source.groups.flatMap((g) => g.group ?? []), weights, wiring };
}

const read = (group: number, asIs = false) => ({ group, asIs });

describe('the sample of a graph', () => {
  const design = readDesign(GRAPH);

  test('has no problems, and means what it says', () => {
    expect(design.problems).toEqual([]);
    expect(said(design)).toEqual({
      name: 'two_ways',
      input: { channels: 3, height: 256, width: 256 },
      weights: { C3: 1, C4: 6 },
      groups: [
        group({ block: 'conv', out: 64, kernel: 7, stride: 2 }),
        group({ block: 'bottleneck', out: 256, btn: 64, kernel: 3, stride: 2 }),
        group({ block: 'bottleneck', out: 512, btn: 128, kernel: 3, stride: 2 }),
        group({ block: 'basic', out: 256, btn: 256, kernel: 3, stride: 1 }),
        group({ block: 'conv', out: 128, kernel: 1, stride: 1 }),
      ],
      wiring: {
        nodes: [
          { name: 'stem', reads: [read(-1)], join: 'sum' },
          { name: 'a', reads: [read(0)], join: 'sum' },
          { name: 'b', reads: [read(1)], join: 'sum' },
          { name: 'c', reads: [read(1), read(2)], join: 'sum', at: 3 },
          { name: 'd', reads: [read(2), read(3)], join: 'concat' },
        ],
        outputs: [
          { name: 'C3', group: 3 },
          { name: 'C4', group: 4 },
        ],
      },
    });
  });

  test.each([
    ['at b is the resolution of b', 'at /8', 'at b'],
    ['a node may stand behind what reads it', '', ''],
  ])('%s', (_, from, to) => {
    const text = from === '' ? GRAPH.replace(/( {2}node c.*\n)( {2}node d.*\n)/, '$2$1') : GRAPH.replace(from, to);
    expect(readDesign(text).problems).toEqual([]);
    const wiring = said(readDesign(text))?.wiring;
    expect(wiring?.nodes.find(({ name }) => name === 'c')?.at).toBe(3);
    expect(
      wiring?.nodes.map(({ name, reads }) => [name, reads.map((r) => wiring.nodes[r.group]?.name)]),
    ).toContainEqual(['d', ['b', 'c']]);
  });

  test('what is read as it is', () => {
    const text = GRAPH.replace('node c basic(out: 256, btn: 256', 'node c basic(out: 512, btn: 256').replace(
      'a, b ',
      'a, as b ',
    );
    expect(readDesign(text).problems).toEqual([]);
    expect(said(readDesign(text))?.wiring.nodes[3]?.reads).toEqual([read(1), read(2, true)]);
  });

  test('a stem of several groups: each reads the one before it, and the last is the stem', () => {
    const text = GRAPH.replace('s: 2)\n  node a', 's: 1)\n         + maxpool(k: 3, s: 2)\n  node a');
    const nodes = said(readDesign(text))?.wiring.nodes.slice(0, 3);
    expect(nodes?.map(({ name, reads }) => [name, reads[0]?.group])).toEqual([
      ['', -1],
      ['stem', 0],
      ['a', 1],
    ]);
  });
});

describe('the words of a graph are names everywhere else', () => {
  const words = ['node', 'output', 'from', 'at', 'as', 'concat', 'detector', 'neck', 'head', 'like', 'keep', 'step'];
  test.each(words)('%s', (word) => {
    const file = GRAPH.replace('two_ways', word).replaceAll(/C3(?=:)/g, word);
    const more = `budget ${word} { macs <= 100G }\nsearch ${word} { start ${word} within ${word} }\n`;
    const { problems, budgets, searches, backbones } = readDesign(file + more);
    expect(problems).toEqual([]);
    expect([backbones[0]?.name, budgets[0]?.name, searches[0]?.start?.name]).toEqual([word, word, word]);
    const isNodeName = !['from', 'at', 'as', 'concat'].includes(word);
    const named = GRAPH.replace('node b', `node ${word}`)
      .replace('from a, b', `from a, ${word}`)
      .replace('(b, c)', `(${word}, c)`);
    expect(readDesign(named).problems.map(({ code }) => code)).toEqual(isNodeName ? [] : ['bad-name']);
  });

  test('in a chain too, as before', () => {
    const text =
      'backbone from {\n  input 3 x 64 x 64\n  stem conv(out: 8, k: 3, s: 2)\n  stage C2 conv(out: 8, k: 3, s: 2)\n}\n';
    expect(readDesign(text).problems).toEqual([]);
  });
});

describe('any graph', () => {
  test('is read without an error, and says the same when it was printed', () => {
    fc.assert(
      fc.property(graphDraft, (draft) => {
        const design = readDesign(graphText(draft));
        expect(design.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        const first = said(design);
        expect(first).toBeDefined();
        if (first === undefined) return;
        const printed = printBackbone(first);
        expect(said(readDesign(printed))).toEqual(first);
        expect(format(printed)).toBe(printed);
      }),
      { numRuns: 200 },
    );
  });

  test('is formatted once, and says the same afterwards', () => {
    fc.assert(
      fc.property(graphDraft, fc.constantFrom('', ' ', '\n', ' // c\n', ' /* c */ '), (draft, space) => {
        const text = graphText(draft).replaceAll(' from ', `${space} from `).replaceAll(', n', `,${space}n`);
        const formatted = format(text);
        expect(format(formatted)).toBe(formatted);
        expect(said(readDesign(formatted))).toEqual(said(readDesign(text)));
        expect(formatted.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      }),
      { numRuns: 200 },
    );
  });

  test('is written back by numbers alone', () => {
    fc.assert(
      fc.property(graphDraft, fc.nat(), fc.constantFrom(32, 40, 64), (draft, at, out) => {
        const text = graphText(draft);
        const design = readDesign(text);
        const [before, source] = [said(design), design.backbones[0]];
        if (before === undefined || source === undefined) return;
        const index = at % before.groups.length;
        const groups = before.groups.map((g, i) => (i === index ? { ...g, out, depth: 2 } : g));
        const edits = rewriteBackbone(source, { ...before, groups });
        expect(edits.every((edit) => /^\d+$| x 2$/.test(edit.text))).toBe(true);
        const after = readDesign(applyEdits(text, edits)).backbones[0];
        expect(after?.groups.map((g) => g.group)).toEqual(groups);
        expect(after?.graph?.nodes.map((n) => [n.name, n.reads.map((r) => r.name), n.at?.halvings])).toEqual(
          source.graph?.nodes.map((n) => [n.name, n.reads.map((r) => r.name), n.at?.halvings]),
        );
      }),
      { numRuns: 100 },
    );
  });
});

test('a graph is laid out in columns, with what its nodes read behind the longest line', () => {
  const loose = GRAPH.replaceAll(/ {2,}(?=at |from |basic|conv|bottleneck|btn|k:)/g, ' ');
  expect(loose).not.toBe(GRAPH);
  expect(format(loose).split('\n').slice(3, 8)).toEqual([
    '  stem   conv(out: 64, k: 7, s: 2)',
    '  node a bottleneck(out: 256, btn: 64,  k: 3, s: 2) x 1  from stem',
    '  node b bottleneck(out: 512, btn: 128, k: 3, s: 2) x 1  from a',
    expect.stringMatching(/^ {2}node c basic\(out: 256, btn: 256, k: 3, s: 1\) x 1 {7}at \/8 from a, b \/\/ at/),
    '  node d conv(out: 128, k: 1, s: 1)                      from concat(b, c)',
  ]);
  expect(format(GRAPH)).toBe(GRAPH);
});

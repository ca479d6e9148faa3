import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { readDesign } from '../../../server/src/language/design.ts';
import type { Problem, ProblemCode } from '../../../server/src/language/problem.ts';
import { applyEdits } from '../../../server/src/language/rewrite.ts';
import { GRAPH } from '../features/sample.ts';
import { processorSeconds } from '../processor-seconds.ts';
import { type GraphDraft, graphDraft, graphText, type NodeDraft, nodeText, STEM } from './arbitrary-graph.ts';

/** «text» or the code of what is wrong, with the place and what a fix makes of the line. */
const shown = (text: string, { code, severity, span }: Problem): string =>
  `${code} ${severity} «${text.slice(span.start, span.end)}»`;

function fixed(text: string, { data, span }: Problem): string | undefined {
  if (data?.kind === 'edits') return applyEdits(text, data.edits);
  if (data?.kind === 'replace') return applyEdits(text, [{ span, text: data.with[0] ?? '' }]);
  return undefined;
}

describe('what is wrong with a graph', () => {
  test.each<[string, string, string, string[], string]>([
    ['no from', 'from a\n', '\n', ['missing-source error «b»'], 'This does not say what b reads: write'],
    ['nothing behind from', 'from a\n', 'from\n', ['syntax error «from»'], 'the name of a node is missing'],
    ['nothing behind a comma', 'a, b ', 'a, ', ['syntax error «,»'], 'the name of a node is missing'],
    ['nothing behind at', 'at /8', 'at', ['syntax error «at»'], 'a resolution is missing'],
    ['no block', 'conv(out: 128, k: 1, s: 1) ', '', ['syntax error «d»'], 'a block is missing'],
    ['an unknown node', 'from a, b', 'from a, bb', ['unknown-name error «bb»'], 'Did you mean b?'],
    ['an unknown output', 'C4: d', 'C4: e', ['unknown-name error «e»'], 'The nodes are stem, a, b, c or d.'],
    [
      'a node twice',
      'node c',
      'node a',
      ['duplicate-name error «a»', 'unknown-name error «c»', 'unknown-name error «c»'],
      'already',
    ],
    ['an output twice', 'C4: d', 'C3: d', ['duplicate-name error «C3»', 'missing-stage warning «C4»'], 'an output'],
    ['a node called from', 'node d', 'node from', ['bad-name error «from»', 'unknown-name error «d»'], 'another name'],
    ['a weight of no output', 'C4: 6', 'C5: 6', ['missing-stage warning «C5»'], 'its outputs are C3, C4'],
    ['no output', '  output C3: c, C4: d', '', ['missing-output error «two_ways»'], 'which nodes it hands on'],
    ['nothing behind an output', 'C4: d', 'C4:', ['syntax error «C4:»'], 'the node that C4 is the output of'],
    [
      'a sum of two shapes',
      'at /8 from',
      'from',
      ['merge-shape error «b»'],
      'a gives 256×64×64, and b gives 512×32×32',
    ],
    ['a sum of two widths', 'from concat(b, c)', 'from c, b', ['merge-shape error «b»'], 'Give b out: 256'],
    [
      'a concatenation of two sizes',
      '(b, c)',
      '(a, c)',
      ['merge-shape error «c»'],
      'Resample in a node before this one, with at.',
    ],
    [
      'as what is not',
      'a, b ',
      'a, as b ',
      ['merge-shape error «as b»'],
      'b gives 512×32×32, and c adds what is 256×32×32',
    ],
    ['as for nothing', 'from a\n', 'from as a\n', ['needless-as warning «as a»'], "Without 'at'"],
    ['one thing concatenated', '(b, c)', '(b)', ['lone-concat warning «concat(b)»'], ''],
    ['both ways', 'from concat(b, c)', 'from b, concat(b, c)', ['bad-value error «concat(b, c)»'], 'either added or'],
    ['a circle of one', 'from a, b', 'from c, b', ['cycle error «c»'], 'c reads c:'],
    [
      'a circle of three',
      'from stem',
      'from c',
      ['unread-node warning «stem»', 'cycle error «c»'],
      'a reads c, which reads a',
    ],
    ['a circle by at', 'from stem', 'at d from stem', ['cycle error «d»'], 'a reads d, which reads b, which reads a'],
    [
      'a maxpool resampled',
      'node c basic(out: 256, btn: 256, k: 3, s: 1) x 1',
      'node c maxpool(k: 3, s: 1)',
      ['merge-shape error «at /8»'],
      'has no width',
    ],
    ['no share', 'at /8', 'at /9', ['bad-number error «/9»'], '/1, /2, /4'],
    ['a share without its slash', 'at /8', 'at 8', ['bad-value error «8»'], 'such as /8'],
    ['a share as a fraction', 'at /8', 'at 1/8', ['bad-value error «1/8»'], 'write at /8'],
    ['the wrong order', 'at /8 from a, b', 'from a, b at /8', ['syntax error «at /8»'], "write 'at /8 from a, b'"],
    ['from twice', 'from a\n', 'from a from stem\n', ['duplicate-argument error «from»'], 'from is given twice'],
    ['what is read twice', 'a, b ', 'b, b ', ['duplicate-argument error «b»'], 'c reads b twice'],
    [
      'two groups',
      'x 1  from a',
      'x 1 + conv(out: 8, k: 3, s: 1) from a',
      ['node-groups error «conv(out: 8, k: 3, s: 1)»'],
      'one group',
    ],
    ['a stage', 'node b bottle', 'stage C3 bottle', ['mixed-lines error «stage»'], 'is a graph'],
    ['a node that nothing reads', 'C4: d', 'C4: c', ['unread-node warning «d»'], 'Nothing reads d'],
    ['an input that is cut', 'input 3 x 256 x 256', 'input 3 x 250 x 256', [], ''],
    ['a range in a group', 'k: 7', 'k: 3..7', ['bad-value error «3..7»'], 'Write k: 3.'],
    ['a kernel that is too large', 'input 3 x 256 x 256', 'input 3 x 4 x 4', ['kernel-too-large warning «7»'], ''],
  ])('%s', (_, from, to, expected, message) => {
    const text = GRAPH.replace(from, to);
    expect(text).not.toBe(GRAPH);
    const { problems } = readDesign(text);
    const lines = problems.map((problem) => shown(text, problem));
    for (const line of expected) expect(lines).toContain(line);
    expect(problems.map((p) => p.message).join('\n')).toContain(message);
    // A fix leaves less to mend.
    const errors = problems.filter(({ severity }) => severity === 'error');
    for (const problem of problems) {
      const mended = fixed(text, problem);
      if (
        mended === undefined ||
        problem.code === 'duplicate-name' ||
        problem.code === 'mixed-lines' ||
        problem.code === 'kernel-too-large'
      )
        continue;
      const left = readDesign(mended).problems.filter(({ severity }) => severity === 'error');
      expect(left.length, problem.message).toBeLessThanOrEqual(errors.length);
      expect(readDesign(mended).problems.map((p) => shown(mended, p))).not.toContain(shown(text, problem));
    }
  });

  test('nodes and outputs in a chain', () => {
    const text =
      'backbone n {\n  input 3 x 64 x 64\n  stem conv(out: 8, k: 3, s: 2)\n  stage C2 conv(out: 8, k: 3, s: 2)\n  node a conv(out: 8, k: 3, s: 1) from stem\n  output C3: a\n}\n';
    expect(readDesign(text).problems.map((p) => shown(text, p))).toEqual([
      'mixed-lines error «node»',
      'mixed-lines error «output»',
    ]);
  });

  test('up-sampling that gives too much is one warning at the input', () => {
    const line = '  node e basic(out: 256, btn: 64, k: 3, s: 1) x 1 at /4 from b, c\n';
    const text = GRAPH.replace('3 x 256 x 256', '3 x 250 x 256')
      .replace('  node d', `${line}  node d`)
      .replace('C4: d', 'C4: d, C5: e');
    const { problems } = readDesign(text);
    expect(problems.map((p) => shown(text, p))).toEqual(['cut-input warning «input 3 x 250 x 256»']);
    expect(problems[0]?.message).toBe(
      'Up-sampling b for e gives 1 rows too many, which are cut off: with sides that 8 divides nothing is.',
    );
  });
});

/** What is done to a graph, with « and » around the place that must be told. */
type Break = (draft: GraphDraft, pick: number) => { readonly code: ProblemCode; readonly text: string } | undefined;

const changed = (draft: GraphDraft, index: number, change: (node: NodeDraft) => string): string =>
  graphText(
    draft,
    draft.nodes.map((node, i) => (i === index ? change(node) : nodeText(node))),
  );

/** Nodes that a node reads, itself included. */
function below({ nodes }: GraphDraft, name: string): Set<string> {
  const found = new Set([name]);
  for (const node of nodes.toReversed()) if (found.has(node.name)) for (const read of node.reads) found.add(read);
  return found;
}

const BREAKS: Readonly<Record<string, Break>> = {
  'a cycle': (draft, pick) => {
    const last = draft.nodes[pick % draft.nodes.length];
    if (last === undefined) return undefined;
    const first = draft.nodes.findIndex((node) => below(draft, last.name).has(node.name));
    const text = changed(draft, first, (node) =>
      nodeText({ ...node, at: undefined, concat: false, reads: [`«${last.name}»`] }),
    );
    return { code: 'cycle', text };
  },
  'a missing name': (draft, pick) => {
    const text = changed(draft, pick % draft.nodes.length, (n) =>
      nodeText({ ...n, reads: [...n.reads.slice(1), '«nowhere»'] }),
    );
    return { code: 'unknown-name', text };
  },
  'an output of no node': (draft) => ({
    code: 'unknown-name',
    text: graphText({ ...draft, outputs: [...draft.outputs, ['C7', '«nowhere»']] }),
  }),
  'an output twice': (draft, pick) => {
    const [name = ''] = draft.outputs[pick % draft.outputs.length] ?? [];
    return { code: 'duplicate-name', text: graphText({ ...draft, outputs: [...draft.outputs, [`«${name}»`, 'n0']] }) };
  },
  'a node twice': (draft) => ({
    code: 'duplicate-name',
    text: graphText({ ...draft, nodes: [...draft.nodes, { ...(draft.nodes[0] as NodeDraft), name: '«n1»' }] }),
  }),
  'widths that do not fit': (draft, pick) => {
    const node = draft.nodes[pick % draft.nodes.length];
    const other = [STEM, ...draft.nodes].find((n) => n.out !== node?.out && n.name !== node?.name);
    if (node === undefined || other === undefined) return undefined;
    const reads = [node.name, `«${other.name}»`];
    const added: NodeDraft = { name: 'sum', out: 32, stride: 1, at: undefined, reads, concat: false, halvings: 0 };
    return { code: 'merge-shape', text: graphText({ ...draft, nodes: [...draft.nodes, added] }) };
  },
  'sizes that do not fit': (draft, pick) => {
    const node = draft.nodes[pick % draft.nodes.length];
    const other = draft.nodes.find((n) => n.halvings !== node?.halvings);
    if (node === undefined || other === undefined) return undefined;
    const reads = [node.name, `«${other.name}»`];
    const added: NodeDraft = { name: 'both', out: 32, stride: 1, at: undefined, reads, concat: true, halvings: 0 };
    return { code: 'merge-shape', text: graphText({ ...draft, nodes: [...draft.nodes, added] }) };
  },
  'as that does not fit': (draft, pick) => {
    const node = draft.nodes[pick % draft.nodes.length];
    if (node === undefined) return undefined;
    const added: NodeDraft = {
      name: 'as_is',
      out: 48,
      stride: 1,
      at: 1,
      reads: ['stem', `«as ${node.name}»`],
      concat: false,
      halvings: 1,
    };
    return { code: 'merge-shape', text: graphText({ ...draft, nodes: [...draft.nodes, added] }) };
  },
  'nothing that is read': (draft, pick) => ({
    code: 'missing-source',
    text: changed(draft, pick % draft.nodes.length, (node) => nodeText({ ...node, name: `«${node.name}»`, reads: [] })),
  }),
  'no output': (draft) => ({
    code: 'missing-output',
    text: graphText({ ...draft, outputs: [] }).replace('backbone g', 'backbone «g»'),
  }),
  'a stage': (draft, pick) => ({
    code: 'mixed-lines',
    text: changed(draft, 1 + (pick % (draft.nodes.length - 1)), (node) => nodeText(node).replace('node', '«stage»')),
  }),
  'two groups': (draft, pick) => ({
    code: 'node-groups',
    text: changed(draft, pick % draft.nodes.length, (node) =>
      nodeText(node).replace(')', ') + «conv(out: 32, k: 3, s: 1)»'),
    ),
  }),
};

test('200 broken graphs are told at the right place, without an exception and in no time', () => {
  const names = fc.constantFrom(...Object.keys(BREAKS));
  let told = 0;
  fc.assert(
    fc.property(graphDraft, fc.nat(), names, (draft, pick, name) => {
      const broken = BREAKS[name]?.(draft, pick);
      fc.pre(broken !== undefined);
      if (broken === undefined) return;
      const start = broken.text.indexOf('«');
      const end = broken.text.indexOf('»') - 1;
      const text = broken.text.replaceAll(/[«»]/g, '');
      let problems: readonly Problem[] = [];
      const seconds = processorSeconds(() => {
        problems = snapshotOf(text).problems;
      });
      expect(seconds).toBeLessThan(1);
      const places = problems.filter(({ code }) => code === broken.code).map(({ span }) => [span.start, span.end]);
      expect(places, `${name}\n${text}\n${problems.map((p) => shown(text, p)).join('\n')}`).toContainEqual([
        start,
        end,
      ]);
      told += 1;
    }),
    { numRuns: 200 },
  );
  expect(told).toBe(200);
});

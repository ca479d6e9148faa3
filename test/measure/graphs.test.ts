import { describe, expect, test } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { type Backbone, type Group, group, type Wire } from '../../server/src/backbone/backbone.ts';
import { lower } from '../../server/src/backbone/lower.ts';
import type { MeasuredActivation } from '../../server/src/measure/plan.ts';
import { halfLogMean } from './half-log-mean.ts';
import { builtProgram, clientOf, requestFor } from './program.ts';
import { smallChain } from './small-chain.ts';

const DRAWS = 64;
const client = clientOf(await builtProgram());
const input = { channels: 3, height: 21, width: 18 };

const conv = (out: number, fields: Partial<Group> = {}) =>
  group({ block: 'conv', out, kernel: 3, stride: 1, ...fields });
const stem = conv(16);

const chain = (...groups: Group[]): Backbone => ({ name: 'chain', input, groups: [stem, ...groups], weights: {} });

type Node = readonly [Group, Partial<Omit<Wire, 'reads'>> & { readonly from: readonly (number | 'as')[] }];

/** A graph from groups with what each reads; `'as'` makes the next source one that is added as it is. */
function graph(...nodes: Node[]): Backbone {
  const wires = nodes.map(([, { from, ...own }], index): Wire => {
    const reads = from.flatMap((source, i) => (source === 'as' ? [] : [{ group: source, asIs: from[i - 1] === 'as' }]));
    return { name: `n${index}`, join: 'sum', ...own, reads };
  });
  const outputs = nodes.map((_, index) => ({ name: `P${index}`, group: index }));
  return {
    name: 'graph',
    input,
    groups: nodes.map(([own]) => own),
    weights: {},
    wiring: { nodes: wires, outputs },
  };
}

const bottleneck = (fields: Partial<Group> = {}) =>
  group({ block: 'bottleneck', out: 32, btn: 16, kernel: 3, stride: 2, ...fields });
const basic = (fields: Partial<Group> = {}) =>
  group({ block: 'basic', out: 24, btn: 24, kernel: 3, stride: 2, ...fields });
const halves = { options: { halves: 'yes' } };
const shuffled = (block: 'shuffle' | 'xception', fields: Partial<Group> = {}) =>
  group({ block, out: 32, kernel: 3, stride: 2, ...fields });

const CASES: readonly (readonly [string, Backbone])[] = [
  ['conv with groups', chain(conv(32, { groups: 4, stride: 2 }))],
  ['conv with more channels than groups', chain(conv(32, { groups: 16 }))],
  ['conv with dilation', chain(conv(32, { dilation: 3 }))],
  ['conv with dilation and stride', chain(conv(32, { dilation: 2, stride: 2 }))],
  ['conv with groups and dilation', chain(conv(32, { groups: 2, dilation: 2 }))],
  ['conv without activation', chain(conv(32, { act: 'none' }), conv(24))],
  ['bottleneck with groups, se and its stride first', chain(bottleneck({ groups: 4, se: true, strided: 'first' }))],
  [
    'bottleneck with dilation that projects where needed',
    chain(bottleneck({ dilation: 2, stride: 1, project: 'needed', depth: 2 })),
  ],
  ['bottleneck without activation', chain(bottleneck({ act: 'none', depth: 2 }))],
  ['bottleneck with another activation', chain(bottleneck({ act: 'silu' }))],
  [
    'basic with groups and dilation, its stride first',
    chain(basic({ groups: 3, dilation: 2, strided: 'first', se: true })),
  ],
  [
    'k1kx with groups, dilation and se',
    chain(group({ block: 'k1kx', out: 32, btn: 16, kernel: 3, stride: 2, groups: 2, dilation: 2, se: true })),
  ],
  [
    'inverted with se',
    chain(group({ block: 'inverted', out: 24, btn: 48, kernel: 5, stride: 2, depth: 2, squeeze: 8 })),
  ],
  ['shuffle that halves, then a run', chain(shuffled('shuffle', { depth: 3 }))],
  ['shuffle of two halves', chain(shuffled('shuffle', { depth: 2, ...halves }))],
  ['shuffle with stride 1', chain(group({ block: 'shuffle', out: 16, kernel: 5, stride: 1, depth: 2 }))],
  ['shuffle without activation', chain(shuffled('shuffle', { depth: 2, act: 'none' }))],
  ['xception that halves, then a run', chain(shuffled('xception', { depth: 2 }))],
  ['xception of two halves', chain(shuffled('xception', { depth: 2, ...halves }))],
  [
    'a sum of two activated parents',
    graph(
      [stem, { from: [-1] }],
      [conv(24), { from: [0] }],
      [conv(24, { kernel: 5 }), { from: [0] }],
      [conv(24), { from: [1, 2] }],
    ),
  ],
  [
    'a sum of an activated parent and one that is not',
    graph(
      [stem, { from: [-1] }],
      [conv(24), { from: [0] }],
      [conv(24, { act: 'none' }), { from: [0] }],
      [conv(24), { from: [1, 2] }],
    ),
  ],
  [
    'a sum of what has other scales',
    graph(
      [stem, { from: [-1] }],
      [conv(24), { from: [0] }],
      [basic({ stride: 1, depth: 2 }), { from: [0] }],
      [conv(24), { from: [1, 2] }],
    ),
  ],
  [
    'a concatenation',
    graph(
      [stem, { from: [-1] }],
      [conv(24), { from: [0] }],
      [conv(40, { kernel: 5, act: 'none' }), { from: [1] }],
      [conv(24), { from: [1, 2], join: 'concat' }],
    ),
  ],
  [
    'at, with a finer parent',
    graph([stem, { from: [-1] }], [bottleneck(), { from: [0] }], [basic({ stride: 1 }), { from: [0, 1], at: 1 }]),
  ],
  [
    'at, with a coarser parent',
    graph([stem, { from: [-1] }], [bottleneck(), { from: [0] }], [basic({ stride: 1 }), { from: [0, 1], at: 0 }]),
  ],
  [
    'at, two steps coarser, of one parent',
    graph(
      [stem, { from: [-1] }],
      [bottleneck(), { from: [0] }],
      [bottleneck(), { from: [1] }],
      [basic({ stride: 1 }), { from: [2], at: 0 }],
    ),
  ],
  [
    'a parent that is added as it is',
    graph([stem, { from: [-1] }], [basic(), { from: [0] }], [basic({ stride: 1 }), { from: [0, 'as', 1], at: 1 }]),
  ],
  [
    'two ways',
    graph(
      [conv(16, { kernel: 7, stride: 2 }), { from: [-1] }],
      [bottleneck({ out: 48, btn: 16 }), { from: [0] }],
      [bottleneck({ out: 64, btn: 24 }), { from: [1] }],
      [basic({ out: 32, btn: 32, stride: 1 }), { from: [1, 2], at: 3 }],
      [conv(32, { kernel: 1 }), { from: [2, 3], join: 'concat' }],
    ),
  ],
  [
    'a small SpineNet',
    graph(
      [conv(16, { stride: 2 }), { from: [-1] }],
      [bottleneck({ stride: 1, project: 'needed' }), { from: [0] }],
      [bottleneck({ out: 48, btn: 24, stride: 1, project: 'needed' }), { from: [0, 1], at: 2 }],
      [basic({ stride: 1 }), { from: [1, 2], at: 1 }],
      [bottleneck({ stride: 1, project: 'needed' }), { from: [2, 3], at: 2 }],
      [basic({ out: 24, stride: 1 }), { from: ['as', 3, 4], at: 1 }],
      [conv(32, { kernel: 1 }), { from: [5] }],
    ),
  ],
];

describe.each(['linear', 'relu'] satisfies MeasuredActivation[])(
  '%s: the measured variance is within 4 standard errors of exact',
  (activation) => {
    test.each(CASES)('%s', async (_, backbone) => {
      const { network, stages } = analyse(backbone);
      const outcome = await client.measure(requestFor(network, { activation, draws: DRAWS, seed: 5, workers: 2 }));
      if (!outcome.ok) throw new Error(outcome.failure.message);
      for (const [i, { lowered, logStd }] of stages.entries()) {
        const { log, error } = halfLogMean(outcome.value.draws.map((draw) => draw[i] ?? Number.NaN));
        const exact = logStd.exact[activation];
        expect(error).toBeGreaterThan(0);
        expect(Math.abs(log - exact) / error, `${lowered.name}: ${log} for ${exact}`).toBeLessThan(4);
      }
    });
  },
);

/** Written down from the program that knew chains only: two draws and a Zen-Score. */
describe('a chain measures what it always did', () => {
  const network = lower(smallChain);

  test.each([
    [
      'linear',
      [
        1.6015812981128787, 13.192421455896051, 21.341132571074212, 1.6716544789852048, 12.418771198492205,
        20.656285129880892,
      ],
    ],
    [
      'relu',
      [
        1.6015812981128787, 11.660943230591995, 17.327876761828204, 1.6716544789852048, 10.096530497899083,
        15.968200092078629,
      ],
    ],
  ] as const)('%s', async (activation, expected) => {
    const outcome = await client.measure(requestFor(network, { activation, draws: 2, zenDraws: 1, seed: 11 }));
    if (!outcome.ok) throw new Error(outcome.failure.message);
    const { draws, zen } = outcome.value;
    // Another processor may add in another order; a changed stream would be off by tenths.
    [...draws.flat(), ...zen].forEach((value, i) => {
      expect(value).toBeCloseTo([...expected, 18.308257845275424][i] ?? Number.NaN, 5);
    });
  });
});

test('the Zen-Score of a network that branches is a failure that says so', async () => {
  const { network } = analyse(chain(shuffled('shuffle')));
  const outcome = await client.measure(requestFor(network, { zenDraws: 1 }));
  expect(outcome).toMatchObject({
    ok: false,
    failure: { code: 'unmeasurable', message: expect.stringMatching(/branches/) },
  });
});

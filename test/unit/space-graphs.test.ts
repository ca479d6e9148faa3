import { describe, expect, it } from 'vitest';
import type { Backbone, Group } from '../../server/src/backbone/backbone.ts';
import { outputSides, violations } from '../../server/src/space/constraints.ts';
import { PRESETS } from '../../server/src/space/presets.ts';
import { stemOf } from '../../server/src/space/stem.ts';
import { applyTied, tiesOf } from '../../server/src/space/ties.ts';
import { backboneIn, example, TIED } from './search-graphs.ts';

const { tinynas, paper } = PRESETS;

const graph = backboneIn(`backbone graph {
  input 3 x 100 x 140
  stem   conv(out: 16, k: 3, s: 2)
       + maxpool(k: 3, s: 2)
  node a conv(out: 32, k: 1, s: 1)                     from stem
  node b bottleneck(out: 64, btn: 16, k: 3, s: 2) x 1  from a
  node c bottleneck(out: 96, btn: 24, k: 3, s: 1) x 1  at /16 from a, b
  node d conv(out: 48, k: 1, s: 1)                     from c
  node e bottleneck(out: 72, btn: 24, k: 3, s: 1) x 1  from concat(b, f)
  node f bottleneck(out: 64, btn: 24, k: 3, s: 1) x 1  from b
  output C3: d, C4: e
  entropy C3: 1
}`);

/** The graph with other numbers in one node. */
function withNode(name: string, fields: Partial<Group>): Backbone {
  const at = graph.wiring?.nodes.findIndex((node) => node.name === name) ?? -1;
  return { ...graph, groups: graph.groups.map((g, i) => (i === at ? { ...g, ...fields } : g)) };
}

describe('constraints of a graph', () => {
  it('know where its stem ends, and the size that each node has', () => {
    expect(stemOf(graph)).toBe(2);
    expect(outputSides(graph)).toEqual([50, 25, 25, 13, 7, 7, 13, 13]);
    // Not the halvings of all lines above: P7 of SpineNet has /128, whatever stands before it.
    expect(outputSides(example('spinenet49')).slice(-3)).toEqual([20, 5, 10]);
  });

  it.each([
    ['as it is', 'a', {}, []],
    ['a lateral that narrows', 'd', { out: 8 }, []],
    ['a lateral that grows', 'd', { out: 392 }, ['grows-too-fast']],
    ['a node that narrows what it reads', 'f', { out: 56 }, ['shrinks']],
    ['a node that grows what it reads', 'f', { out: 264, btn: 32 }, ['grows-too-fast']],
    ['a node that reads several, and narrows', 'e', { out: 24 }, []],
    ['what is resampled has the width of its node', 'c', { out: 512, btn: 64 }, []],
    ['a plain convolution behind the stem is no part of it', 'a', { out: 40 }, []],
    ['a plain convolution has no depth', 'a', { depth: 9 }, []],
    ['a kernel by the size of the node', 'c', { kernel: 5 }, ['kernel-too-large']],
    ['a bottleneck', 'b', { btn: 72 }, ['bottleneck-too-wide']],
    ['the widest', 'c', { out: 2056, btn: 256 }, ['too-wide']],
  ] as const)('%s', (_, name, fields, codes) => {
    const judged = violations(withNode(name, fields), tinynas).map(({ code }) => code);
    expect(judged).toEqual(codes);
  });

  it('do not judge a width that stays as it is written', () => {
    const detnas = example('detnas_3_8g');
    expect(violations(detnas, paper)).toEqual([]);
    // The stem is too wide; 172 channels behind it are what they are.
    expect(violations(detnas, tinynas).map(({ group, code }) => [group, code])).toEqual([[0, 'stem-too-wide']]);
  });
});

describe('a move of a tied output', () => {
  const ties = tiesOf(TIED);
  const at = (name: string): number => TIED.wiring?.nodes.findIndex((node) => node.name === name) ?? -1;
  const outs = (groups: readonly Group[] | undefined): number[] | undefined => groups?.map(({ out }) => out);

  it('moves all that are tied, and an inverted block keeps its ratio', () => {
    const groups = applyTied(TIED.groups, ties, at('b'), { kind: 'out', factor: 1.5 });
    const own = TIED.groups.map(({ out }) => out);
    expect(outs(groups)).toEqual(own.with(at('b'), 96).with(at('c'), 96));
    expect(groups?.[at('c')]).toMatchObject({ out: 96, btn: 288 });
    expect(groups?.[at('b')]).toMatchObject({ out: 96, btn: 32 });
  });

  it('moves one where nothing else has its width, and none for another number', () => {
    expect(outs(applyTied(TIED.groups, ties, at('d'), { kind: 'out', factor: 0.5 }))?.[at('d')]).toBe(64);
    const deeper = applyTied(TIED.groups, ties, at('b'), { kind: 'depth', by: 1 });
    expect(outs(deeper)).toEqual(outs(TIED.groups));
  });
});

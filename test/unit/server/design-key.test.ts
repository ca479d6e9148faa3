import { describe, expect, test } from 'vitest';
import type { Backbone } from '../../../server/src/backbone/backbone.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { designKey, measuredKey } from '../../../server/src/server/design-key.ts';

const read = (text: string): Backbone => {
  const backbone = snapshotOf(text).backbones[0]?.source.backbone;
  if (backbone === undefined) throw new Error(text);
  return backbone;
};
const CHAIN = read(
  'backbone a { input 3 x 64 x 64 stem conv(out: 8, k: 3, s: 2) stage C2 basic(out: 16, btn: 8, k: 3, s: 2) x 1 }',
);
const graph = (join: string): Backbone =>
  read(`backbone g {
  input 3 x 64 x 64
  stem conv(out: 8, k: 3, s: 2)
  node a conv(out: 8, k: 3, s: 2) from stem
  node b conv(out: 8, k: 3, s: 1) from ${join}
  output C3: b
}`);

describe('the key of a design', () => {
  test('goes by what it says, not by its name or the order in which its fields were written', () => {
    const backwards = (of: object) => Object.fromEntries(Object.entries(of).reverse());
    const built = { ...backwards(CHAIN), groups: CHAIN.groups.map(backwards), name: 'b' } as unknown as Backbone;
    expect(designKey(built)).toBe(designKey(CHAIN));
  });

  test.each([
    ['a width', CHAIN, { ...CHAIN, groups: CHAIN.groups.map((group) => ({ ...group, out: group.out + 8 })) }],
    ['the input', CHAIN, { ...CHAIN, input: { ...CHAIN.input, height: 128 } }],
    ['what a node reads', graph('stem'), graph('a')],
  ])('tells %s apart', (_, one, other) => {
    expect(designKey(one)).not.toBe(designKey(other));
    expect(measuredKey(one)).not.toBe(measuredKey(other));
  });

  test('tells weights apart only where they change the number', () => {
    const weighed = { ...CHAIN, weights: { C2: 3 } };
    expect(designKey(weighed)).not.toBe(designKey(CHAIN));
    expect(measuredKey(weighed)).toBe(measuredKey(CHAIN));
  });
});

import fc from 'fast-check';
import { type Backbone, DEFAULT_WEIGHTS, type Group, group } from '../../server/src/backbone/backbone.ts';

/** Random designs for property tests: every block with every option, shaped as a stem and up to six more groups. */

const width = fc.integer({ min: 1, max: 4096 });
const oddKernel = fc.constantFrom(1, 3, 5, 7);
const depth = fc.integer({ min: 1, max: 12 });

function block(
  kind: 'conv' | 'maxpool' | 'bottleneck' | 'k1kx' | 'basic' | 'inverted',
  stride: fc.Arbitrary<number>,
): fc.Arbitrary<Group> {
  const fields = { out: width, btn: width, kernel: oddKernel, stride, depth };
  const shortcut = fc.constantFrom('pool' as const, 'conv' as const);
  const strided = fc.constantFrom('first' as const, 'second' as const);
  switch (kind) {
    case 'conv':
      return fc.record({ ...fields, btn: fc.constant(0) }).map((f) => group({ block: kind, ...f }));
    case 'maxpool':
      return fc
        .record({ ...fields, btn: fc.constant(0), out: fc.constant(0) })
        .map((f) => group({ block: kind, ...f }));
    case 'bottleneck':
    case 'k1kx':
      return fc.record({ ...fields, shortcut }).map((f) => group({ block: kind, ...f }));
    case 'basic':
      return fc.record({ ...fields, shortcut, strided }).map((f) => group({ block: kind, ...f }));
    case 'inverted':
      return fc
        .record({ ...fields, btn: fc.oneof(fc.constant(0), width), se: fc.boolean() })
        .map((f) => group({ block: kind, ...f }));
  }
}

const KINDS = ['conv', 'bottleneck', 'basic', 'k1kx', 'inverted', 'maxpool'] as const;
const anyBlock = (stride: fc.Arbitrary<number>): fc.Arbitrary<Group> =>
  fc.constantFrom(...KINDS).chain((kind) => block(kind, stride));
const stride = fc.constantFrom(1, 2);

/** Weights with plain names and awkward values. */
const alpha = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(0.5, 1e-7, 0.1, 1234.5678, 1e6));

export const anyBackbone: fc.Arbitrary<Backbone> = fc.record({
  name: fc.constantFrom('net', 'MAE-DET-S', 'réseau', '骨干', 'x2'),
  input: fc.record({
    channels: fc.integer({ min: 1, max: 16 }),
    height: fc.integer({ min: 1, max: 2048 }),
    width: fc.integer({ min: 1, max: 2048 }),
  }),
  groups: fc
    .tuple(anyBlock(stride), fc.array(anyBlock(stride), { maxLength: 6 }))
    .map(([stem, others]) => [stem, ...others]),
  weights: fc.oneof(fc.constant(DEFAULT_WEIGHTS), fc.record({ C1: alpha })),
});

/** Designs of the blocks that TinyNAS has: a stem convolution, then residual groups with pooled shortcuts. */
export const tinynasBackbone: fc.Arbitrary<Backbone> = anyBackbone
  .map((backbone): Backbone => {
    const groups = backbone.groups.flatMap((g): Group[] => {
      if (g.block === 'maxpool' || (g.block === 'inverted' && g.btn === 0)) return [];
      return [{ ...g, shortcut: 'pool', strided: 'second', depth: g.block === 'conv' ? 1 : g.depth }];
    });
    return { ...backbone, groups, input: { ...backbone.input, height: 480, width: 480 }, weights: DEFAULT_WEIGHTS };
  })
  .filter((backbone) => backbone.groups.length > 0);

import fc from 'fast-check';
import { type Backbone, DEFAULT_WEIGHTS, type Group, group } from '../../../server/src/backbone/backbone.ts';

const width = (max: number) => fc.integer({ min: 1, max: max / 8 }).map((n) => n * 8);

/** A block group whose output is at least its bottleneck. */
export const anyBlockGroup = (stride: 1 | 2): fc.Arbitrary<Group> =>
  fc
    .record({
      block: fc.constantFrom('bottleneck', 'basic', 'k1kx', 'inverted'),
      out: width(512),
      ratio: fc.constantFrom(0.25, 0.5, 1),
      kernel: fc.constantFrom(3, 5),
      depth: fc.integer({ min: 1, max: 4 }),
      shortcut: fc.constantFrom('pool', 'conv'),
      strided: fc.constantFrom('first', 'second'),
      se: fc.boolean(),
    })
    .map(({ ratio, ...g }) =>
      group({
        ...g,
        stride,
        btn: Math.max(8, Math.round((g.out * ratio) / 8) * 8),
        shortcut: g.block === 'inverted' ? 'pool' : g.shortcut,
        strided: g.block === 'basic' ? g.strided : 'second',
        se: g.block === 'inverted' && g.se,
      }),
    );

/** A whole backbone of a stem and four stages, each of one or two groups. */
export const anyBackbone: fc.Arbitrary<Backbone> = fc
  .record({
    side: fc.constantFrom(64, 96, 127),
    stem: width(64),
    stages: fc.array(fc.tuple(anyBlockGroup(2), fc.option(anyBlockGroup(1), { nil: undefined })), {
      minLength: 4,
      maxLength: 4,
    }),
  })
  .map(({ side, stem, stages }) => ({
    name: 'net',
    input: { channels: 3, height: side, width: side },
    groups: [
      group({ block: 'conv', out: stem, kernel: 3, stride: 2 }),
      ...stages.flatMap(([first, second]) => (second === undefined ? [first] : [first, second])),
    ],
    weights: DEFAULT_WEIGHTS,
  }));

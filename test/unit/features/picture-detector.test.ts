import { describe, expect, test } from 'vitest';
import { drawBackbone } from '../../../drawing/draw.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { picture } from '../../../server/src/features/picture.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';

const BACKBONE = `backbone net {
  input 3 x 256 x 320
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64,  btn: 16, k: 3, s: 2) x 1
  stage C3 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1
  stage C4 bottleneck(out: 256, btn: 32, k: 3, s: 2) x 1
  stage C5 bottleneck(out: 512, btn: 64, k: 3, s: 2) x 1
}
`;

const drawn = (detector: string) => picture(snapshotOf(`${BACKBONE}${detector}`), DEFAULT_OPTIONS)[1];

describe('the picture of a detector', () => {
  test.each([
    ['fpn', 'neck fpn()  head gfl()', ['P3', 'P4', 'P5', 'P6', 'P7', 'gfl']],
    ['pafpn', 'neck pafpn()  head decoupled()', ['P3', 'P4', 'P5', 'P6', 'P7', 'decoupled']],
    ['bifpn', 'neck bifpn()  head retina()', ['P3', 'P4', 'P5', 'P6', 'P7', 'retina']],
    ['dilated', 'neck dilated()  head yolof()', ['P5', 'yolof']],
    [
      'several heads',
      'neck fpn(from: C2..C5, extra: pool)  head rpn()  head box()  head mask()',
      ['P2', 'P3', 'P4', 'P5', 'P6', 'rpn', 'box', 'mask'],
    ],
    ['no neck', 'neck none(from: C5)  head yolof()', ['yolof']],
  ])('%s: levels and heads behind the groups, each with its share', (_, parts, places) => {
    const detector = drawn(`detector whole { ${parts} }`);
    expect(detector?.groups.map(({ place }) => place)).toEqual(['C1', 'C2', 'C3', 'C4', 'C5', ...places]);
    expect(detector?.groups.reduce((sum, { cost }) => sum + cost, 0)).toBe(detector?.cost);
    expect(detector?.groups.reduce((sum, { costShare }) => sum + costShare, 0)).toBeCloseTo(1, 12);
    for (const group of detector?.groups ?? [])
      for (const read of group.reads) expect(detector?.groups[read] ?? read).toBeDefined();
  });

  test('a level reads its own output of the backbone and the next coarser level; a head reads all of them', () => {
    const groups = drawn('detector whole { neck fpn()  head gfl() }')?.groups ?? [];
    const readsOf = (place: string) =>
      groups
        .find((group) => group.place === place)
        ?.reads.map((read) => groups[read]?.place)
        .sort();
    expect(readsOf('P3')).toEqual(['C3', 'P4']);
    expect(readsOf('P5')).toEqual(['C5']);
    expect(readsOf('P6')).toEqual(['P5']);
    expect(readsOf('gfl')).toEqual(['P3', 'P4', 'P5', 'P6', 'P7']);
  });

  test('what is no group of a backbone says no entropy', () => {
    const detector = drawn('detector whole { neck fpn()  head gfl() }');
    expect(detector?.groups.filter(({ part }) => part !== undefined).map(({ gain }) => gain)).toEqual(
      Array.from({ length: 6 }, () => undefined),
    );
    expect(JSON.stringify(detector && drawBackbone(detector))).not.toContain('NaN');
  });

  test('a detector that cannot be read is not drawn', () => {
    expect(drawn('detector whole { neck fpn(out: )  head gfl() }')).toBeUndefined();
  });
});

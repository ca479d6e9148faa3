import { describe, expect, test } from 'vitest';
import { partFaults } from '../../server/src/detector/check.ts';
import type { Detector } from '../../server/src/detector/detector.ts';
import { fpn } from '../../server/src/detector/parts/fpn.ts';
import { gfl } from '../../server/src/detector/parts/gfl.ts';
import { partOf } from '../../server/src/detector/parts.ts';
import { lighterValues, MOST_VARIANTS, type Varied, variantsOf } from '../../server/src/detector/variants.ts';
import { networkOf } from '../../server/src/language/detector-model.ts';
import { numbersOf } from '../../server/src/language/vary.ts';
import { r50Task } from './search-arbitrary.ts';

function varied(kind: typeof fpn | typeof gfl, name: string): Varied {
  const argument = numbersOf(kind).find((own) => own.name === name);
  if (argument === undefined) throw new Error(`${kind.name} has no ${name}`);
  return { name: `${kind.name}.${name}`, kind: kind.name, argument };
}

const [WIDTH, COUNT] = [varied(fpn, 'out').argument, varied(gfl, 'convs').argument];

describe('lighter values', () => {
  test.each([
    ['widths are multiples of 32', WIDTH, 256, [256, 192, 128, 64]],
    ['no less than one of them', WIDTH, 64, [64, 32]],
    ['of the least there is no lighter one', WIDTH, 32, [32]],
    ['as they round', WIDTH, 96, [96, 64, 32]],
    ['what 32 does not divide has multiples of 8', WIDTH, 72, [72, 56, 40, 16]],
    ['and of very narrow ones nothing', WIDTH, 4, [4]],
    ['counts go down to one', COUNT, 4, [4, 3, 2, 1]],
    ['in steps that are not too many', COUNT, 12, [12, 9, 6, 3]],
    ['whatever there is', COUNT, 2, [2, 1]],
    ['nothing is lighter than one', COUNT, 1, [1]],
    ['or none', COUNT, 0, [0]],
  ] as const)('%s', (_, argument, written, expected) => expect(lighterValues(argument, written)).toEqual(expected));

  test('of every number of every part are what the part takes, lightest last', () => {
    for (const part of [fpn, gfl]) {
      for (const argument of numbersOf(part)) {
        const { min, max } = argument.rule;
        for (let written = min; written <= Math.min(max, 300); written++) {
          const values = lighterValues(argument, written);
          expect(values[0]).toBe(written);
          expect(values.length).toBeLessThanOrEqual(4);
          expect(values).toEqual([...new Set(values)].toSorted((a, b) => b - a));
          for (const value of values) expect(value).toBeGreaterThanOrEqual(min);
        }
      }
    }
  });
});

describe('the detectors of what is varied', () => {
  const backbone = r50Task.start;
  const network = networkOf(backbone);
  const detector: Detector = { name: 'd', backbone, classes: 80, neck: partOf(fpn), heads: [partOf(gfl)] };

  test('are each combination, the written one first, and say what they say', () => {
    const found = variantsOf(detector, network, [varied(fpn, 'out'), varied(gfl, 'convs')]);
    expect(found).toHaveLength(16);
    expect(found[0]).toEqual({ values: { 'fpn.out': 256, 'gfl.convs': 4 }, detector });
    expect(new Set(found.map(({ values }) => JSON.stringify(values))).size).toBe(16);
    for (const { values, detector: own } of found) {
      expect(own.neck?.values).toMatchObject({ out: values['fpn.out'], levels: 5 });
      expect(own.heads[0]?.values).toMatchObject({ convs: values['gfl.convs'], width: 256 });
      expect(partFaults(own, network)).toEqual([]);
    }
  });

  test('leave out what the parts find wrong', () => {
    const levels = variantsOf(detector, network, [varied(fpn, 'levels')]).map(({ values }) => values['fpn.levels']);
    // Three levels are read, so that there are at least three.
    expect(levels).toEqual([5, 4, 3]);
    const wide = { ...detector, heads: [partOf(gfl, { width: 72, norm: 'bn' })] };
    expect(variantsOf(wide, network, [varied(gfl, 'width')])).toHaveLength(4);
  });

  test('are the written one alone where there are too many', () => {
    const all = [varied(fpn, 'out'), ...['width', 'convs', 'regmax'].map((name) => varied(gfl, name))];
    expect(variantsOf(detector, network, all)).toHaveLength(1);
    expect(variantsOf(detector, network, all.slice(0, 3))).toHaveLength(MOST_VARIANTS);
    expect(variantsOf(detector, network, [])).toEqual([{ values: {}, detector }]);
  });
});

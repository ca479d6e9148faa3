import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  asMap,
  convolveField,
  type Field,
  isMap,
  thinField,
  uniformField,
  upsampleField,
} from '../../../server/src/entropy/field.ts';
import { keptAt, type MapField, meanOfMap } from '../../../server/src/entropy/map-field.ts';

/** What a signal may meet. */
type Passage =
  | { readonly kind: 'conv'; readonly kernel: number; readonly stride: number; readonly dilation: number }
  | { readonly kind: 'pool'; readonly stride: number }
  | { readonly kind: 'up'; readonly factor: number };

const passage: fc.Arbitrary<Passage> = fc.oneof(
  fc.record({
    kind: fc.constant('conv' as const),
    kernel: fc.constantFrom(1, 3, 5, 7),
    stride: fc.constantFrom(1, 2),
    dilation: fc.constantFrom(1, 2, 3),
  }),
  fc.record({ kind: fc.constant('pool' as const), stride: fc.constantFrom(1, 2) }),
  fc.record({ kind: fc.constant('up' as const), factor: fc.constantFrom(1.5, 2, 3) }),
);

const sizeOf = (field: Field): { height: number; width: number } =>
  isMap(field)
    ? { height: field.rows.size, width: field.columns.size }
    : { height: field.rows.length, width: field.columns.length };

function pass(field: Field, step: Passage): Field {
  if (step.kind === 'conv') return convolveField(field, step).field;
  if (step.kind === 'pool') return thinField(field, step.stride);
  const { height, width } = sizeOf(field);
  return upsampleField(field, { height: Math.ceil(height * step.factor), width: Math.ceil(width * step.factor) });
}

/** Every position of a map, those that are kept once included. */
const positions = ({ rows, columns, map }: MapField): number[] => {
  const width = map.length / (keptAt(rows, rows.size - 1) + 1);
  return Array.from({ length: rows.size }, (_, y) =>
    Array.from({ length: columns.size }, (_, x) => map[width * keptAt(rows, y) + keptAt(columns, x)] ?? Number.NaN),
  ).flat();
};

const separable = (field: Field): number[] =>
  isMap(field) ? [] : [...field.rows].flatMap((row) => [...field.columns].map((column) => row * column));

test('a map passes windows, pools and up-samplings as a separable field does, position by position', () => {
  fc.assert(
    fc.property(
      fc.record({ height: fc.integer({ min: 4, max: 40 }), width: fc.integer({ min: 4, max: 40 }) }),
      fc.array(passage, { maxLength: 5 }),
      fc.nat({ max: 4 }),
      (size, steps, begun) => {
        let plain: Field = uniformField(size);
        let map: Field = plain;
        steps.forEach((step, i) => {
          if (i === begun % steps.length) map = asMap(map);
          plain = pass(plain, step);
          map = pass(map, step);
        });
        const [expected, found] = [separable(plain), positions(asMap(map))];
        expect(found).toHaveLength(expected.length);
        found.forEach((value, i) => {
          expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 9);
        });
        const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
        expect(meanOfMap(asMap(map))).toBeCloseTo(mean, 9);
      },
    ),
    { numRuns: 300 },
  );
});

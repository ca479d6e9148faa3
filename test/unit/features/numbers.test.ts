import { describe, expect, test } from 'vitest';
import { costText, percent, si, signed } from '../../../server/src/features/numbers.ts';

describe('numbers as people read them', () => {
  test.each([
    [18_800_000_000, '18.8 G'],
    [25_843_536, '25.84 M'],
    [999.5, '999.5'],
    [1000, '1 k'],
    [0, '0'],
    [-2_500_000, '-2.5 M'],
    [1.5e13, '15 T'],
  ])('%d is %s', (value, text) => expect(si(value)).toBe(text));

  test('signs are real ones', () => {
    expect(signed(4.06)).toBe('+4.1');
    expect(signed(-0.31)).toBe('−0.3');
  });

  test('shares keep two digits while they are small', () => {
    expect(percent(0.0004)).toBe('0.04 %');
    expect(percent(0.084)).toBe('8.4 %');
    expect(percent(1.5)).toBe('150 %');
  });

  test('a cost names its convention', () => {
    expect(costText('tinynas', 18.8e9)).toBe('18.8 G tinynas');
    expect(costText('layers', 91)).toBe('91 layers');
    expect(costText('memory', 2e9)).toBe('2 GB memory');
  });
});

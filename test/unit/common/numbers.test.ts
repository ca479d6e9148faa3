import { describe, expect, test } from 'vitest';
import * as views from '../../../client/src/webviews/cost-text.ts';
import {
  changePercent,
  counted,
  durationText,
  fineNats,
  nats,
  percent,
  seconds,
  shapeText,
  si,
  signed,
} from '../../../common/numbers.ts';
import { costUnits } from '../../../server/src/cost/registry.ts';
import { amountText, costText } from '../../../server/src/features/cost-text.ts';

describe('numbers as people read them, in the editor, the views and the command line', () => {
  test.each<[string, (value: number) => string, number, string]>([
    ['si', si, 18_800_000_000, '18.8 G'],
    ['si', si, 25_843_536, '25.84 M'],
    ['si', si, 999.5, '999.5'],
    ['si', si, 1000, '1 k'],
    ['si', si, 0, '0'],
    ['si', si, -2_500_000, '-2.5 M'],
    ['si', si, 1.5e13, '15 T'],
    ['nats', nats, 123.44, '123.4'],
    ['fineNats', fineNats, 123.444, '123.44'],
    ['signed', signed, 4.06, '+4.1'],
    ['signed', signed, -0.31, '−0.3'],
    ['percent', percent, 0.0004, '0.04 %'],
    ['percent', percent, 0.084, '8.4 %'],
    ['percent', percent, 1.5, '150 %'],
    ['percent', percent, -0.084, '-8.4 %'],
    ['percent', percent, -0.1234, '-12 %'],
    ['percent', percent, -1.234, '-123 %'],
    ['changePercent', changePercent, 0.124, '12 %'],
    ['changePercent', changePercent, 0.996, '99.6 %'],
    ['changePercent', changePercent, 1.5, '150 %'],
    ['seconds', seconds, 4.21, '4.2 s'],
    ['seconds', seconds, 45.2, '45 s'],
    ['durationText', durationText, 44.1, '45 s'],
    ['durationText', durationText, 150, '3 min'],
    ['durationText', durationText, 9000, '2.5 h'],
  ])('%s', (_, text, value, expected) => expect(text(value)).toBe(expected));

  test('changes keep the digits that are asked for', () => {
    expect(signed(-0.9994, (v) => changePercent(v, 3))).toBe('−99.9 %');
    expect(signed(0.12345, (v) => changePercent(v, 3))).toBe('+12.3 %');
  });

  test('things are counted', () => {
    expect(counted(1, 'block')).toBe('1 block');
    expect(counted(2, 'block')).toBe('2 blocks');
    expect(shapeText({ channels: 3, height: 480, width: 640 })).toBe('3×480×640');
  });

  test.each<[string, number, string, string]>([
    ['tinynas', 18.8e9, '18.8 G', '18.8 G tinynas'],
    ['layers', 91, '91', '91 layers'],
    ['layers', 1, '1', '1 layer'],
    ['memory', 2e9, '2 GB', '2 GB memory'],
    ['memory', 160, '160 B', '160 B memory'],
    ['params', 25_843_536, '25.84 M', '25.84 M params'],
  ])('a cost of %s', (cost, value, amount, text) => {
    expect([amountText(cost, value), views.amountText(costUnits(), cost, value)]).toEqual([amount, amount]);
    expect([costText(cost, value), views.costText(costUnits(), cost, value)]).toEqual([text, text]);
  });
});

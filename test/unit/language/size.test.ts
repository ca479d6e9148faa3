import { expect, test } from 'vitest';
import { readSize } from '../../../server/src/language/size.ts';

test.each(['800x1280', ' 800 X 1280 ', '800×1280'])('%j is a size', (text) => {
  expect(readSize(text)).toEqual({ ok: true, value: { height: 800, width: 1280 } });
});

test.each([
  ['', /'' is not HEIGHTxWIDTH, such as 800x1280/],
  ['800', /HEIGHTxWIDTH/],
  ['3x800x1280', /HEIGHTxWIDTH/],
  ['-1x2', /HEIGHTxWIDTH/],
  ['0x480', /whole number from 1 to 16,384, not 0/],
  ['480x20000', /not 20000/],
])('%j is none', (text, message) => {
  expect(readSize(text)).toEqual({ ok: false, message: expect.stringMatching(message) });
});

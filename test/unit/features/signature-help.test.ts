import { expect, test } from 'vitest';
import { signatureHelp } from '../../../server/src/features/signature-help.ts';
import { at } from './cursor.ts';

/** The signature with the active argument in brackets. */
function shown(marked: string): string | undefined {
  const { snapshot, position } = at(marked);
  const [signature] = signatureHelp(snapshot, position)?.signatures ?? [];
  const label = signature?.parameters?.[signature.activeParameter ?? 0]?.label;
  if (signature === undefined || !Array.isArray(label)) return signature?.label;
  const [start, end] = label;
  return `${signature.label.slice(0, start)}[${signature.label.slice(start, end)}]${signature.label.slice(end)}`;
}

test.each([
  ['stem conv(‸', 'conv([out], k, s, groups?, dil?, act?, bias?)'],
  ['stem conv(‸)', 'conv([out], k, s, groups?, dil?, act?, bias?)'],
  ['stem conv(out‸', 'conv([out], k, s, groups?, dil?, act?, bias?)'],
  ['stem conv(out: ‸8)', 'conv([out], k, s, groups?, dil?, act?, bias?)'],
  ['stem conv(out: 8‸', 'conv([out], k, s, groups?, dil?, act?, bias?)'],
  ['stem conv(out: 8 ‸', 'conv([out], k, s, groups?, dil?, act?, bias?)'],
  ['stem conv(out: 8, ‸', 'conv(out, [k], s, groups?, dil?, act?, bias?)'],
  ['stem conv(s: ‸2, k: 3)', 'conv(out, k, [s], groups?, dil?, act?, bias?)'],
  ['stem basic(k: 3, str‸', 'basic(out, btn, k, s, shortcut?, [strided?], groups?, dil?, se?, squeeze?, act?)'],
  ['stem conv(out: 8, k: 3, s: 1, ‸', 'conv(out, k, s, [groups?], dil?, act?, bias?)'],
  ['stem conv(out: 8, ‸\n stage C2 basic(k: 3', 'conv(out, [k], s, groups?, dil?, act?, bias?)'],
  ['stem conv(out: 8) + basic(‸', 'basic([out], btn, k, s, shortcut?, strided?, groups?, dil?, se?, squeeze?, act?)'],
])('%s', (line, expected) => expect(shown(`backbone a {\n  ${line}`)).toBe(expected));

test.each([
  ['neck fpn(‸', 'fpn([from?], out?, levels?, extra?)'],
  ['neck fpn(from: C3..C5, ‸)', 'fpn(from?, [out?], levels?, extra?)'],
  ['neck fpn(from: C3..‸', 'fpn([from?], out?, levels?, extra?)'],
  ['neck fpn(from: C3..C5 ‸', 'fpn([from?], out?, levels?, extra?)'],
  ['neck fpn(levels: ‸, out: 3)  head gfl()', 'fpn(from?, out?, [levels?], extra?)'],
  ['neck none  head rpn(anch‸', 'rpn(width?, [anchors?])'],
])('%s', (line, expected) => expect(shown(`detector d {\n  ${line}`)).toBe(expected));

test.each(['neck fpn‸()', 'neck fpm(‸)', 'neck fpn()‸', 'classes ‸'])('nothing at %s', (line) =>
  expect(shown(`detector d {\n  ${line}`)).toBeUndefined(),
);

test.each(['stem conv‸(out: 8)', 'stem conv(out: 8)‸', 'stem cnv(‸)', 'input ‸', 'stem conv( // ‸'])(
  'nothing at %s',
  (line) => expect(shown(`backbone a {\n  ${line}`)).toBeUndefined(),
);

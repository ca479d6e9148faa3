import { expect, test } from 'vitest';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { documentSymbols } from '../../../server/src/features/symbols.ts';
import { SAMPLE } from './sample.ts';

const outline = (symbols: readonly DocumentSymbol[], indent = ''): string[] =>
  symbols.flatMap((s) => [`${indent}${s.name} | ${s.detail ?? ''}`, ...outline(s.children ?? [], `${indent}  `)]);

test('the outline of the sample', () => {
  expect(outline(documentSymbols(snapshotOf(SAMPLE)))).toEqual([
    'maedet_m | backbone · 3×800×1280',
    '  stem | conv 64',
    '  C2 | bottleneck 120 × 2',
    '  C3 | bottleneck 512 × 10',
    '  C4 | bottleneck 1632 × 10',
    '  C5 | bottleneck 2048 × 8',
    'r50_start | backbone · 3×480×480',
    '  stem | conv 32',
    '  C2 | bottleneck 256 × 1',
    '  C3 | bottleneck 512 × 1',
    '  C4 | ',
    '    bottleneck | bottleneck 768 × 1',
    '    bottleneck | bottleneck 1024 × 1',
    '  C5 | bottleneck 2048 × 1',
    'r50 | budget',
    '  tinynas | <= 18.8G',
    '  layers | <= 91',
    'search | ',
    '  start | r50_start',
    '  within | r50',
    '  space | tinynas',
    '  evaluations | 96000',
    '  population | 256',
    '  coarse-to-fine | 50%',
    '  seed | 0',
  ]);
});

test('a symbol selects its name', () => {
  const [symbol] = documentSymbols(snapshotOf('backbone a {\n  stem conv()\n}\n'));
  expect(symbol?.range).toEqual({ start: { line: 0, character: 0 }, end: { line: 2, character: 1 } });
  expect(symbol?.selectionRange).toEqual({ start: { line: 0, character: 9 }, end: { line: 0, character: 10 } });
});

test.each([
  ['backbone', ['backbone | ']],
  ['backbone a { stage }', ['a | backbone', '  stage | ']],
  ['budget b { macs <= }', ['b | budget', '  macs | <= …']],
  [
    'detector d { backbone r classes 3 neck fpn() head gfl() head }',
    ['d | detector · r', '  fpn | neck', '  gfl | head', '  head | head'],
  ],
  ['detector { neck none }', ['detector | ', '  none | neck']],
  ['search { start }', ['search | ', '  start | ']],
  ['search { score >= 3 }', ['search | ', '  score | >= 3']],
  ['', []],
])('a broken text: %s', (text, expected) => expect(outline(documentSymbols(snapshotOf(text)))).toEqual(expected));

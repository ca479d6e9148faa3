import { expect, test } from 'vitest';
import { foldingRanges } from '../../../server/src/features/folding.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';

const folds = (text: string): string[] =>
  foldingRanges(snapshotOf(text)).map((f) => [`${f.startLine}-${f.endLine}`, f.kind].filter((p) => p).join(' '));

test.each<[string, string, string[]]>([
  ['a declaration without its closing brace', 'search {\n  seed 1\n}\n', ['0-1']],
  ['nothing on one line', 'search { seed 1 }\n/* a */\n// b\n', []],
  ['a stage of several groups', 'backbone a {\n  stem conv()\n  stage C2 conv()\n    + conv()\n}\n', ['0-3', '2-3']],
  ['a block comment', '/* a\nb */\nsearch {}', ['0-1 comment']],
  [
    'line comments in a row',
    '// a\n// b\n// c\n\n// d\nsearch { // e\n  // f\n  // g\n  seed 1\n}',
    ['5-8', '0-2 comment', '6-7 comment'],
  ],
  [
    'regions',
    '// #region A\nsearch {}\n// region B\n// x\n// endregion\n// #endregion\n',
    ['2-4 region', '0-5 region'],
  ],
  ['a region that is never closed', '// #region A\nsearch {}\n', []],
  ['an open declaration', 'backbone a {\n  stem conv(\n  stage C2 conv()\n', ['0-2']],
  [
    'a detector, and a part of several lines',
    'detector d {\n  neck fpn(\n    out: 64\n  )\n  head gfl()\n}\n',
    ['0-4', '1-3'],
  ],
  ['an open detector', 'detector d {\n  neck fpn(\n    out:\n', ['0-2', '1-2']],
  ['nothing in a binary file', 'search {\n\0\n}', []],
])('%s', (_, text, expected) => expect(folds(text)).toEqual(expected));

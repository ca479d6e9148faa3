// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of snippets look like this
import { describe, expect, test } from 'vitest';
import type { CompletionItem } from 'vscode-languageserver-types';
import { si, signed } from '../../../common/numbers.ts';
import { completion } from '../../../server/src/features/completion.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { type Snapshot, snapshotOf } from '../../../server/src/features/snapshot.ts';
import { MAEDET, PYRAMID, RESNET } from '../language/detector-texts.ts';
import { at } from './cursor.ts';

const BUDGET = 'budget phone { mmcv <= 150G }\n';
const NETS = RESNET + MAEDET + BUDGET;

function items(marked: string, before = NETS): CompletionItem[] {
  const { snapshot, position } = at(before + marked);
  return completion(snapshot, position, DEFAULT_OPTIONS, { snippets: true });
}
const labels = (marked: string, before?: string): string[] => items(marked, before).map((item) => item.label);
const find = (marked: string, label: string, before?: string): CompletionItem | undefined =>
  items(marked, before).find((item) => item.label === label);
const insert = (marked: string, label: string, before?: string): string | undefined =>
  find(marked, label, before)?.textEdit?.newText;

describe('lines', () => {
  test('a whole detector stands on the first backbone of the file and holds no budget', () => {
    expect(insert('‸', 'detector')).toBe(
      [
        'detector ${1:my_detector} {',
        '  backbone ${2:resnet50}',
        '  classes ${3:80}',
        '  neck fpn(from: ${4:C3..C5}, out: ${5:256}, levels: ${6:5}, extra: ${7|on-output,on-input,pool|})',
        '  head ${9|gfl,fcos,retina,decoupled|}()',
        '}',
        '$0',
      ].join('\n'),
    );
    expect(insert('‸', 'detector', 'backbone my_detector { }\n')).toContain('detector ${1:my_detector_2} {');
  });

  test.each<[string, string, string[]]>([
    ['an empty one', 'detector d {\n  ‸\n}', ['backbone', 'input', 'classes', 'within', 'neck', 'head']],
    ['on one line', 'detector d { backbone resnet50 ‸ }', ['input', 'classes', 'within', 'neck', 'head']],
    ['a neck only once', 'detector d { neck none ‸', ['backbone', 'input', 'classes', 'within', 'head']],
    [
      'behind a part without parentheses',
      'detector d { classes 3  head gfl ‸',
      ['backbone', 'input', 'within', 'neck', 'head'],
    ],
    [
      'a line below one that is not finished',
      'detector d {\n  neck fpn(from: C3..\n  he‸\n}',
      ['C5', 'backbone', 'input', 'classes', 'within', 'head'],
    ],
    ['a word that means nothing', 'detector d { wibble ‸', ['backbone', 'input', 'classes', 'within', 'neck', 'head']],
    ['behind it', 'detector d { head gfl() } ‸', ['backbone', 'detector', 'budget', 'search', 'space']],
  ])('%s', (_, text, expected) => expect(labels(text)).toEqual(expected));

  test('the head that usually comes next', () => {
    expect(insert('detector d { ‸', 'head')).toContain('head gfl(');
    expect(insert('detector d { neck dilated  ‸', 'head')).toContain('head yolof(');
    expect(insert('detector d { head rpn()  ‸', 'head')).toContain('head box(');
    expect(insert('detector d { head rpn()  head box()  ‸', 'head')).toContain('head mask(');
  });
});

describe('names', () => {
  test.each<[string, string[]]>([
    ['detector d { backbone ‸', ['resnet50', 'maedet_m']],
    ['detector d {\n  backbone re‸\n  neck fpn()\n}', ['resnet50', 'maedet_m']],
    ['detector d { within ‸ }', ['phone']],
    ['detector d { backbone resnet50 }\nsearch { start ‸ }', ['resnet50', 'maedet_m', 'd']],
  ])('%s', (text, expected) => expect(labels(text)).toEqual(expected));

  test('what a search starts from says that it is a detector, and on what', () => {
    expect(find('detector d { backbone resnet50 }\nsearch { start ‸ }', 'd')?.detail).toBe('a detector on resnet50');
    expect(find('detector d { }\nsearch { start ‸ }', 'd')?.detail).toBe('a detector');
  });

  test.each([
    'detector ‸',
    'detector d‸ {',
    'detector d { neck fpn(from ‸',
    'detector d { neck fpn(out: 8 ‸',
    '// neck ‸',
  ])('nothing at %s', (text) => expect(labels(text)).toEqual([]));
});

describe('kinds', () => {
  const names = (text: string): string[] => labels(text).filter((label) => !label.includes('('));

  test('of necks, and of heads that are not there yet', () => {
    expect(names('detector d { neck ‸')).toEqual(['fpn', 'pafpn', 'bifpn', 'dilated', 'none']);
    expect(names('detector d { neck ‸ head gfl() }')).toEqual(['fpn', 'pafpn', 'bifpn', 'dilated', 'none']);
    expect(names('detector d {\n  head ‸\n  head rpn()\n}')).toEqual([
      ...['box', 'gfl', 'fcos', 'retina', 'yolof', 'decoupled', 'mask'],
    ]);
  });

  test('each by its name alone, which is a whole line, and with its usual arguments', () => {
    expect(insert('detector d { neck ‸', 'fpn')).toBe('fpn');
    expect(insert('detector d { head ‸', 'retina(width: 256, convs: 4, anchors: 9)')).toBe(
      'retina(width: ${1:256}, convs: ${2:4}, anchors: ${3:9})',
    );
    expect(labels('detector d { neck ‸(out: 3) }')).toEqual(['fpn', 'pafpn', 'bifpn', 'dilated', 'none']);
    expect(find('detector d { neck ‸', 'fpn')?.detail).toContain('feature pyramid');
  });

  test('with what the backbone has', () => {
    const short = RESNET.replace(/ {2}stage C5.*\n/, '');
    expect(labels('detector d { neck ‸ }', short)).toContain('dilated(from: C4, out: 512, mid: 128, blocks: 4)');
    expect(labels('detector d { neck ‸ }', PYRAMID)).toContain('dilated(from: coarse, out: 512, mid: 128, blocks: 4)');
  });
});

describe('arguments', () => {
  test.each<[string, string[]]>([
    ['neck fpn(‸', ['from', 'out', 'levels', 'extra']],
    ['neck fpn(out: 8, ‸)  head gfl()', ['from', 'levels', 'extra']],
    ['neck fpn(‸, levels: 5)', ['from', 'out', 'extra']],
    ['head gfl(width: 256, ‸)', ['convs', 'regmax', 'quality', 'norm']],
    ['neck wibble(‸)', []],
  ])('%s', (line, expected) => expect(labels(`detector d { backbone resnet50  ${line}`)).toEqual(expected));

  test('come with a value, and say their default', () => {
    const line = 'detector d { backbone resnet50  neck fpn(‸';
    expect(insert(line, 'from')).toBe('from: ${1:C3..C5}');
    expect(insert(line, 'extra')).toBe('extra: ${1|on-output,on-input,pool|}');
    expect(find(line, 'out')).toMatchObject({ detail: 'default 256', textEdit: { newText: 'out: ${1:256}' } });
    expect(insert('detector d { neck fpn(ou‸: 3) }', 'out')).toBe('out');
  });
});

describe('values', () => {
  const text = (neck: string, head: string, more = ''): string =>
    `detector d { backbone resnet50  ${more}neck fpn(${neck})  head gfl(${head}) }`;
  const mmcvOf = (snapshot: Snapshot): number => snapshot.detectors[0]?.analysis?.costs['mmcv'] ?? Number.NaN;
  const details = (marked: string): Map<string, string | undefined> =>
    new Map(items(marked).map(({ label, detail }) => [label, detail]));

  test.each<[string, string, string, string[]]>([
    ['out', 'out: ‸', '', ['64', '128', '256']],
    ['levels', 'levels: ‸', '', ['3', '4', '5']],
    ['convs', '', 'convs: ‸', ['1', '2', '4']],
    ['width', '', 'width: ‸', ['64', '128', '256']],
    ['extra', 'extra: ‸', '', ['on-output', 'on-input', 'pool']],
    ['quality', '', 'quality: ‸', ['yes', 'no']],
  ])('of %s say what they change of the whole, true to the digit', (argument, neck, head, expected) => {
    const marked = text(neck, head, 'within phone  ');
    const found = details(marked);
    expect([...found.keys()].toSorted()).toEqual(expected.toSorted());
    const before = mmcvOf(snapshotOf(NETS + text('', '', 'within phone  ')));
    for (const [label, detail] of found) {
      const written = `${argument}: ${label}`;
      const after = mmcvOf(snapshotOf(NETS + text(neck && written, head && written, 'within phone  ')));
      const change = `${signed(after - before, (v) => si(v, 3))} mmcv`;
      if (after === before) expect(detail).toContain('the default');
      else expect(detail).toContain(change);
    }
  });

  test('say by how much a budget is broken', () => {
    const found = items(text('', 'convs: ‸', 'within phone  '));
    expect(found.map(({ detail }) => detail)).toEqual(['−75.6 G mmcv', '−50.4 G mmcv', 'the default']);
    const over = items(text('from: ‸', '', 'within phone  '));
    expect(over.find(({ label }) => label === 'C2..C5')?.detail).toMatch(/^\+\d+ G mmcv, \d+ % over phone mmcv$/);
  });

  test.each<[string, string, string, string | undefined, string[]]>([
    ['the usual one first', RESNET, 'neck fpn(from: ‸', undefined, ['C3..C5', 'C1..C5', 'C2..C5', 'C4..C5', 'C5']],
    ['behind the dots', RESNET, 'neck fpn(from: C3 .. ‸', undefined, ['C5', 'C4']],
    ['one output', RESNET, 'neck dilated(from: ‸', undefined, ['C5', 'C4', 'C3', 'C2', 'C1']],
    [
      'outputs of a graph',
      PYRAMID,
      'neck fpn(from: ‸',
      undefined,
      ['fine..coarse', 'C4..coarse', 'coarse', 'fine..C4'],
    ],
  ])('ranges of outputs: %s', (_, before, line, __, expected) => {
    expect(labels(`detector d { ${line}) }`, before).slice(0, expected.length)).toEqual(expected);
  });

  test('what stands there already is as it is', () => {
    expect(details(text('', 'convs: 2‸')).get('2')).toBe('as it is');
    expect(details(text('from: C2..C5‸', '')).get('C2..C5')).toBe('as it is');
    expect(details(text('from: ‸', '')).get('C3..C5')).toBe('the default');
  });

  test('all ranges are there where nothing is known of the heads', () => {
    const unknown = RESNET.replace('input 3 x 800 x 1280', 'input 3 x');
    expect(labels('detector d { neck fpn(from: ‸', unknown)).toHaveLength(15);
  });

  test('what a part would find wrong is not offered', () => {
    expect(labels(text('from: C2..C5, levels: ‸', ''))).toEqual(['4', '5']);
  });

  test('numbers of classes are free', () => {
    expect(items('detector d { classes ‸ }').map(({ label, filterText }) => [label, filterText])).toEqual([
      ['80', ' '],
      ['20', ' '],
      ['8', ' '],
    ]);
    expect(labels('detector d { classes 3‸ }')[0]).toBe('3');
  });

  test('nothing is tried in a detector far larger than any that is published', () => {
    const line = 'detector d { backbone resnet50  neck fpn()  head mask(convs: 64, times: 64, width: ‸';
    expect(details(line).get('64')).toBeUndefined();
  });

  test('on a line that is half written, too', () => {
    expect(details('detector d { backbone resnet50  neck fpn()  head gfl(convs: ‸').get('2')).toBe('−50.3 G macs');
    expect(details('detector d {\n  backbone resnet50\n  neck fpn(out: ‸\n  head gfl()\n}').has('128')).toBe(true);
  });
});

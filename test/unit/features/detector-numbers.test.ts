import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { MarkupContent } from 'vscode-languageserver-types';
import { costOf } from '../../../server/src/cost/budget.ts';
import { codeLenses } from '../../../server/src/features/code-lenses.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { inlayHints } from '../../../server/src/features/inlay-hints.ts';
import { NOTHING_KNOWN } from '../../../server/src/features/knowledge.ts';
import { lineHints } from '../../../server/src/features/line-hints.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { type Snapshot, snapshotOf, takeSnapshot } from '../../../server/src/features/snapshot.ts';
import { RESNET } from '../language/detector-texts.ts';
import { actionsIn } from './acted.ts';
import { at } from './cursor.ts';

const LINES = `detector d {
  backbone resnet50
  classes 80
  neck fpn(from: C3..C5, out: 256)   // a comment
  head gfl(width: 256)
}
`;
const BUDGET = 'budget phone { mmcv <= 190G }\n';
const SEARCH = 'search { start d  within phone }\n';
const FILE = RESNET + LINES + BUDGET + SEARCH;

function shown(marked: string, linked = false): string {
  const { snapshot, position } = at(marked);
  const found = linked
    ? hover(snapshot, position, NOTHING_KNOWN, undefined, (entry) => `#${entry}`)
    : hover(snapshot, position);
  return MarkupContent.is(found?.contents) ? found.contents.value.replaceAll('\u00a0', ' ') : '';
}

/** FILE with a cursor behind the first letter of some words of the detector or the search. */
const mark = (words: string, file = FILE): string => {
  const place = file.lastIndexOf(words) + words.length - 1;
  return `${file.slice(0, place)}‸${file.slice(place)}`;
};

describe('hovers', () => {
  test.each<[string, string, string[]]>([
    [
      'the name of a detector',
      mark('detector d'),
      ['**detector d** · input 3×800×1280, 80 classes', '| all |', '82 % of phone', 'Levels P3 256×100×160'],
    ],
    ['the word', mark('detect'), ['**detector** · A whole detector']],
    [
      'the kind of a neck',
      mark('neck f'),
      ['**fpn** · feature pyramid', '| macs | 16.25 G | 10 % |', '| extra | `on-output` |'],
    ],
    ['the kind of a head', mark('head g'), ['**gfl** · GFLV2', 'of the whole', '| regmax | `16` |']],
    ['the word for a neck', mark('  neck'), ['**neck** · What stands between']],
    ['the word for a head', mark('  head'), ['**head** · What reads the levels']],
    ['a number', mark('out'), ['**out** · Channels of every level', 'Default: `256`']],
    ['a range', mark('from'), ['**from** · The outputs', 'Default: `C3..C5`']],
    [
      'a choice',
      mark('extra', FILE.replace('out: 256)', 'extra: pool)')),
      ['**extra** · What further levels', '`on-input`', 'Default: `on-output`'],
    ],
    ['classes', mark('  classes'), ['**classes** · How many classes']],
    ['the line of the backbone', mark('  backbone'), ['**backbone** · The backbone that the detector is built on']],
    ['its name', mark('  backbone r'), ['**backbone resnet50** · input 3×800×1280', 'best next']],
    ['what a search starts from', mark('start d'), ['**detector d** · input 3×800×1280, 80 classes']],
    ['a search', mark('search'), ['start | d', 'within | phone']],
    ['the end of a line, where its hint stands', FILE.replace('// a comment', '// a comment‸'), ['**fpn** ·']],
    [
      'a part that cannot be read',
      mark('neck f', FILE.replace('out: 256)', 'out: wide)')),
      ['**fpn** · feature pyramid', '| argument |'],
    ],
    ['a neck without arguments', mark('neck n', FILE.replace(/fpn\(.*\)/, 'none')), ['**none** · no neck']],
  ])('%s', (_, marked, parts) => {
    for (const part of parts) expect(shown(marked)).toContain(part);
  });

  test.each([
    ['detector d', 'thop](#thop)'],
    ['  neck', 'Glossary: [neck](#neck).'],
    ['neck f', 'Glossary: [FPN](#fpn).'],
  ])('%s leads to the glossary', (words, link) => {
    expect(shown(mark(words), true)).toContain(link);
    expect(shown(mark(words))).not.toContain('](');
  });
});

/** What stands behind each line of the detectors, with the word that the line begins with. */
function behind(snapshot: Snapshot): string[] {
  const lines = snapshot.document.getText().split('\n');
  const first = lines.findIndex((line) => line.startsWith('detector'));
  return lineHints(snapshot, DEFAULT_OPTIONS).flatMap(({ line, cells }) =>
    line < first
      ? []
      : `${lines[line]?.trim().split(' ')[0]}: ${cells.map(({ value, unit }) => `${value} ${unit}`.trim()).join(' · ')}`,
  );
}

const GOOD = [
  'detector: 155 G mmcv · 16.9 M params',
  'backbone: 20 % · 31.1 G mmcv',
  'neck: 10 % · 16.3 G mmcv',
  'head: 70 % · 108 G mmcv',
];

describe('hints', () => {
  test('say the whole on the first line, and behind each part what it has of it', () => {
    expect(behind(snapshotOf(FILE))).toEqual(GOOD);
  });

  test('of a detector on one line are the whole alone, and inlay hints stand behind each part', () => {
    const one = snapshotOf(FILE.replace(LINES, LINES.replace('   // a comment', '').replaceAll('\n ', '')));
    expect(behind(one)).toEqual(GOOD.slice(0, 1));
    const whole = { start: { line: 8, character: 0 }, end: { line: 99, character: 0 } };
    expect(inlayHints(one, whole, DEFAULT_OPTIONS).map(({ label }) => label)).toEqual([
      ...['155 G mmcv · 16.9 M params', '20 % · 31.1 G mmcv', '10 % · 16.3 G mmcv', '70 % · 108 G mmcv'],
    ]);
  });

  test('an inlay hint stands behind the comment of its line', () => {
    const snapshot = snapshotOf(FILE);
    const line = FILE.split('\n').findIndex((text) => text.includes('a comment'));
    const range = { start: { line, character: 0 }, end: { line, character: 99 } };
    expect(inlayHints(snapshot, range, DEFAULT_OPTIONS)).toMatchObject([
      { label: '10 % · 16.3 G mmcv', position: { line, character: FILE.split('\n')[line]?.length } },
    ]);
  });

  test.each<[string, string, string, string[]]>([
    ['a value', 'out: 256)', 'out: )', GOOD],
    ['a kind', 'head gfl(width: 256)', 'head ', GOOD.slice(0, 3)],
    ['a brace', '}\nbudget', '\nbudget', GOOD],
  ])('stay while %s is missing', (_, good, broken, expected) => {
    const typed = FILE.replace(good, broken);
    const now = takeSnapshot(TextDocument.create('file:///design.mae', 'mae', 2, typed), snapshotOf(FILE));
    expect(behind(now)).toEqual(expected);
  });
});

describe('lenses', () => {
  const over = (text: string): (string | undefined)[] => {
    const snapshot = snapshotOf(text);
    const line = text.split('\n').findIndex((words) => words.startsWith('detector'));
    const lenses = codeLenses(snapshot, DEFAULT_OPTIONS, { runSearch: 'run' });
    return lenses
      .filter(({ range }) => range.start.line === line)
      .map(({ command }) =>
        [command?.title, ...(command?.arguments ?? []).map((a) => `${a.kind} ${a.id}`)].join(' → '),
      );
  };
  const numbers = '16.95 M params · backbone 20 %';

  test.each<[string, string, string[]]>([
    [
      'a search that starts from it',
      FILE,
      ['Run search → search 0', `155.4 G mmcv, 82 % of phone · ${numbers} · 80 classes · at 800×1280`],
    ],
    [
      'a budget of its own',
      RESNET + LINES.replace('classes 80', 'within phone') + BUDGET,
      ['Run search → detector d', `155.4 G mmcv, 82 % of phone · ${numbers} · 80 classes · at 800×1280`],
    ],
    ['neither', RESNET + LINES, [`154.9 G macs · ${numbers} · 80 classes · at 800×1280`]],
    ['no numbers', RESNET + LINES.replace('C3..C5', 'C3..C9'), ['No numbers yet: see the problems list']],
  ])('with %s', (_, text, expected) => expect(over(text)).toEqual(expected));
});

describe('a detector beyond its budget', () => {
  const TIGHT =
    RESNET.replace('out: 64,', 'out: 32,') +
    LINES.replace('classes 80', 'within phone') +
    'budget phone { mmcv <= 150G }\n';

  test('is told of on the part that costs most', () => {
    const [problem, ...others] = snapshotOf(TIGHT).problems;
    expect(others).toEqual([]);
    expect(problem?.code).toBe('budget-exceeded');
    expect(problem && TIGHT.slice(problem.span.start, problem.span.end)).toBe('head gfl(width: 256)');
    expect(problem?.message).toMatch(
      /^d exceeds budget phone by .* at most 150 G mmcv\. Most of it is the gfl: 108\.1 G mmcv\.$/,
    );
  });

  test('is brought back within it by changing its backbone alone', () => {
    const marked = TIGHT.replace('head gfl', 'head‸ gfl');
    const shrink = actionsIn(marked).find(({ action }) => action.title.startsWith('Shrink'));
    expect(shrink?.action.title).toMatch(
      /^Shrink resnet50 so that d holds phone: −[\d.]+ score, [\d.]+ G mmcv \(\d+ numbers change\)$/,
    );
    const after = snapshotOf(shrink?.text ?? '');
    expect(after.problems).toEqual([]);
    const costs = after.detectors[0]?.analysis?.costs;
    expect(costs && costOf(costs, 'mmcv')).toBeLessThanOrEqual(150e9);
    expect(shrink?.text.slice(shrink.text.indexOf('detector'))).toBe(TIGHT.slice(TIGHT.indexOf('detector')));
  });

  test('that no backbone can hold has no such fix', () => {
    const marked = TIGHT.replace('150G', '100G').replace('head gfl', 'head‸ gfl');
    expect(actionsIn(marked).filter(({ action }) => action.title.startsWith('Shrink'))).toEqual([]);
  });
});

describe('the best change of a backbone in a detector', () => {
  const ROOMY =
    RESNET.replace('out: 64,', 'out: 32,') +
    LINES.replace('classes 80', 'within phone') +
    'budget phone { mmcv <= 160G }\n';

  test('holds the budget of the whole', () => {
    const marked = ROOMY.replace('stage C4', 'stage‸ C4');
    const best = actionsIn(marked).find(({ action }) => action.title.startsWith('Best single change so that'));
    expect(best?.action.title).toMatch(
      /^Best single change so that d holds phone: \w+ .*: \+[\d.]+ score, [+−][\d.]+ \w mmcv$/,
    );
    const costs = snapshotOf(best?.text ?? '').detectors[0]?.analysis?.costs;
    expect(costs && costOf(costs, 'mmcv')).toBeLessThanOrEqual(160e9);
  });

  test('is not looked for without a budget, or beyond it', () => {
    for (const text of [ROOMY.replace('within phone', ''), ROOMY.replace('160G', '150G')]) {
      const marked = text.replace('stage C4', 'stage‸ C4');
      expect(actionsIn(marked).filter(({ action }) => action.title.includes('so that d holds'))).toEqual([]);
    }
  });
});

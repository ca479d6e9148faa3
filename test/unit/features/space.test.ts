// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of snippets look like this
import { describe, expect, test } from 'vitest';
import { codeActions } from '../../../server/src/features/code-actions.ts';
import { completion } from '../../../server/src/features/completion.ts';
import { foldingRanges } from '../../../server/src/features/folding.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { definition, foreignSpace, references } from '../../../server/src/features/references.ts';
import { rename } from '../../../server/src/features/rename.ts';
import { documentSymbols } from '../../../server/src/features/symbols.ts';
import { at, CURSOR, marked } from './cursor.ts';
import { mended } from './fixes.ts';
import { GRAPH } from './sample.ts';

const NET = `backbone net {
  input 3 x 64 x 64
  stem     conv(out: 32, k: 3, s: 2)
  stage C2 bottleneck(out: 128, btn: 16, k: 3, s: 2) x 1
  stage C3 bottleneck(out: 256, btn: 16, k: 3, s: 2) x 1
}
budget small { macs <= 1G }
space mine {
  like tinynas
  out  16..1024 step 16
  keep stem, C2.out
  C3   { out ..512 }
}
search { start net  within small  space mine }
`;

function labels(text: string): string[] {
  const { snapshot, position } = at(text);
  return completion(snapshot, position, DEFAULT_OPTIONS, { snippets: true }).map((item) => item.label);
}
const inSpace = (lines: string): string =>
  `${NET.replace(/space mine \{[\s\S]*\n\}\n/, '')}space other {\n  ${lines}\n}\n`;

describe('completion in a space', () => {
  test.each<[string, string, string[], string[]]>([
    ['an empty space', CURSOR, ['like', 'out', 'k', 'keep', 'growth', 'stem', 'C2', 'C3'], ['step']],
    ['behind a line', `out ..64\n  ${CURSOR}`, ['btn', 'keep', 'C2'], ['out']],
    ['behind a range', `out 16..64 ${CURSOR}`, ['step'], []],
    ['behind step', `out 16..64 step ${CURSOR}`, ['16', '32'], ['out']],
    ['of a name', `like ${CURSOR}`, ['sound', 'tinynas', 'paper', 'other'], ['out']],
    ['of a range', `out ${CURSOR}`, ['16..1024 step 16'], ['btn']],
    ['of kernels', `k 3, ${CURSOR}`, ['5', '7', 'own'], ['out']],
    ['of blocks', `blocks ${CURSOR}`, ['bottleneck', 'basic', 'k1kx', 'inverted', 'own'], ['conv', 'maxpool']],
    ['of a flag', `monotone ${CURSOR}`, ['yes', 'no'], []],
    ['of what is kept', `keep stem, C${CURSOR}`, ['stem', 'C2', 'C3.out', 'C3.depth'], ['out']],
    ['of what is kept of it', `keep C3.o${CURSOR}`, ['C3.out'], []],
    ['the limits of a stage', `C3 { ${CURSOR} }`, ['out', 'btn', 'k', 'depth', 'blocks'], ['like', 'growth', 'C2']],
    ['behind its limits', `C3 { out ..64 ${CURSOR} }`, ['step', 'depth'], ['like']],
  ])('%s', (_, lines, offered, hidden) => {
    const found = labels(inSpace(lines));
    expect(found).toEqual(expect.arrayContaining(offered));
    for (const label of hidden) expect(found).not.toContain(label);
  });

  test('a search names the spaces of the file first', () =>
    expect(labels(NET.replace('space mine }', `space ${CURSOR} }`))).toEqual(['mine', 'sound', 'tinynas', 'paper']));

  test('a file may begin one', () => expect(labels(`${NET}${CURSOR}`)).toContain('space'));

  test('a blank behind a whole line is no question', () => {
    const { snapshot, position } = at(inSpace(`out 16..64 ${CURSOR}`));
    expect(completion(snapshot, position, DEFAULT_OPTIONS, { snippets: true, trigger: ' ' })).toEqual([]);
  });
});

const hovered = (text: string): string => {
  const { snapshot, position } = at(text);
  const contents = hover(snapshot, position)?.contents;
  const value = contents !== undefined && typeof contents === 'object' && 'value' in contents ? contents.value : '';
  return value.replaceAll('\u00a0', ' ');
};

describe('hover in a space', () => {
  test.each([
    ['its word', 'space ‸mine {', '| out | `16..1024 step 16` |'],
    ['a word', 'space ‸mine }', '| out | `16..1024 step 16` |'],
    ['a preset', 'like tiny‸nas', '| stem | `{ out ..32 }` |'],
    ['a line', 'ou‸t  16', 'out = n · step'],
    ['a value', 'out  1‸6..', 'least ≤ out ≤ most'],
    ['step', 'st‸ep 16', 'multiples of it, counted from 0'],
    ['what is kept', 'keep st‸em', 'What stays as it is written'],
    ['a stage', 'C‸3   {', 'Limits of this place alone'],
  ])('%s says what it is', (_, place, text) => {
    const plain = place.replace(CURSOR, '');
    expect(NET).toContain(plain);
    expect(hovered(NET.replace(plain, place))).toContain(text);
  });
});

describe('names of spaces and in them', () => {
  test.each([
    ['a space', 'space ‸mine }', 'space «mine» {'],
    ['what is kept', 'keep ‸stem', '  «stem»     conv'],
    ['a stage with limits', '‸C3   {', 'stage «C3» bottleneck'],
  ])('definition of %s', (_, place, found) => {
    const { snapshot, position } = at(NET.replace(place.replace(CURSOR, ''), place));
    const location = definition(snapshot, position);
    expect(location).toBeDefined();
    expect(marked(snapshot, location === undefined ? [] : [location.range])).toContain(found);
  });

  test('a preset is declared elsewhere', () => {
    const { snapshot, position } = at(NET.replace('like tinynas', 'like tiny‸nas'));
    expect(definition(snapshot, position)).toBeUndefined();
    expect(foreignSpace(snapshot, position)).toBe('tinynas');
    const own = at(NET.replace('space mine }', 'space m‸ine }'));
    expect(foreignSpace(own.snapshot, own.position)).toBeUndefined();
  });

  test('references of a stage are its limits and what is kept of it', () => {
    const { snapshot, position } = at(NET.replace('stage C2', 'stage ‸C2'));
    const ranges = references(snapshot, position, false).map(({ range }) => range);
    expect(marked(snapshot, ranges)).toContain('keep stem, «C2».out');
  });

  test.each([
    ['a space from a search', NET, 'space ‸mine }', 'wide', ['space wide {', 'space wide }']],
    [
      'a node from the space',
      `${GRAPH}\nbudget b { macs <= 1G }\nspace mine { keep a  b { out ..512 } }\nsearch { start two_ways space mine }`,
      'keep ‸a',
      'first',
      ['node first', 'from first', 'keep first'],
    ],
    [
      'a node from its line',
      `${GRAPH}\nbudget b { macs <= 1G }\nspace mine { keep a  b { out ..512 } }\nsearch { start two_ways space mine }`,
      'node ‸b',
      'second',
      ['node second', 'keep a  second {'],
    ],
  ])('%s is renamed everywhere', (_, text, place, to, found) => {
    const { snapshot, position } = at(text.replace(place.replace(CURSOR, ''), place));
    const result = rename(snapshot, position, to);
    const [change] = (result.ok && result.edit.documentChanges) || [];
    const edits = change !== undefined && 'edits' in change ? change.edits : [];
    const { document } = snapshot;
    const renamed = [...edits]
      .sort((a, b) => document.offsetAt(b.range.start) - document.offsetAt(a.range.start))
      .reduce(
        (all, { range, ...edit }) =>
          all.slice(0, document.offsetAt(range.start)) +
          ('newText' in edit ? edit.newText : '') +
          all.slice(document.offsetAt(range.end)),
        document.getText(),
      );
    for (const part of found) expect(renamed).toContain(part);
  });
});

test('the outline has a space with its lines', () => {
  const { snapshot } = at(`${NET}${CURSOR}`);
  const space = documentSymbols(snapshot).find(({ name }) => name === 'mine');
  expect(space?.detail).toBe('space');
  expect(space?.children?.map(({ name, detail = '' }) => `${name} ${detail}`.trim())).toEqual([
    'like tinynas',
    'out 16..1024 step 16',
    'keep stem, C2.out',
    'C3',
  ]);
});

test('a space folds, and so do limits of several lines', () => {
  const { snapshot } = at(`space mine {\n  C3 {\n    out ..64\n    btn ..8\n  }\n}\n${CURSOR}`);
  expect(foldingRanges(snapshot).map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
    [0, 4],
    [1, 3],
  ]);
});

describe('what the editor changes of a backbone that is searched in a space', () => {
  const TEXT = NET.replace('keep stem, C2.out', 'keep stem, C2.out, C3.depth')
    .replace('like tinynas', 'like paper')
    .replace('out: 256, btn: 16', 'out: 256, btn: 32');
  const titles = (text: string): string[] => {
    const { snapshot, position } = at(text);
    const actions = codeActions(snapshot, { start: position, end: position }, { diagnostics: [] }, DEFAULT_OPTIONS);
    return actions.map(({ title }) => title);
  };
  const onLine = (line: string, text = TEXT): string[] => titles(text.replace(line, `${line}${CURSOR}`));

  test('stays on its grid and within its limits, and leaves what is kept', () => {
    const c3 = onLine('stage C3').join('\n');
    expect(c3).toMatch(/Widen C3 output 256 → 320:/);
    expect(c3).not.toMatch(/Deepen C3/);
    const c2 = onLine('stage C2').join('\n');
    expect(c2).not.toMatch(/C2 output/);
    expect(c2).toMatch(/Deepen C2 1 → 2 blocks/);
    expect(onLine('stem     conv').filter((title) => /stem|C1/.test(title))).toEqual([]);
  });

  test('says so where several searches start from it', () => {
    const two = `${TEXT}search other { start net  within small }\n`;
    expect(onLine('stage C3', two).find((title) => title.startsWith('Widen C3 output'))).toMatch(/ \(in space mine\)$/);
    expect(onLine('stage C3').find((title) => title.startsWith('Widen C3 output'))).not.toMatch(/in space/);
  });

  test('completion proposes what the space allows', () => {
    const typed = TEXT.replace('stage C3 bottleneck(out: 256,', `stage C3 bottleneck(out: ${CURSOR},`);
    for (const label of labels(typed).map(Number)) {
      expect(label % 16).toBe(0);
      expect(label).toBeLessThanOrEqual(512);
    }
  });
});

describe('the fix of a line that is kept outside its limits', () => {
  test.each([
    ['keep C2', ''],
    ['keep stem, C2', '  keep stem\n'],
    ['keep C2, stem', '  keep stem\n'],
    ['keep stem, C2.out, C3', '  keep stem, C3\n'],
    ['keep C2, C2.out', ''],
  ])('%s', (written, left) => {
    const text = NET.replace(
      '  like tinynas\n  out  16..1024 step 16\n  keep stem, C2.out\n',
      `  out ..64\n  ${written}\n`,
    );
    expect(mended(text.replace('C3   { out ..512 }', 'C3 { out ..512 }'))).toContain(
      `  out ..64\n${left}  C3 { out ..512 }\n`,
    );
  });
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of snippets look like this
import { describe, expect, test } from 'vitest';
import { completion } from '../../../server/src/features/completion.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { resolveRunnable } from '../../../server/src/features/search-targets.ts';
import { semanticTokens, TOKEN_TYPES } from '../../../server/src/features/semantic-tokens.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { documentSymbols } from '../../../server/src/features/symbols.ts';
import { RESNET } from '../language/detector-texts.ts';
import { at } from './cursor.ts';

const FILE = `${RESNET}detector d { neck fpn()  head gfl(convs: 1) }
budget phone { macs <= 900G }
`;

describe('completion of what a search varies', () => {
  const offered = (body: string): string[] => {
    const { snapshot, position } = at(`${FILE}search { ${body} }\n`);
    return completion(snapshot, position, DEFAULT_OPTIONS, { snippets: true }).map(({ label }) => label);
  };
  test.each<[string, string[]]>([
    ['start d vary ‸', ['neck.out', 'neck.levels', 'gfl.width', 'gfl.regmax']],
    ['start d vary neck.‸', ['neck.out', 'neck.levels', 'gfl.width', 'gfl.regmax']],
    ['start d vary neck.o‸', ['neck.out', 'neck.levels', 'gfl.width', 'gfl.regmax']],
    ['start d vary neck.out, ‸', ['neck.levels', 'gfl.width', 'gfl.regmax']],
    ['start d vary fpn.out,\n  gfl.width, ‸', ['neck.levels', 'gfl.regmax']],
    ['start resnet50 vary ‸', []],
  ])('%s', (body, expected) => expect(offered(body)).toEqual(expected));

  test('is the word itself only where there is something to vary, once, and never behind what is named', () => {
    expect(offered('start d\n  ‸')).toContain('vary');
    expect(offered('start resnet50\n  ‸')).not.toContain('vary');
    expect(offered('start d\n  vary neck.out\n  ‸')).not.toContain('vary');
    expect(offered('start d\n  vary neck.out\n  ‸')).toContain('seed');
    expect(offered('start d\n  vary neck.out\n  objective ‸')).toContain('zen');
  });

  test('takes the place of what is typed of it and says which values are tried', () => {
    const { snapshot, position } = at(`${FILE}search { start d vary neck.o‸ }\n`);
    const [first] = completion(snapshot, position, DEFAULT_OPTIONS, { snippets: true });
    expect(first).toMatchObject({ detail: '256, 192, 128, 64', textEdit: { newText: 'neck.out' } });
    const range = first?.textEdit !== undefined && 'range' in first.textEdit ? first.textEdit.range : undefined;
    expect(range && snapshot.document.getText(range)).toBe('neck.o');
  });
});

describe('hover', () => {
  const shown = (body: string): string => {
    const { snapshot, position } = at(`${FILE}search { ${body} }\n`);
    const contents = hover(snapshot, position)?.contents;
    return typeof contents === 'object' && 'value' in contents ? contents.value : '';
  };
  test.each([
    [
      'start d va‸ry neck.out, gfl.width',
      ['`mae search` prints a table', 'Here 16 combinations', 'nothing of what a lighter'],
    ],
    ['start d vary ne‸ck.out', ['**fpn**', 'macs']],
    ['start d vary gf‸l.width', ['**gfl**']],
    ['start d vary gfl.wi‸dth', ['**width** · Channels of the towers', 'Tried: 256, 192, 128, 64.']],
    ['start resnet50 va‸ry neck.out', ['`mae search` prints a table']],
    ['start d vary box.wi‸dth', ['']],
  ])('%s', (body, expected) => {
    for (const piece of expected) expect(shown(body)).toContain(piece);
  });

  test('of the search says it with its other settings', () =>
    expect(shown('start d vary neck.out, gfl.width }\nsea‸rch { start d vary fpn.out')).toMatch(
      /\| vary \| fpn\.out \|/,
    ));
});

test('colours are those of words, parts and arguments', () => {
  const snapshot = snapshotOf(`${FILE}search { start d vary neck.out, gfl.convs }\n`);
  const { data } = semanticTokens(snapshot);
  const types = data.flatMap((value, i) => (i % 5 === 3 ? [TOKEN_TYPES[value]] : []));
  expect(types.slice(-7)).toEqual(['keyword', 'type', 'keyword', 'keyword', 'parameter', 'function', 'parameter']);
});

test('the outline has it as a setting', () => {
  const snapshot = snapshotOf(`${FILE}search s { start d vary neck.out, gfl.width }\n`);
  const children = documentSymbols(snapshot).find(({ name }) => name === 's')?.children;
  expect(children?.map(({ name, detail }) => [name, detail])).toContainEqual(['vary', 'neck.out, gfl.width']);
});

describe('the search that is run', () => {
  const resolved = (body: string) =>
    resolveRunnable(snapshotOf(`${FILE}search { within phone ${body} }\n`), { kind: 'search', id: '0' });
  test('knows what it varies', () => {
    const found = resolved('start d vary neck.out, gfl.width');
    expect(found.ok && found.search.vary.map(({ name, kind }) => [name, kind])).toEqual([
      ['neck.out', 'fpn'],
      ['gfl.width', 'gfl'],
    ]);
  });
  test.each([
    'start d vary neck.width',
    'start d vary box.rois',
    'start d vary neck.out, neck.out',
    'start resnet50 vary neck.out',
  ])('is none where that is wrong: %s', (body) => {
    const found = resolved(body);
    expect(!found.ok && found.message).toMatch(/^The search varies what cannot be varied: /);
    expect(!found.ok && found.cause?.severity).toBe('error');
  });
  test.each(['start d vary neck.', 'start d vary'])('or not finished: %s', (body) =>
    expect(resolved(body)).toMatchObject({ ok: false }),
  );
});

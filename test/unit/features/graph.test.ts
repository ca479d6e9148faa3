import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type CompletionItem, SymbolKind } from 'vscode-languageserver-types';
import { completion } from '../../../server/src/features/completion.ts';
import { foldingRanges } from '../../../server/src/features/folding.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { definition, documentHighlights, references } from '../../../server/src/features/references.ts';
import { prepareRename, rename } from '../../../server/src/features/rename.ts';
import { selectionRanges } from '../../../server/src/features/selection-ranges.ts';
import { semanticTokens, TOKEN_TYPES } from '../../../server/src/features/semantic-tokens.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { documentSymbols } from '../../../server/src/features/symbols.ts';
import { at, marked } from './cursor.ts';
import { GRAPH } from './sample.ts';

const cursorIn = (words: string, cursor: string): string => {
  expect(GRAPH).toContain(words);
  return GRAPH.replace(words, cursor);
};

describe('names of a graph', () => {
  test.each<[string, string, string, string[]]>([
    ['a node', 'node b', 'node b‸', ['node «b» b', 'a, «b» ', '(«b», c)']],
    ['what a node reads', 'a, b', 'a, ‸b', ['node «b» b', 'a, «b» ', '(«b», c)']],
    ['the node of an output', 'C3: c', 'C3: ‸c', ['node «c»', 'b, «c»)', 'C3: «c»']],
    ['the stem', 'from stem', 'from ‸stem', ['«stem»   conv', 'from «stem»']],
    ['a weight', 'C4: 6', '‸C4: 6', ['«C4»: d', '«C4»: 6']],
  ])('%s', (_, words, cursor, expected) => {
    const { snapshot, position } = at(cursorIn(words, cursor));
    const found = references(snapshot, position, true);
    const text = marked(
      snapshot,
      found.map((l) => l.range),
    );
    for (const part of expected) expect(text).toContain(part);
    expect(found).toHaveLength(expected.length);
    expect(documentHighlights(snapshot, position)).toHaveLength(expected.length);
    const place = definition(snapshot, position);
    expect(place?.range).toEqual(documentHighlights(snapshot, position)[0]?.range);
  });

  function renamed(words: string, cursor: string, to: string): string {
    const { snapshot, position } = at(cursorIn(words, cursor));
    const result = rename(snapshot, position, to);
    if (!result.ok) return result.message;
    const changes = result.edit.documentChanges?.flatMap((c) => ('edits' in c ? c.edits : [])) ?? [];
    return TextDocument.applyEdits(
      snapshot.document,
      changes.filter((e) => 'newText' in e),
    );
  }

  test('are renamed with every use', () => {
    expect(renamed('a, b', 'a, ‸b', 'deep')).toBe(
      GRAPH.replace('node b', 'node deep').replace('a, b ', 'a, deep ').replace('(b, c)', '(deep, c)'),
    );
    expect(renamed('C4: 6', '‸C4: 6', 'P4')).toBe(GRAPH.replaceAll('C4', 'P4'));
    expect(renamed('C3: c', 'C3: ‸c', 'output')).toContain('node output basic');
  });

  test.each([
    ['a', "There is a node 'a' already: choose another name."],
    ['from', "No node is called 'from', which is a word of its line."],
    ['stage', "'stage' is a word of the language and cannot be a name."],
    ['3b', "'3b' cannot be a name: use a letter or _, then letters, digits, _ and inner hyphens, such as r50_start."],
  ])('a node is not called %s', (to, message) => expect(renamed('node b', 'node b‸', to)).toBe(message));

  test('an output has one name, and the stem keeps its own', () => {
    expect(renamed('C4: d', '‸C4: d', 'C3')).toBe("There is an output 'C3' already: choose another name.");
    const { snapshot, position } = at(cursorIn('from stem', 'from ‸stem'));
    expect(prepareRename(snapshot, position)).toBeUndefined();
  });

  test('of two graphs are apart', () => {
    const text = `${GRAPH}\n${GRAPH.replace('two_ways', 'other')}`;
    const { snapshot, position } = at(text.replace('node b', 'node ‸b'));
    expect(references(snapshot, position, true)).toHaveLength(3);
  });
});

describe('completion in a graph', () => {
  const items = (line: string): CompletionItem[] => {
    const { snapshot, position } = at(GRAPH.replace('  output', `  ${line}\n  output`));
    return completion(snapshot, position, DEFAULT_OPTIONS, { snippets: true });
  };
  const E = 'node e conv(out: 8, k: 3, s: 1)';

  test.each<[string, string, string[]]>([
    ['a line', '‸', ['node']],
    ['behind a group', `${E} ‸`, ['x', 'from', 'at', 'node']],
    ['behind a depth', `${E} x 2 ‸`, ['from', 'at', 'node']],
    ['behind from: the nodes, nearest first', `${E} from ‸`, ['d', 'c', 'b', 'a', 'stem', 'concat']],
    ['behind a comma', `${E} from a, ‸`, ['d', 'c', 'b', 'a', 'stem']],
    ['where it is resampled', `${E} at /8 from a, ‸`, ['d', 'c', 'b', 'a', 'stem', 'as']],
    ['behind as', `${E} at /8 from a, as ‸`, ['d', 'c', 'b', 'a', 'stem']],
    ['in a concatenation', `${E} from concat(a, ‸`, ['d', 'c', 'b', 'a', 'stem']],
    ['behind at', `${E} at ‸`, ['/4', '/8', '/16', '/32', '/64', '/128', 'd', 'c', 'b', 'a', 'stem']],
    [
      'behind at, before from',
      `${E} at ‸ from a`,
      ['/4', '/8', '/16', '/32', '/64', '/128', 'd', 'c', 'b', 'a', 'stem'],
    ],
    ['behind a share', `${E} at /8 ‸`, ['from', 'node']],
    ['behind what is read', `${E} from a ‸`, ['node']],
    ['where a name is made', 'node ‸', []],
    ['blocks', 'node e ‸', ['conv', 'bottleneck', 'basic', 'k1kx', 'inverted', 'maxpool', 'shuffle', 'xception']],
    ['arguments', 'node e maxpool(k: 3, ‸', ['s']],
  ])('%s', (_, line, expected) => expect(items(line).map((item) => item.label)).toEqual(expected));

  test('a node comes with a free name, and reads the one above', () => {
    expect(items('‸')[0]?.textEdit?.newText).toMatch(/^node e conv\(out: \$\{1:256\}.* from \$\{5:d\}$/);
  });

  test.each<[string, string, string, string[]]>([
    ['the node of an output', 'C4: d', 'C4: ‸', ['d', 'c', 'b', 'a', 'stem']],
    ['the name of an output', 'C4: d', '‸', ['C4']],
    ['the weights of outputs', 'C3: 1, C4: 6', '‸', ['C3', 'C4']],
    ['the weights that are left', 'C3: 1, C4: 6', 'C3: 1, ‸', ['C4']],
  ])('%s', (_, words, cursor, expected) => {
    const { snapshot, position } = at(cursorIn(words, cursor));
    const found = completion(snapshot, position, DEFAULT_OPTIONS, { snippets: true });
    expect(found.map((item) => item.label)).toEqual(expected);
  });
});

describe('views of a graph', () => {
  const snapshot = snapshotOf(GRAPH);

  test('the outline', () => {
    const [backbone] = documentSymbols(snapshot);
    expect(backbone?.children?.map(({ name, kind, detail }) => [name, kind, detail])).toEqual([
      ['stem', SymbolKind.Struct, 'conv 64'],
      ['a', SymbolKind.Struct, 'bottleneck 256 × 1'],
      ['b', SymbolKind.Struct, 'bottleneck 512 × 1'],
      ['c', SymbolKind.Struct, 'basic 256 × 1'],
      ['d', SymbolKind.Struct, 'conv 128'],
      ['C3', SymbolKind.EnumMember, 'output of c'],
      ['C4', SymbolKind.EnumMember, 'output of d'],
    ]);
  });

  test('a node of several lines folds', () => {
    const text = GRAPH.replace('btn: 128, ', 'btn: 128,\n    ');
    expect(foldingRanges(snapshotOf(text))).toContainEqual({ startLine: 5, endLine: 6 });
  });

  test('selections grow from a name to what is read, its line and the body', () => {
    const { snapshot: selected, position } = at(cursorIn('a, b ', 'a, ‸b '));
    const texts: string[] = [];
    for (let s = selectionRanges(selected, [position])[0]; s !== undefined; s = s.parent)
      texts.push(selected.document.getText(s.range).split('\n')[0] ?? '');
    expect(texts.slice(0, 3)).toEqual(['b', 'from a, b', expect.stringMatching(/^node c .*from a, b$/)]);
  });

  test('colours: words, names and shares', () => {
    const { data } = semanticTokens(snapshot);
    const tokens: [string, string][] = [];
    let [line, character] = [0, 0];
    for (let i = 0; i < data.length; i += 5) {
      const [lines = 0, columns = 0, length = 0, type = 0] = data.slice(i, i + 4);
      character = lines > 0 ? columns : character + columns;
      line += lines;
      const text = snapshot.document.getText({
        start: { line, character },
        end: { line, character: character + length },
      });
      if (line === 6 || line === 7) tokens.push([text, TOKEN_TYPES[type] ?? '']);
    }
    const of = (text: string) => tokens.find(([word]) => word === text)?.[1];
    expect([of('node'), of('at'), of('from'), of('concat')]).toEqual(['keyword', 'keyword', 'keyword', 'keyword']);
    expect([of('c'), of('a'), of('b'), of('/8')]).toEqual(['enumMember', 'enumMember', 'enumMember', 'number']);
  });

  test.each<[string, string, string]>([
    ['node b', 'n‸ode b', 'node'],
    ['from a, b', 'fr‸om a, b', 'from'],
    ['at /8', 'a‸t /8', 'at'],
    ['concat(', 'con‸cat(', 'concat'],
    ['output', 'out‸put', 'output'],
  ])('hover of %s', (words, cursor, title) => {
    const { snapshot: hovered, position } = at(cursorIn(words, cursor));
    expect(hover(hovered, position)).toMatchObject({ contents: { value: expect.stringMatching(/\S/) } });
    if (title !== 'node') expect(JSON.stringify(hover(hovered, position))).toContain(`**${title}** · `);
  });

  test('hover of a name is about its node', () => {
    const { snapshot: hovered, position } = at(cursorIn('a, b ', '‸a, b '));
    expect(JSON.stringify(hover(hovered, position))).toContain('bottleneck');
  });
});

test('nothing that is asked about a broken graph throws', () => {
  const cuts = fc.tuple(
    fc.nat(GRAPH.length),
    fc.nat(60),
    fc.constantFrom('', 'from ', 'at ', 'node ', ',', 'output ', '(', '/8'),
  );
  fc.assert(
    fc.property(cuts, ([start, length, insert]) => {
      const { snapshot, position } = at(`${GRAPH.slice(0, start)}${insert}‸${GRAPH.slice(start + length)}`);
      completion(snapshot, position, DEFAULT_OPTIONS, { snippets: true });
      hover(snapshot, position);
      references(snapshot, position, true);
      rename(snapshot, position, 'other');
      documentSymbols(snapshot);
      semanticTokens(snapshot);
    }),
    { numRuns: 300 },
  );
});

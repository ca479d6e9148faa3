import { describe, expect, test } from 'vitest';
import { CodeActionTriggerKind, type Diagnostic } from 'vscode-languageserver-types';
import { diagnostics } from '../../../server/src/features/diagnostics.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { actionsIn } from './acted.ts';
import { SAMPLE } from './sample.ts';

const STEM = 'backbone n {\n  input 3 x 64 x 64\n  stem conv(out: 16, k: 3, s: 2)\n';
const titles = (marked: string): string[] => actionsIn(marked).map(({ action }) => action.title);
const preferred = (marked: string): string[] =>
  actionsIn(marked).flatMap(({ action }) => (action.isPreferred === true ? [action.title] : []));

describe('a fix belongs to its problem', () => {
  const broken = `${STEM}  stage C2 ba‸sik(out: 16, btn: 8, k: 3, s: 2)\n}\n`;
  const title = 'Change basik to basic';
  /** The diagnostics of the text that a fix says it mends, when an editor sends some of them along. */
  const mended = (change: (own: Diagnostic) => Diagnostic): readonly Diagnostic[] | undefined => {
    const found = actionsIn(broken, (snapshot) => ({ diagnostics: diagnostics(snapshot).map(change) }));
    return found.find(({ action }) => action.title === title)?.action.diagnostics;
  };

  test('it names the diagnostic that it mends, and that one only', () => {
    const own = diagnostics(snapshotOf(broken.replace('‸', '')));
    expect(mended((d) => d)).toEqual(own.filter((d) => d.code === 'unknown-block'));
  });

  test.each<[string, (own: Diagnostic) => Diagnostic]>([
    ['of another tool', (d) => ({ ...d, source: 'other' })],
    ['with another code', (d) => ({ ...d, code: 'other' })],
    ['on another line', (d) => ({ ...d, range: { ...d.range, start: { ...d.range.start, line: 0 } } })],
    [
      'at another place of the line',
      (d) => ({ ...d, range: { ...d.range, start: { ...d.range.start, character: 0 } } }),
    ],
  ])('a diagnostic %s is none of its own, and the fix is offered all the same', (_, change) => {
    expect(titles(broken)).toContain(title);
    expect(mended(change)).toBeUndefined();
  });

  test('it is offered where its place is, at both ends of the word, and nowhere else', () => {
    const at = (place: string) => titles(broken.replace('‸', '').replace('basik', place)).includes(title);
    expect(['‸basik', 'basik‸', '‸basik‸'].map(at)).toEqual([true, true, true]);
    expect(titles(broken.replace('‸', '').replace('stem', '‸stem'))).not.toContain(title);
  });

  test('an editor that asks for another kind gets none', () => {
    const asked = (only: string) => actionsIn(broken, () => ({ only: [only] })).map(({ action }) => action.title);
    expect(asked('quickfix')).toContain(title);
    expect(asked('refactor')).toEqual([]);
  });
});

describe('one fix is preferred where there is one answer', () => {
  const budgets = '}\nbudget b { macs <= 1M }\nbudget c { macs <= 2M }\n';
  test.each([
    ['one word that was meant', `${STEM}  stage C2 ba‸sik(out: 16, btn: 8, k: 3, s: 2)\n}`, ['Change basik to basic']],
    ['numbers that are missing', `${STEM}  stage C2 bas‸ic(out: 16, k: 3)\n}`, ['Add btn: 32, s: 1']],
    ['two budgets to choose from', `${STEM}${budgets}sea‸rch { seed 1 }`, []],
    ['something to remove', `${STEM}  stage C2 conv(out: 16, k: 3, ‸k: 5, s: 2)\n}`, []],
  ])('%s', (_, marked, expected) => {
    expect(titles(marked).length).toBeGreaterThan(0);
    expect(preferred(marked)).toEqual(expected);
  });

  test('what a fix and an idea have in common is offered once, and a mend goes before an idea', () => {
    const tight = SAMPLE.replace('18.8G', '4G');
    const all = titles(tight.replace('backbone r50_start', 'backbone r50‸_start'));
    expect(all.filter((title) => title.startsWith('Shrink r50_start'))).toHaveLength(1);
    expect(new Set(all).size).toBe(all.length);
    const wide = titles(SAMPLE.replace('btn: 64,  k: 3, s: 2) x 1', 'btn: ‸264,  k: 3, s: 2) x 1'));
    expect(wide[0]).toBe('Change 264 to 256');
    expect(wide.length).toBeGreaterThan(5);
  });
});

describe('the moves of a group', () => {
  const line = '  stage C3 bottleneck(out: 512,  btn: 128, k: 3, s: 2) x 1';
  const moves = (marked: string): string[] =>
    titles(marked).filter((title) => /^(Widen|Narrow|Deepen|Shorten|Change) C\d/.test(title));
  const at = (place: string): string[] => moves(SAMPLE.replace(line, place));
  const own = at(line.replace('btn', 'btn‸'));

  test('say in words what they do, with the number before and after', () => {
    const kinds = own.map((title) => title.replace(/: [+−].*/, ''));
    expect(kinds).toEqual(
      expect.arrayContaining([
        'Deepen C3 1 → 2 blocks',
        'Widen C3 bottleneck 128 → 160',
        'Narrow C3 bottleneck 128 → 104',
        'Widen C3 output 512 → 640',
        'Narrow C3 output 512 → 408',
        'Change C3 kernel 3 → 5',
      ]),
    );
    const deep = moves(SAMPLE.replace('btn: 72,  k: 5', 'btn: ‸72,  k: 5')).map((title) =>
      title.replace(/: [+−].*/, ''),
    );
    expect(deep).toEqual(expect.arrayContaining(['Shorten C3 10 → 9 blocks', 'Change C3 kernel 5 → 3']));
  });

  test('are those of the line, wherever in it the cursor stands', () => {
    expect(own.length).toBeGreaterThan(4);
    expect(at(`‸${line}`)).toEqual(own);
    expect(at(`${line}   // a comment‸`)).toEqual(own);
    expect(at(`\n‸\n${line}`)).toEqual([]);
  });

  test('are those of every line of a selection, group by group', () => {
    const second = '  stage C4 bottleneck(out: 768,  btn: 256, k: 3, s: 2) x 1';
    const both = moves(SAMPLE.replace(line, `‸${line}`).replace(second, `${second}‸`));
    expect(both.filter((title) => / C3 /.test(title))).toEqual(own);
    expect(both.some((title) => / C4 group 1 /.test(title))).toBe(true);
    expect(both.some((title) => / C4 group 2 | C5 /.test(title))).toBe(false);
  });

  test('begin with what wins most for its cost', () => {
    const rates = own.flatMap((title) => {
      const [, score = '', cost = '', unit = ''] =
        /: ([+−][\d.]+) score, ([+−][\d.]+) ([kMG]?) ?tinynas/.exec(title) ?? [];
      const factor = { k: 1e3, M: 1e6, G: 1e9 }[unit] ?? 1;
      const [gain, paid] = [score, cost].map((text) => Number(text.replace('−', '-')));
      return gain !== undefined && paid !== undefined && gain > 0 && paid > 0 ? [gain / (paid * factor)] : [];
    });
    expect(rates.length).toBeGreaterThan(2);
    // The titles are rounded.
    for (const [i, rate] of rates.entries()) expect(rate).toBeLessThanOrEqual(1.02 * (rates[i - 1] ?? Infinity));
  });
});

describe('nothing is offered that the language would warn of', () => {
  const moves = (body: string): string[] => titles(`${STEM}${body}}`).map((title) => title.replace(/: [+−].*/, ''));

  test('a bottleneck as wide as its output, and a kernel as wide as the map allows', () => {
    const small =
      'backbone n { input 3 x 12 x 12 stem conv(out: 16, k: 3, s: 2) stage C2 bas‸ic(out: 16, btn: 16, k: 1, s: 2) }';
    const found = titles(small).map((title) => title.replace(/: [+−].*/, ''));
    expect(found).toContain('Deepen C2 1 → 2 blocks');
    expect(found.filter((title) => /Widen C2 bottleneck|Narrow C2 output|kernel/.test(title))).toEqual([]);
  });

  test('a stem wider than what reads it, through a max-pool too', () => {
    const stem = (out: number, between: string) =>
      titles(
        `backbone n { input 3 x 64 x 64 st‸em conv(out: 32, k: 3, s: 2) ${between} basic(out: ${out}, btn: 8, k: 3, s: 1) }`,
      ).map((title) => title.replace(/: [+−].*/, ''));
    const pool = 'stage C2 maxpool(k: 3, s: 2) +';
    for (const between of ['+', pool]) {
      expect(stem(64, between)).toContainEqual(expect.stringMatching(/^Widen C1( group 1)? output 32 → /));
      expect(stem(32, between)).toContainEqual(expect.stringMatching(/^Narrow C1( group 1)? output 32 → /));
      expect(stem(32, between)).not.toContainEqual(expect.stringMatching(/^Widen C1( group 1)? output/));
    }
  });

  test('what was warned of before is no reason to withhold a move', () => {
    const found = moves('  stage C2 bas‸ic(out: 8, btn: 8, k: 3, s: 2)\n');
    expect(found).toContainEqual('Deepen C2 1 → 2 blocks');
  });
});

describe('a design of more than 120 groups', () => {
  const marked = (groups: number): string =>
    `${STEM}  stage C2 co‸nv(out: 16, k: 3, s: 2)\n${'  + conv(out: 16, k: 3, s: 1)\n'.repeat(groups - 2)}}`;
  const refused = (groups: number, triggerKind: CodeActionTriggerKind) =>
    actionsIn(marked(groups), () => ({ triggerKind })).flatMap(({ action }) => action.disabled?.reason ?? []);

  test('is not looked through as a whole, which whoever asks is told, and its hover says', () => {
    expect(refused(121, CodeActionTriggerKind.Invoked)).toEqual([
      'Changes of the whole design are looked for up to 120 groups: here are 121.',
    ]);
    expect(refused(121, CodeActionTriggerKind.Automatic)).toEqual([]);
    expect(refused(120, CodeActionTriggerKind.Invoked)).toEqual([]);
    const hoverOf = (groups: number) => hover(snapshotOf(marked(groups).replace('‸', '')), { line: 0, character: 3 });
    expect(JSON.stringify(hoverOf(121))).toContain('up to 120 groups: here are 121.');
    expect(JSON.stringify(hoverOf(120))).not.toContain('120 groups');
  });
});

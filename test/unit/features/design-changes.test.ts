import { describe, expect, test } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { designChanges } from '../../../server/src/features/design-changes.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';

const TEXT = `backbone net {
  input 3 x 128 x 128
  within tight
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64,  btn: 16, k: 3, s: 2) x 1
  stage C3 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1
  stage C4 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1
  stage C5 bottleneck(out: 256, btn: 64, k: 3, s: 2) x 1
}

detector eyes {
  backbone net
  neck fpn(out: 64)
  head fcos(width: 64, convs: 2)
}

budget tight { layers <= 13 }
`;

const DEEPER = TEXT.replace('out: 64,  btn: 16, k: 3, s: 2) x 1', 'out: 64,  btn: 16, k: 3, s: 2) x 2');

const changes = (before: string, after: string) => designChanges(snapshotOf(before), snapshotOf(after));
const scoreOf = (text: string): number => {
  const backbone = snapshotOf(text).design.backbones[0]?.backbone;
  if (backbone === undefined) throw new Error('no backbone');
  return analyse(backbone).score.fanIn;
};

describe('what became of designs', () => {
  test('a number that differs stands there before and after, with the difference', () => {
    const [net, eyes] = changes(TEXT, DEEPER);
    expect(net).toMatchObject({ kind: 'backbone', name: 'net', state: 'changed' });
    const [was, is] = [scoreOf(TEXT), scoreOf(DEEPER)];
    expect(net?.numbers).toContainEqual({
      title: 'Z fan-in',
      before: was.toFixed(1),
      after: is.toFixed(1),
      change: `+${(is - was).toFixed(1)}`,
    });
    expect(net?.numbers).toContainEqual({ title: 'layers', before: '13', after: '16', change: '+23 %' });
    expect(net?.numbers).toContainEqual({
      title: 'layers of budget tight',
      before: '100 % of 13',
      after: '123 % of 13',
      change: 'exceeded',
    });
    expect(eyes).toMatchObject({ kind: 'detector', name: 'eyes', state: 'changed' });
    expect(eyes?.numbers.map(({ title }) => title)).toContain('Z fan-in of its backbone');
  });

  test('what does not differ is left out', () => {
    const titles = changes(TEXT, DEEPER)[0]?.numbers.map(({ title }) => title);
    expect(titles).not.toContain('input');
    expect(titles).not.toContain('memory');
    expect(titles?.length).toBeGreaterThan(5);
  });

  test('a comment, another layout and another order change nothing', () => {
    const [first = '', ...others] = TEXT.split('\n\n');
    const moved = [...others, `// moved\n${first}`].join('\n\n').replace('input 3 x 128', 'input   3 x 128');
    expect(changes(TEXT, moved)).toEqual([
      { kind: 'backbone', name: 'net', state: 'same', numbers: [] },
      { kind: 'detector', name: 'eyes', state: 'same', numbers: [] },
    ]);
  });

  test('a limit that is new, gone or another one', () => {
    const limit = (before: string, after: string) =>
      changes(before, after)[0]?.numbers.filter(({ title }) => title.includes('budget'));
    const other = TEXT.replace('13', '20');
    const none = TEXT.replace('  within tight\n', '').replace('budget tight { layers <= 13 }\n', '');
    const title = 'layers of budget tight';
    expect(limit(TEXT, other)).toEqual([{ title, before: '100 % of 13', after: '65 % of 20', change: '' }]);
    expect(limit(TEXT, none)).toEqual([{ title, before: '100 % of 13', after: '–', change: '' }]);
    expect(limit(none, TEXT)).toEqual([{ title, before: '–', after: '100 % of 13', change: '' }]);
  });

  test('designs come, go and are renamed; a backbone and a detector of one name are two', () => {
    const renamed = TEXT.replaceAll(/\bnet\b/g, 'other');
    expect(changes(TEXT, renamed).map(({ kind, name, state }) => `${kind} ${name} ${state}`)).toEqual([
      'backbone other new',
      'detector eyes same',
      'backbone net removed',
    ]);
    expect(changes('', TEXT).map(({ state }) => state)).toEqual(['new', 'new']);
    expect(changes(TEXT, '').map(({ state }) => state)).toEqual(['removed', 'removed']);
  });

  test('another input is told first', () => {
    const [net] = changes(TEXT, TEXT.replace('128 x 128', '256 x 256'));
    expect(net?.numbers[0]).toEqual({ title: 'input', before: '3×128×128', after: '3×256×256', change: '' });
  });

  test('at one size the inputs do not differ, and budgets are left out', () => {
    const at = { height: 64, width: 64 };
    const [net] = designChanges(snapshotOf(TEXT), snapshotOf(DEEPER.replace('128 x 128', '256 x 256')), at);
    expect(net?.numbers.map(({ title }) => title).filter((title) => /input|budget/.test(title))).toEqual([]);
    expect(net?.state).toBe('changed');
  });
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { limitedCosts } from '../../../server/src/cost/registry.ts';
import { codeActions } from '../../../server/src/features/code-actions.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { rangeOf, type Snapshot, snapshotOf } from '../../../server/src/features/snapshot.ts';

/** MAE-DET-S has 79 layers. */
const NET = readFileSync(fileURLToPath(new URL('../../../examples/maedet_s.mae', import.meta.url)), 'utf8');
const search = (settings: string, budget = ''): string =>
  `${NET}${budget}\nsearch slim {\n  start maedet_s\n  ${settings}\n}\n`;

const warned = (text: string) => snapshotOf(text).problems.filter((p) => p.code === 'unlimited-depth');

/** The fixes of the warning: title, whether it is preferred, and what the text is afterwards. */
function fixes(text: string) {
  const snapshot: Snapshot = snapshotOf(text);
  const [problem] = warned(text);
  if (problem === undefined) return [];
  const range = rangeOf(snapshot, problem.span);
  return codeActions(snapshot, range, { diagnostics: [] }, DEFAULT_OPTIONS)
    .filter(({ title }) => title.includes('layers <='))
    .map(({ title, isPreferred = false, edit }) => {
      const [change] = edit?.documentChanges ?? [];
      const edits = change !== undefined && 'edits' in change ? change.edits : [];
      const { document } = snapshot;
      const after = edits
        .flatMap((e) => ('newText' in e && typeof e.newText === 'string' ? [{ ...e, newText: e.newText }] : []))
        .toSorted((a, b) => document.offsetAt(b.range.start) - document.offsetAt(a.range.start))
        .reduce(
          (t, e) => t.slice(0, document.offsetAt(e.range.start)) + e.newText + t.slice(document.offsetAt(e.range.end)),
          document.getText(),
        );
      return { title, isPreferred, after };
    });
}

describe('a score that depth alone can hold', () => {
  test.each(limitedCosts().filter((cost) => cost !== 'layers'))('is a warning where %s are minimised', (cost) => {
    const text = search(`minimise ${cost}`);
    const [problem] = warned(text);
    expect(problem?.severity).toBe('warning');
    expect(problem?.message).toContain(`next to no ${cost}. Write 'layers <= 79' in its budget.`);
    expect(text.slice(problem?.span.start, problem?.span.end)).toBe(`minimise ${cost}`);
  });

  test.each([
    ['the score is maximised', search('within b', 'budget b { macs <= 90G }\n')],
    ['layers are minimised', search('minimise layers')],
    ['layers are limited', search('minimise params\n  within b', 'budget b { macs <= 90G layers <= 91 }\n')],
    ['layers are limited by the only budget', search('minimise params', 'budget b { layers <= 91 }\n')],
    ['the budget cannot be read', search('minimise params', 'budget b { lairs <= 91 }\n')],
    ['the budget is not there', search('minimise params\n  within c')],
  ])('is none where %s', (_, text) => {
    expect(warned(text)).toEqual([]);
  });

  test('without a budget the fix writes one, as deep as the start, or as the paper’s searches', () => {
    const found = fixes(search('minimise params'));
    expect(found.map(({ title, isPreferred }) => [title, isPreferred])).toEqual([
      ['Add a budget with layers <= 79', true],
      ['Add a budget with layers <= 91', false],
    ]);
    expect(found[0]?.after).toContain(
      'budget depth {\n  layers <= 79\n}\n\nsearch slim {\n  within depth\n  start maedet_s\n',
    );
    for (const { after } of found) {
      // That maedet_s is deeper than the evidence is a hint of its own.
      expect(snapshotOf(after).problems.filter((p) => !['information', 'hint'].includes(p.severity))).toEqual([]);
    }
  });

  test('a budget gets the line, and its name stays', () => {
    const [first] = fixes(search('minimise params', 'budget depth {\n  macs <= 90G\n}\n'));
    expect(first?.title).toBe('Add layers <= 79 to depth');
    expect(first?.after).toContain('budget depth {\n  layers <= 79\n  macs <= 90G\n}');
  });

  test('where a score is asked for that the start may not hold, there is room for more layers', () => {
    expect(fixes(search('minimise params\n  score >= 2000')).map((f) => f.title)).toEqual([
      'Add a budget with layers <= 91',
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { faultSpan } from '../../../server/src/features/search-fault.ts';
import { taskOf } from '../../../server/src/features/search-report.ts';
import { resolveRunnable, runnables } from '../../../server/src/features/search-targets.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { readDesign } from '../../../server/src/language/design.ts';
import type { SearchProblem } from '../../../server/src/search/task.ts';

const NET = `backbone net {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 basic(out: 32, btn: 16, k: 3, s: 2)
  stage C3 basic(out: 64, btn: 32, k: 3, s: 2)
}
`;
const BUDGETS = 'budget a { macs <= 9M }\nbudget b { macs <= 9G }\n';

const details = (text: string): string[] => runnables(snapshotOf(text)).map((r) => r.detail);
const task = (text: string) => {
  const resolved = resolveRunnable(snapshotOf(text), { kind: 'search', id: '0' });
  return resolved.ok ? taskOf(resolved.search, 1) : resolved.message;
};

describe('what a search says that it will do', () => {
  test.each([
    ['search { within a }', 'net within a, 96,000 evaluations, seed 0'],
    ['search { minimise params }', 'least params at the same score, net, 96,000 evaluations, seed 0'],
    [
      'search { minimise macs score >= 70.5 within b }',
      'least macs at Z ≥ 70.5, net within b, 96,000 evaluations, seed 0',
    ],
  ])('%s', (search, expected) => expect(details(NET + BUDGETS + search)).toEqual([expected]));

  test.each(['search { }', 'search { minimise macs within c }'])('nothing for %s', (search) =>
    expect(details(NET + BUDGETS + search)).toEqual([]),
  );
});

describe('the task of a search', () => {
  test('without a score holds that of the start, by its own estimator', () => {
    for (const [estimator, key] of [
      ['fan-in', 'fanIn'],
      ['exact', 'exact'],
    ] as const) {
      const found = task(`${NET}search { minimise params estimator ${estimator} }`);
      if (typeof found === 'string' || found.goal.kind !== 'minimise') throw new Error(JSON.stringify(found));
      const { backbone } = readDesign(NET).backbones[0] ?? {};
      const score = backbone === undefined ? Number.NaN : analyse(backbone).score[key];
      expect(found.goal.score).toBeLessThanOrEqual(score);
      expect(found.goal.score).toBeCloseTo(score, 5);
      expect(found.budget.limits).toEqual([]);
    }
  });

  test('has the limits that are written', () => {
    const settings = 'minimise memory score >= 60 plateau 20k time-limit 300ms prove yes';
    expect(task(`${NET}budget b { macs <= 9G }\nsearch { ${settings} }`)).toMatchObject({
      goal: { kind: 'minimise', cost: 'memory', score: 60 },
      budget: { name: 'b' },
      plateau: 20_000,
      timeLimit: 0.3,
      prove: true,
    });
    expect(task(`${NET}budget b { macs <= 9G }\nsearch { prove no }`)).toMatchObject({ prove: false });
    for (const absent of ['plateau', 'prove'])
      expect(task(`${NET}budget b { macs <= 9G }\nsearch { }`)).not.toHaveProperty(absent);
  });

  test('needs the budget that it names', () => {
    expect(task(`${NET}search { minimise macs within nowhere }`)).toBe('net has no budget to search within.');
  });
});

test.each([
  ['search { minimise macs\n score >= 700 }', 'score >= 700'],
  ['search { minimise macs }', 'minimise macs'],
  ['search { minimise macs\n score >= 5 }', 'minimise macs'],
])('a score that no design holds is mended at its line: %s', (search, expected) => {
  const text = NET + search;
  const resolved = resolveRunnable(snapshotOf(text), { kind: 'search', id: '0' });
  if (!resolved.ok) throw new Error(resolved.message);
  const problem: SearchProblem = { kind: 'problem', code: 'score-impossible', score: 700, best: 3, message: '' };
  const span = faultSpan(resolved.search, problem);
  expect(text.slice(span?.start, span?.end)).toBe(expected);
});

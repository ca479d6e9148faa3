import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import type { Backbone } from '../../server/src/backbone/backbone.ts';
import { exceeded } from '../../server/src/cost/budget.ts';
import { taskOf } from '../../server/src/features/search-report.ts';
import { resolveRunnable } from '../../server/src/features/search-targets.ts';
import { snapshotOf } from '../../server/src/features/snapshot.ts';
import { textErrors } from '../../server/src/language/problem.ts';
import { runSearch } from '../../server/src/search/node/run-search.ts';
import { isResult, type SearchResult, type SearchTask } from '../../server/src/search/task.ts';
import { violations } from '../../server/src/space/constraints.ts';
import { groupPlaces, limitsAt } from '../../server/src/space/limits.ts';

const NET = `backbone net {
  input 3 x 128 x 128
  stem     conv(out: 24, k: 3, s: 2)
  stage C2 bottleneck(out: 64, btn: 16, k: 3, s: 2) x 1
  stage C3 basic(out: 96, btn: 32, k: 5, s: 2) x 2
         + inverted(out: 96, btn: 288, k: 3, s: 1) x 1
  stage C4 k1kx(out: 160, btn: 40, k: 3, s: 2) x 2
  entropy C3: 1, C4: 4
}
budget b { macs <= 80M  params <= 900k  layers <= 30 }
`;

/** The task of the text's one search. */
function taskIn(text: string, fields: Partial<SearchTask> = {}): SearchTask {
  const resolved = resolveRunnable(snapshotOf(text), { kind: 'search', id: '0' }, [], 'shrink');
  if (!resolved.ok) throw new Error(resolved.message);
  return { ...taskOf(resolved.search, 1), evaluations: 2_000, population: 32, ...fields };
}

const searchIn = (lines: string): string => `${NET}space mine {\n${lines}\n}\nsearch { within b  space mine }\n`;

async function found(task: SearchTask): Promise<SearchResult> {
  const result = await runSearch(task);
  if (!isResult(result)) throw new Error(result.message);
  return result;
}

/** That a design lies in its space, apart from what the search itself judges by, and is what it says it is. */
function expectInside({ start, space, budget }: SearchTask, { backbone, score, bound }: SearchResult): void {
  const layers = budget.limits.find((l) => l.cost === 'layers')?.amount;
  expect(violations(backbone, space, layers)).toEqual([]);
  const analysis = analyse(backbone);
  expect(exceeded(analysis.costs, budget)).toEqual([]);
  expect(score).toBeCloseTo(analysis.score.fanIn, 6);
  if (bound !== undefined) expect(score).toBeLessThanOrEqual(bound * (1 + 1e-9));
  expectKept(start, backbone, space);
}

function expectKept(start: Backbone, design: Backbone, space: SearchTask['space']): void {
  const places = groupPlaces(start);
  for (const [index, place] of places.entries()) {
    const [before, after] = [start.groups[index], design.groups[index]];
    for (const field of limitsAt(space, place).kept) expect(after?.[field]).toBe(before?.[field]);
  }
}

const from = <T>(...choices: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...choices);
const line = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.option(arbitrary, { nil: '', freq: 3 });

/** Lines of spaces that leave something, and in which the network above may be brought. */
const spaces: fc.Arbitrary<string> = fc
  .tuple(
    line(from('like tinynas', 'like paper')),
    line(from('out 16..512 step 16', 'out ..320 step 10', 'out 32..', 'out 8..400 step 4', 'out 48..960 step 48')),
    line(from('btn 8..128 step 8', 'btn ..96 step 6', 'btn 16.. step 32', 'btn 4..64 step 2')),
    line(from('k 3, 5', 'k 3', 'k own, 5', 'k 1, 3, 5')),
    line(from('depth 1..4', 'depth 2..3', 'depth ..6')),
    line(
      from('blocks bottleneck, basic', 'blocks own, basic, k1kx', 'blocks bottleneck, inverted, k1kx', 'blocks own'),
    ),
    line(from('growth 2.5', 'growth 3', 'growth 8')),
    line(from('monotone no', 'monotone yes')),
    line(from('squeeze 4', 'squeeze 6.5', 'squeeze 20')),
    line(from('expansion 0.5', 'expansion 2', 'inverted-expansion 3')),
    line(from('stem { out ..48 }', 'stem { out 16..32 step 16 }', 'stem { out 20..40 step 20 }')),
    line(from('C4 { out ..256 }', 'C4 { depth 2..3 }', 'C3 { out 64..256 step 32  btn ..64 }', 'C2 { k 3 }')),
    line(from('keep stem', 'keep C3', 'keep C2.btn, C4.out', 'keep stem, C3.depth', 'keep C4.block, C2.k')),
  )
  .map((lines) => lines.filter((text) => text !== '').join('\n'));

describe('searches in spaces of one’s own', () => {
  it('find what lies in the space and within the budget, never above a bound, and leave what is kept', async () => {
    let searched = 0;
    await fc.assert(
      fc.asyncProperty(spaces, fc.nat(1000), async (lines, seed) => {
        const text = searchIn(lines);
        // Some of them are told off while they are typed, or leave nothing.
        if (textErrors(snapshotOf(text).problems).length > 0) return;
        const tasks = [taskIn(text, { seed }), taskIn(text, { seed: seed + 1, algorithm: 'paper' })];
        const results = await Promise.all(tasks.map((task) => runSearch(task)));
        for (const [index, result] of results.entries()) {
          const task = tasks[index];
          if (task === undefined) continue;
          if (!isResult(result)) {
            expect(['start-breaks-space', 'budget-impossible']).toContain(result.code);
            continue;
          }
          searched += 1;
          expectInside(task, result);
          // A bound of one search is a bound of all.
          for (const other of results) {
            if (isResult(other) && other.bound !== undefined)
              expect(result.score).toBeLessThanOrEqual(other.bound * (1 + 1e-9));
          }
        }
      }),
      { numRuns: 20 },
    );
    expect(searched).toBeGreaterThan(15);
  }, 120_000);

  test('what the preset says in one’s own words gives its answer to the last digit', async () => {
    const preset = taskIn(`${NET}search { within b  space tinynas }`, { evaluations: 6_000 });
    const own = taskIn(searchIn('like tinynas'), { evaluations: 6_000 });
    const [a, b] = [await found(preset), await found(own)];
    expect(b.backbone).toEqual(a.backbone);
    expect([b.score, b.bound, b.evaluations]).toEqual([a.score, a.bound, a.evaluations]);
  });

  test('the authors’ R50 task in a space written out gives the preset’s answer to the last digit', async () => {
    const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    const text = read('examples/r50_search.mae');
    const written = `${read('spaces/tinynas.mae').replace('space tinynas {', 'space released {')}
${text.replace('space tinynas ', 'space released ')}`;
    const whole = (own: string): SearchTask => taskIn(own, { evaluations: 96_000, population: 256 });
    const [a, b] = [await found(whole(text)), await found(whole(written))];
    expect(b.backbone).toEqual(a.backbone);
    expect([b.score, b.bound, b.proven]).toEqual([2095.199397417039, a.bound, true]);
  });

  test('a start outside is brought in, and the result says what changed', async () => {
    const task = taskIn(searchIn('out 16..128 step 16\nk 3\nblocks bottleneck\nC4 { depth 1 }'));
    const result = await found(task);
    expect(result.start.repaired.map(({ group, code, actual, allowed }) => [group, code, actual, allowed])).toEqual([
      [2, 'kernel-not-offered', 5, 3],
      [2, 'block-not-offered', 'basic', 'bottleneck'],
      [3, 'block-not-offered', 'inverted', 'bottleneck'],
      [4, 'too-wide', 160, 128],
      [4, 'block-not-offered', 'k1kx', 'bottleneck'],
      [4, 'too-deep', 2, 1],
    ]);
    expectInside(task, result);
    expect(new Set(result.backbone.groups.slice(1).map(({ block }) => block))).toEqual(new Set(['bottleneck']));
  });

  test('a space that leaves nothing between two stages is refused with the place', async () => {
    const outcome = await runSearch(taskIn(searchIn('growth 1\nstem { out 16 }\nC2 { out 64.. }')));
    expect(outcome).toMatchObject({ kind: 'problem', code: 'start-breaks-space' });
  });

  test('in a graph too', async () => {
    const text = `backbone two_ways {
  input 3 x 128 x 128
  stem   conv(out: 32, k: 3, s: 2)
  node a bottleneck(out: 64, btn: 16, k: 3, s: 2) x 1 from stem
  node b bottleneck(out: 64, btn: 16, k: 3, s: 1) x 1 from a
  node c basic(out: 96, btn: 32, k: 3, s: 2) x 1 from a, b
  output C3: b, C4: c
  entropy C3: 1, C4: 6
}
budget b { macs <= 160M  layers <= 30 }
space mine { out 16..256 step 12  btn ..64 step 6  k own, 5  depth ..3  b { out ..72 }  keep stem, c.depth }
search { within b  space mine }`;
    const task = taskIn(text);
    const result = await found(task);
    expectInside(task, result);
    const [, a, b] = result.backbone.groups;
    expect(a?.out).toBe(b?.out);
    expect(b?.out).toBeLessThanOrEqual(72);
  });
});

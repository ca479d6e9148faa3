import { describe, expect, test } from 'vitest';
import { costOf } from '../../../server/src/cost/budget.ts';
import { isOfWhole, limitedCosts } from '../../../server/src/cost/registry.ts';
import { numbersTable } from '../../../server/src/features/numbers-table.ts';
import { snapshotOf, takeSnapshot } from '../../../server/src/features/snapshot.ts';

/** A network whose numbers can be worked out by hand; see hover.test.ts. */
const TEXT = `backbone tiny {
  input 3 x 32 x 32  within small
  entropy C1: 1, C2: 2
  stem     conv(out: 8, k: 3, s: 2)
  stage C2 bottleneck(out: 16, btn: 4, k: 3, s: 2, shortcut: conv) x 1
         + bottleneck(out: 16, btn: 4, k: 3, s: 1) x 2
}
budget small { macs <= 100k, layers <= 12 }
`;
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe('every number of a text', () => {
  const snapshot = snapshotOf(TEXT);
  const [table] = numbersTable(snapshot);
  if (table === undefined) throw new Error('the backbone has numbers');
  const of = (form: string): number => table.forms.indexOf(form);
  const cost = (name: string): number => table.costs.indexOf(name);

  test('a row for each group: its lines, what it is, and what it yields', () => {
    expect(table.groups.map((g) => [g.from, g.to, g.stage, g.block, g.kernel, g.depth, g.btn])).toEqual([
      [3, 3, 'C1', 'conv', 3, 1, 0],
      [4, 4, 'C2', 'bottleneck', 3, 1, 4],
      [5, 5, 'C2', 'bottleneck', 3, 2, 4],
    ]);
    expect(table.groups.map((g) => g.shape)).toEqual([
      { channels: 8, height: 16, width: 16 },
      { channels: 16, height: 8, width: 8 },
      { channels: 16, height: 8, width: 8 },
    ]);
  });

  test('every cost there is, as the analysis counts it, and all groups make the whole', () => {
    expect(table.costs).toEqual(limitedCosts());
    const { analysis } = snapshot.backbones[0] ?? {};
    for (const [place, name] of limitedCosts().entries()) {
      if (isOfWhole(name)) {
        // A column of zeros would say something of the parts.
        expect([...table.groups, ...table.stages].every(({ costs }) => costs[place] === null)).toBe(true);
        continue;
      }
      const values = table.groups.map((g) => g.costs[place] ?? Number.NaN);
      expect(values).toEqual(analysis?.groups.map((g) => costOf(g.costs, name)));
      // Memory is the largest peak, everything else a sum.
      const whole = name === 'memory' ? Math.max(...values) : sum(values);
      expect(table.total.costs[place], name).toBe(whole);
    }
    expect(table.groups[0]?.costs[cost('macs')]).toBe(3 * 8 * 9 * 16 * 16);
    expect(table.stages.map((s) => s.costs[cost('layers')])).toEqual([1, 9]);
  });

  test('entropies at the end of each group by every closed form, and what it adds', () => {
    expect(table.forms).toEqual(['fan-in', 'exact, linear', 'exact, relu', 'finite width, relu']);
    const fanIn = table.groups.map((g) => g.entropies[of('fan-in')]);
    // ½ ln(3 · 9) + ln 8; the image itself has ln 3.
    expect(fanIn[0]?.entropy).toBeCloseTo(0.5 * Math.log(27) + Math.log(8), 12);
    expect(fanIn[0]?.gain).toBeCloseTo(0.5 * Math.log(27) + Math.log(8) - Math.log(3), 12);
    expect(fanIn[2]?.entropy).toBeCloseTo(15.69, 2);
    for (const [place] of table.forms.entries()) {
      const own = table.groups.map((g) => g.entropies[place]);
      expect(Math.log(3) + sum(own.map((e) => e?.gain ?? Number.NaN))).toBeCloseTo(own.at(-1)?.entropy ?? 0, 9);
      expect(table.stages.map((s) => s.entropies[place]?.entropy)).toEqual([own[0]?.entropy, own[2]?.entropy]);
      expect(table.stages[1]?.entropies[place]?.gain).toBeCloseTo((own[1]?.gain ?? 0) + (own[2]?.gain ?? 0), 9);
    }
    // Ten convolutions have nine ReLUs between them.
    const [linear, relu] = [of('exact, linear'), of('exact, relu')].map((f) => table.groups[2]?.entropies[f]?.entropy);
    expect((linear ?? 0) - (relu ?? 0)).toBeCloseTo(9 * 0.5 * Math.log(2), 9);
    const spread = table.groups[2]?.entropies.map((e) => e.sd !== undefined);
    expect(spread).toEqual([false, false, false, true]);
  });

  test('the score by every form is the weighted sum of the stages, and budgets come along', () => {
    expect(table.stages.map((s) => [s.name, s.weight, s.depth])).toEqual([
      ['C1', 1, 1],
      ['C2', 2, 3],
    ]);
    for (const [place] of table.forms.entries()) {
      const weighted = table.stages.map((s) => s.weight * (s.entropies[place]?.entropy ?? Number.NaN));
      expect(table.total.scores[place]).toBeCloseTo(sum(weighted), 9);
    }
    expect(table.budgets).toEqual([
      {
        name: 'small',
        limits: [
          { cost: 'macs', amount: 100_000 },
          { cost: 'layers', amount: 12 },
        ],
      },
    ]);
  });

  test('a text that cannot be read keeps the last good numbers, on the lines as they are now', () => {
    const broken = takeSnapshot(snapshotOf(`\n${TEXT.replace('out: 8', 'out: ')}`).document, snapshot);
    const [kept] = numbersTable(broken);
    expect(kept).toMatchObject({ fresh: false, total: table.total });
    expect(kept?.groups.map((g) => g.from)).toEqual([4, 5, 6]);
    expect(numbersTable(snapshotOf('backbone a {}'))).toEqual([]);
  });
});

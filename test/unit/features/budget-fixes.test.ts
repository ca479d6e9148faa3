import { describe, expect, test } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { exceeded } from '../../../server/src/cost/budget.ts';
import { DEFAULT_SCORING } from '../../../server/src/entropy/objectives/registry.ts';
import { fitBudget } from '../../../server/src/features/fit-budget.ts';
import { type SnapshotBackbone, snapshotOf } from '../../../server/src/features/snapshot.ts';
import { backboneOf, square, structureCases } from '../../golden/structures.ts';
import { type Acted, actionsIn } from './acted.ts';
import { SAMPLE } from './sample.ts';

/** Everything that a title may say of the change from one text to another. */
interface Said {
  readonly score: string;
  readonly tinynas: string;
  readonly numbers: number;
}

const signed = (value: number, digits: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;

const r50 = (text: string): SnapshotBackbone => {
  const found = snapshotOf(text).backbones.find((b) => b.source.name === 'r50_start');
  if (found === undefined) throw new Error('the backbone is in the text');
  return found;
};

function truth(before: string, after: string): Said {
  const [from, to] = [r50(before).analysis, r50(after).analysis];
  const digits = (text: string) => text.match(/\d+/g) ?? [];
  const [a, b] = [digits(before), digits(after)];
  return {
    score: signed((to?.score.fanIn ?? 0) - (from?.score.fanIn ?? 0), 1),
    tinynas: `${(to?.costs.tinynas ?? 0) / 1e9}`,
    numbers: a.filter((n, i) => n !== b[i]).length,
  };
}

const named = (acted: readonly Acted[], title: RegExp): Acted => {
  const found = acted.find(({ action }) => title.test(action.title));
  if (found === undefined) throw new Error(`none of ${acted.map(({ action }) => action.title).join('; ')}`);
  return found;
};

describe('Shrink', () => {
  test.each(['15G', '7G', '4G', '1.5G'])('to %s: the budget holds, and the title tells the truth', (limit) => {
    const before = SAMPLE.replace('18.8G', limit);
    const marked = before.replace('backbone r50_start', 'backbone r50‸_start');
    const exceeds = exceeded(r50(before).analysis?.costs ?? analyse(r50(SAMPLE).analysis?.backbone ?? never()).costs, {
      name: 'r50',
      limits: r50(before).budgets[0]?.budget.limits ?? [],
    });
    if (exceeds.length === 0) {
      expect(actionsIn(marked).some(({ action }) => action.title.startsWith('Shrink'))).toBe(false);
      return;
    }
    const { action, text } = named(actionsIn(marked), /^Shrink r50_start to hold r50/);
    const { score, tinynas, numbers } = truth(before, text);
    const [, saidScore, saidCost, saidNumbers] =
      /: ([+−][\d.]+) score, ([\d.]+) G tinynas \((\d+) numbers? changes?\)$/.exec(action.title) ?? [];
    expect(saidScore).toBe(score);
    expect(Number(saidCost)).toBeCloseTo(Number(tinynas), 1);
    expect(Number(saidNumbers)).toBe(numbers);
    expect(Number(tinynas) * 1e9).toBeLessThanOrEqual(Number.parseFloat(limit) * 1e9);
    expect(snapshotOf(text).problems.filter((p) => p.code.includes('budget'))).toEqual([]);
  });

  test('one number is one number', () => {
    const text = `backbone n {
  input 3 x 64 x 64
  within b
  st‸em conv(out: 64, k: 3, s: 2)
}
budget b { macs <= 1.7M }
`;
    const { action } = named(actionsIn(text), /^Shrink n to hold b/);
    expect(action.title).toMatch(/\(1 number changes\)$/);
    expect(action.isPreferred).toBe(true);
  });

  test('the fix of the problem and the idea for its backbone are one', () => {
    const text = `backbone n {
  input 3 x 64 x 64
  within b
  stem conv(out: 64, k: 3, s: 2)
}
budget b { macs <= 1.7M }
`;
    const problem = snapshotOf(text).problems.find((p) => p.data?.kind === 'budget');
    const at = problem?.span.start ?? Number.NaN;
    const titles = actionsIn(`${text.slice(0, at)}‸${text.slice(at)}`).map(({ action }) => action.title);
    expect(titles.filter((title) => title.startsWith('Shrink n to hold b'))).toHaveLength(1);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('nothing is shrunk of a backbone that does not exceed its budget, nor of another one', () => {
    const tight = SAMPLE.replace('18.8G', '4G');
    const shrinks = (marked: string) => actionsIn(marked).filter(({ action }) => action.title.startsWith('Shrink'));
    expect(shrinks(SAMPLE.replace('backbone r50_start', 'backbone r50‸_start'))).toEqual([]);
    expect(shrinks(tight.replace('backbone maedet_m', 'backbone mae‸det_m'))).toEqual([]);
    expect(shrinks(tight.replace('backbone r50_start', 'backbone r50‸_start'))).toHaveLength(1);
  });
});

test('Best change for 10 % less: it is that much less, and the title tells the truth', () => {
  const marked = SAMPLE.replace('stem     conv(out: 32', '‸stem     conv(out: 32');
  const { action, text } = named(actionsIn(marked), /^Best change for 10 % less tinynas/);
  const { score, tinynas, numbers } = truth(SAMPLE, text);
  expect(action.title).toContain(`: ${score} score, −`);
  expect(action.title).toMatch(new RegExp(`\\(${numbers} numbers? changes?\\)$`));
  const before = r50(SAMPLE).analysis?.costs.tinynas ?? 0;
  expect(Number(tinynas) * 1e9).toBeLessThanOrEqual(0.9 * before);
  // What was cut too far is given back.
  expect(Number(tinynas) * 1e9).toBeGreaterThan(0.85 * before);
});

describe('every published network can be brought to', () => {
  const published = structureCases.filter((c) => c.name !== null);
  test.each([0.9, 0.7, 0.5, 0.3])('%s of its macs', (share) => {
    expect(published.length).toBeGreaterThan(2);
    for (const { structure_info } of published) {
      const before = analyse(backboneOf(structure_info, square(480)));
      const budget = { name: 'b', limits: [{ cost: 'macs' as const, amount: share * before.costs.macs }] };
      const fitted = fitBudget(before, budget, DEFAULT_SCORING);
      if (fitted === undefined) throw new Error('moves lead there');
      const after = analyse(fitted.backbone);
      expect(after.costs.macs).toBeLessThanOrEqual(share * before.costs.macs);
      expect(after.costs.macs).toBeGreaterThan(0.9 * share * before.costs.macs);
      expect(fitted.score).toBeCloseTo(after.score.fanIn, 6);
    }
  });
});

const never = (): never => {
  throw new Error('the sample has an analysis');
};

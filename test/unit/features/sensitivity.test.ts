import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import type { Backbone, Group } from '../../../server/src/backbone/backbone.ts';
import { costOf, exceeded } from '../../../server/src/cost/budget.ts';
import { DEFAULT_SCORING } from '../../../server/src/entropy/objectives/registry.ts';
import { codeActions } from '../../../server/src/features/code-actions.ts';
import { fitBudget } from '../../../server/src/features/fit-budget.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { Trials } from '../../../server/src/features/move-effect.ts';
import { DEFAULT_OPTIONS, type FeatureOptions } from '../../../server/src/features/options.ts';
import { scoringOf } from '../../../server/src/features/scoring-of.ts';
import {
  allMoves,
  bestNext,
  bestNextText,
  bestWithinBudget,
  effects,
  gentleMoves,
  sensitivityTable,
} from '../../../server/src/features/sensitivity.ts';
import { type SnapshotBackbone, snapshotOf } from '../../../server/src/features/snapshot.ts';
import { printBackbone } from '../../../server/src/language/print.ts';
import { violations } from '../../../server/src/space/constraints.ts';
import { type GroupLimits, limitsAt, limitsOf } from '../../../server/src/space/limits.ts';
import { applyMove, type Move } from '../../../server/src/space/moves.ts';
import { PRESETS } from '../../../server/src/space/presets.ts';
import type { Space } from '../../../server/src/space/space.ts';
import { anyBackbone } from '../support/arbitrary-backbone.ts';
import { at } from './cursor.ts';
import { SAMPLE } from './sample.ts';

/** Searches that say in which space a backbone may change, or none. */
const SEARCHES = [
  '',
  'search { space paper }',
  'space mine { out 16.. step 16  btn 4..96 step 4  k own, 7  depth ..6  keep stem, C2.out }\nsearch { space mine }',
];

/** A backbone with a budget of some share of its own macs and layers, as a file has it. */
const budgeted = fc
  .tuple(
    anyBackbone,
    fc.double({ min: 0.5, max: 1.5, noNaN: true }),
    fc.double({ min: 0.7, max: 1.5, noNaN: true }),
    fc.constantFrom(...SEARCHES),
  )
  .map(([backbone, macs, layers, search]): SnapshotBackbone => {
    const { costs } = analyse(backbone);
    const limits = `macs <= ${Math.ceil(costs.macs * macs)} layers <= ${Math.ceil(costs.layers * layers)}`;
    const [found] = snapshotOf(`${printBackbone(backbone)}\nbudget b { ${limits} }\n${search}`).backbones;
    if (found === undefined) throw new Error('the backbone is in the text');
    return found;
  });

interface Tried {
  readonly groups: readonly Group[];
  readonly score: number;
  readonly macs: number;
  readonly within: boolean;
}

const WARNED = ['shrinks', 'bottleneck-too-wide', 'kernel-too-large'];
const warnings = (b: Backbone, space: Space | undefined): string[] =>
  violations(b, space ?? PRESETS.paper).flatMap((v) =>
    space !== undefined || WARNED.includes(v.code) ? [`${v.group} ${v.code} ${v.actual}`] : [],
  );

/** Every move of every group, each analysed in full: slow, and right by construction. */
function bruteForce(
  { analysis, budgets, space }: SnapshotBackbone,
  moves: (g: Group, limits: GroupLimits) => readonly Move[],
  key: 'fanIn' | 'exact',
): Tried[] {
  if (analysis === undefined) return [];
  const { backbone } = analysis;
  const known = new Set(warnings(backbone, space));
  const anywhere = limitsAt(PRESETS.tinynas, { names: [], stem: false });
  const limitsBy = space === undefined ? () => anywhere : limitsOf(backbone, space);
  return backbone.groups.flatMap((g, index) =>
    moves(g, limitsBy(index)).flatMap((move): Tried[] => {
      const groups = applyMove(backbone.groups, index, move, limitsBy(index));
      if (groups === undefined || warnings({ ...backbone, groups }, space).some((w) => !known.has(w))) return [];
      const { costs, score } = analyse({ ...backbone, groups });
      const within = budgets.every((b) => exceeded(costs, b.budget).length === 0);
      return [{ groups, score: score[key], macs: costs.macs, within }];
    }),
  );
}

const by = (estimator: FeatureOptions['estimator']): FeatureOptions => ({ ...DEFAULT_OPTIONS, estimator });
const keyOf = { 'fan-in': 'fanIn', exact: 'exact' } as const;

describe.each(['fan-in', 'exact'] as const)('by %s', (estimator) => {
  const options = by(estimator);
  const key = keyOf[estimator];

  test('the best single change within the budget is the best of all that brute force finds', () => {
    fc.assert(
      fc.property(budgeted, (backbone) => {
        const before = backbone.analysis?.score[key] ?? 0;
        const wins = bruteForce(backbone, allMoves, key).filter((t) => t.within && t.score > before);
        const best = bestWithinBudget(backbone, options);
        expect(best === undefined).toBe(wins.length === 0);
        if (best !== undefined) expect(best.scoreGain).toBeCloseTo(Math.max(...wins.map((t) => t.score)) - before, 9);
      }),
      { numRuns: 30 },
    );
  });

  test('the best next change wins most per cost', () => {
    fc.assert(
      fc.property(budgeted, (backbone) => {
        const { score, costs } = backbone.analysis ?? fail();
        const wins = bruteForce(backbone, gentleMoves, key).filter((t) => t.within && t.score > score[key]);
        const rate = (gain: number, cost: number): number => (cost <= 0 ? Number.POSITIVE_INFINITY : gain / cost);
        const best = bestNext(backbone, options);
        expect(best === undefined).toBe(wins.length === 0);
        if (best === undefined) return;
        const rates = wins.map((t) => rate(t.score - score[key], t.macs - costs.macs));
        expect(rate(best.scoreGain, best.costGain) / Math.max(...rates)).not.toBeLessThan(1 - 1e-9);
      }),
      { numRuns: 30 },
    );
  });

  test('fitting a budget never loses more than the best single change that gets there', () => {
    fc.assert(
      fc.property(budgeted, (backbone) => {
        const { analysis, budgets } = backbone;
        const [budget] = budgets;
        if (analysis === undefined || budget === undefined || exceeded(analysis.costs, budget.budget).length === 0)
          return;
        const fitting = bruteForce(backbone, allMoves, key).filter((t) => t.within);
        const fitted = fitBudget(analysis, budget.budget, scoringOf(backbone, options), backbone.space);
        if (fitted !== undefined) expect(exceeded(fitted.costs, budget.budget)).toEqual([]);
        const fresh = fitted === undefined ? undefined : analyse(fitted.backbone);
        if (fitting.length > 0)
          expect(fresh?.score[key]).toBeGreaterThanOrEqual(Math.max(...fitting.map((t) => t.score)) - 1e-9);
      }),
      { numRuns: 30 },
    );
  });
});

const fail = (): never => {
  throw new Error('the backbone can be read');
};

describe('what a person reads', () => {
  const backbone = (text: string): SnapshotBackbone => snapshotOf(text).backbones.at(-1) ?? fail();
  const [, r50] = snapshotOf(SAMPLE).backbones;

  test('the hint names the group, the change and what each unit of cost buys', () => {
    expect(bestNextText(r50 ?? fail(), DEFAULT_OPTIONS)).toMatch(
      /^best next: (C\d|C\d group \d) (depth \+1|k 3 → 5|(out|btn) \d+ → \d+): \+\d+(\.\d+)? per G tinynas$/,
    );
  });

  test('a design that has no numbers has no best change', () => {
    const broken = backbone('backbone n { input 3 x 32 x 32 stem conv(out: , k: 3, s: 2) }');
    expect(bestNextText(broken, DEFAULT_OPTIONS)).toBeUndefined();
    expect(sensitivityTable(broken, [0], DEFAULT_OPTIONS)).toBeUndefined();
  });

  test('the table has each direction of the group once, the best first', () => {
    const rows = sensitivityTable(r50 ?? fail(), [2], DEFAULT_OPTIONS)?.split('\n') ?? [];
    expect(rows[0]).toBe('| change | score (fan-in, nats) | tinynas | score per G |');
    const rates = rows.slice(2).map((row) => Number(row.split('|')[4]?.replace('−', '-')));
    expect(rows.length).toBe(
      2 + effects(new Trials(r50?.analysis ?? fail(), DEFAULT_SCORING), 'tinynas', gentleMoves, [2]).length,
    );
    const wins = rows.slice(2).filter((row) => row.split('|')[2]?.includes('+')).length;
    const sorted = (part: number[], sign: 1 | -1) => expect(part).toEqual(part.toSorted((a, b) => sign * (a - b)));
    sorted(rates.slice(0, wins), -1);
    sorted(rates.slice(wins), 1);
  });
});

describe('the actions', () => {
  const actionsAt = (marked: string) => {
    const { snapshot, position } = at(marked);
    return codeActions(snapshot, { start: position, end: position }, { diagnostics: [] }, DEFAULT_OPTIONS);
  };

  test('one is preferred where a budget says what is wanted', () => {
    const actions = actionsAt(SAMPLE.replace('stem     conv(out: 32', '‸stem     conv(out: 32'));
    const preferred = actions.filter((a) => a.isPreferred);
    expect(preferred.map((a) => a.title)).toEqual([
      expect.stringMatching(/^Best single change within r50: .*: \+.* score, \+.* tinynas$/),
    ]);
    expect(actions.map((a) => a.title)).toContainEqual(
      expect.stringMatching(/^Best change for 10 % less tinynas: −.* \(\d+ numbers? changes?\)$/),
    );
  });

  test('without a budget none is', () => {
    const actions = actionsAt(SAMPLE.replace('stem     conv(out: 64', '‸stem     conv(out: 64'));
    expect(actions.filter((a) => a.isPreferred)).toEqual([]);
    expect(actions.map((a) => a.title)).not.toContainEqual(expect.stringMatching(/^Best single/));
  });

  test('an exceeded budget is mended from anywhere in the backbone, and that once', () => {
    const text = SAMPLE.replace('18.8G', '4G');
    for (const place of ['input 3 x 480', 'btn: 512', 'stage C4 bottleneck(out: 768']) {
      const actions = actionsAt(text.replace(place, `‸${place}`));
      expect(
        actions.filter((a) => a.title.startsWith('Shrink r50_start to hold r50')).map((a) => a.isPreferred),
      ).toEqual([true]);
      expect(actions.filter((a) => a.isPreferred)).toHaveLength(1);
    }
  });

  test('a fix of a problem is preferred to what is only better', () => {
    const actions = actionsAt(SAMPLE.replace('btn: 64,  k: 3, s: 2) x 1', 'btn: ‸264,  k: 3, s: 2) x 1'));
    expect(actions.filter((a) => a.isPreferred).map((a) => a.title)).toEqual(['Change 264 to 256']);
  });

  test('a tenth less cost is saved in truth', () => {
    fc.assert(
      fc.property(anyBackbone, (backbone) => {
        const before = analyse(backbone);
        const amount = before.costs.macs * 0.9;
        const fitted = fitBudget(before, { name: '', limits: [{ cost: 'macs', amount }] }, DEFAULT_SCORING);
        if (fitted !== undefined) expect(costOf(analyse(fitted.backbone).costs, 'macs')).toBeLessThanOrEqual(amount);
      }),
      { numRuns: 30 },
    );
  });
});

test('the hover of a stage shows the changes of all its groups, that of a group its own', () => {
  const tableAt = (marked: string): string => {
    const { snapshot, position } = at(marked);
    const contents = hover(snapshot, position)?.contents;
    return typeof contents === 'object' && 'value' in contents ? contents.value : '';
  };
  const line = 'stage C4 bottleneck(out: 768';
  expect(tableAt(SAMPLE.replace(line, `st‸age C4 bottleneck(out: 768`))).toMatch(/\| C4 group 2 depth \+1 \| \+\d/);
  const own = tableAt(SAMPLE.replace(line, `stage C4 bott‸leneck(out: 768`));
  expect(own).toMatch(/\| change \| score \(fan-in, nats\) \| tinynas \| score per G \|/);
  expect(own).toMatch(/\| depth \+1 \| \+\d/);
});

import { describe, expect, test } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { exceeded } from '../../../server/src/cost/budget.ts';
import { multiScale } from '../../../server/src/entropy/objectives/multi-scale.ts';
import { fitBudget } from '../../../server/src/features/fit-budget.ts';
import { shortMoveText, Trials } from '../../../server/src/features/move-effect.ts';
import { allMoves, effects } from '../../../server/src/features/sensitivity.ts';
import { printBackbone } from '../../../server/src/language/print.ts';
import { tiesOf } from '../../../server/src/space/ties.ts';
import { backboneIn, GRAPHS, TIED } from '../search-graphs.ts';
import { actionsIn } from './acted.ts';

const SCORING = { objective: multiScale, estimator: 'fan-in' } as const;

/** What is offered on the line of a node: titles, and the text that each leaves. */
function offered(text: string, node: string): readonly { readonly title: string; readonly text: string }[] {
  const marked = text.replace(new RegExp(`node ${node} `), `node ${node} \u2038`);
  return actionsIn(marked).map(({ action, text: after }) => ({ title: action.title, text: after }));
}

const MOVES = /^(Widen|Narrow|Deepen|Shorten|Change) /;
const text = printBackbone(TIED);
const nodes = (TIED.wiring?.nodes ?? []).flatMap(({ name }) => (name === '' || name === 'stem' ? [] : [name]));

describe('a fix at a node of a graph', () => {
  test.each([
    ['b', /^Widen b output 64 → 80, c with it: /, { b: 80, c: 80, a: 64 }],
    ['c', /^Widen c output 64 → 80, b with it: /, { b: 80, c: 80, a: 64 }],
    ['e', /^Narrow e output 96 → 80, f with it: /, { e: 80, f: 80 }],
    ['f', /^Widen f output 96 → 120, e with it: /, { e: 120, f: 120 }],
    ['d', /^Widen d output 128 → 160: /, { d: 160 }],
  ] as const)('changes what is tied to %s in the same edit', (node, title, widths) => {
    const found = offered(text, node).find((action) => title.test(action.title));
    expect(offered(text, node).map((action) => action.title)).toContainEqual(expect.stringMatching(title));
    const after = backboneIn(found?.text ?? '');
    const names = TIED.wiring?.nodes.map(({ name }) => name) ?? [];
    for (const [name, out] of Object.entries(widths)) expect(after.groups[names.indexOf(name)]?.out).toBe(out);
  });

  test.each(nodes)('%s: leaves a graph that can be read, and the title tells the truth', (node) => {
    const before = analyse(TIED);
    for (const action of offered(text, node)) {
      if (!MOVES.test(action.title)) continue;
      const after = analyse(backboneIn(action.text));
      const gain = after.score.fanIn - before.score.fanIn;
      const [, sign, digits] = /: ([+−±]?)([\d.]+) score/.exec(action.title) ?? [];
      expect(Number(digits)).toBeCloseTo(Math.abs(gain), 1);
      if (Math.abs(gain) > 0.05) expect(sign).toBe(gain > 0 ? '+' : '−');
    }
  });

  test('is not offered where a width has to stay', () => {
    const splits = printBackbone(GRAPHS[3]?.[1] ?? TIED);
    // b hands on what it reads from a.
    for (const node of ['a', 'b', 'c'])
      expect(offered(splits, node).filter(({ title }) => /^(Widen|Narrow) \w output/.test(title))).toEqual([]);
    expect(offered(splits, 'e').map(({ title }) => title)).toContainEqual(expect.stringMatching(/^Widen e output/));
  });

  test('never gives a block more than it may read', () => {
    const chain = backboneIn(`backbone chain {
      input 3 x 64 x 64
      stem     conv(out: 32, k: 3, s: 2)
      stage C2 shuffle(out: 40, k: 3, s: 2) x 1
    }`);
    const trials = new Trials(analyse(chain), SCORING);
    const outs = effects(trials, 'macs', allMoves, [0]).map(({ to }) => to.out);
    expect(outs).toContain(24);
    expect(Math.max(...outs)).toBeLessThan(40);
  });
});

test('what goes with a change is named in short, and counted where it is much', () => {
  const analysis = analyse(TIED);
  const trials = new Trials(analysis, SCORING);
  const [b] = effects(trials, 'macs', () => [{ kind: 'out', factor: 1.25 }], [3]);
  if (b === undefined) throw new Error('b is widened');
  expect(shortMoveText(b, analysis.network)).toBe('out 64 → 80 with c');
  const many = { ...b, tied: [3, 4, 5, 6, 8] };
  expect(shortMoveText(many, analysis.network)).toBe('out 64 → 80 with b, c, d and 2 others');
});

test.each(GRAPHS.slice(0, 5))('a budget is fitted without breaking a tie: %s', (_, start) => {
  const before = analyse(start);
  const budget = { name: 'less', limits: [{ cost: 'params', amount: 0.7 * before.costs.params }] };
  const fitted = fitBudget(before, budget, SCORING);
  if (fitted === undefined) throw new Error('it can be fitted');
  const after = backboneIn(printBackbone(fitted.backbone));
  const { costs, score } = analyse(after);
  expect(exceeded(costs, budget)).toEqual([]);
  expect(fitted.score).toBeCloseTo(score.fanIn, 9);
  for (const members of tiesOf(start).members)
    expect(new Set(members.map((m) => after.groups[m]?.out)).size).toBeLessThan(2);
});

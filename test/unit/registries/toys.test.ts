import { expect, test } from 'vitest';
import { comparedRows } from '../../../client/src/compare/rows.ts';
import { tableOf } from '../../../client/src/numbers/rows.ts';
import { signed } from '../../../common/numbers.ts';
import { analyse, type BackboneAnalysis, scoredStages } from '../../../server/src/analysis/analyse.ts';
import { scoreJson } from '../../../server/src/answers/score-json.ts';
import { registerBlock } from '../../../server/src/backbone/blocks.ts';
import { compareText } from '../../../server/src/cli/compare-text.ts';
import { registerCost } from '../../../server/src/cost/registry.ts';
import { registerObjective } from '../../../server/src/entropy/objectives/registry.ts';
import { scoreOfStages } from '../../../server/src/entropy/score-stages.ts';
import { codeActions } from '../../../server/src/features/code-actions.ts';
import { codeLenses } from '../../../server/src/features/code-lenses.ts';
import { comparedCosts, comparedDesigns, comparedObjectives } from '../../../server/src/features/comparison.ts';
import { completion } from '../../../server/src/features/completion.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { numbersTable } from '../../../server/src/features/numbers-table.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { picture } from '../../../server/src/features/picture.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { runSearch } from '../../../server/src/search/node/run-search.ts';
import { DEFAULT_TASK, isResult } from '../../../server/src/search/task.ts';
import { toyBlock } from './toy-block.ts';
import { toyCost } from './toy-cost.ts';
import { toyObjective } from './toy-objective.ts';
import { toyPeak } from './toy-peak.ts';

registerBlock(toyBlock);
registerCost(toyCost);
registerCost(toyPeak);
registerObjective(toyObjective);

const text = (limit: string): string => `backbone toys {
  input 3 x 64 x 64
  within little
  entropy C2: 1
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 toyblock(out: 32, btn: 8, k: 3, s: 2, twice: yes) x 2
}
budget little { toycost <= ${limit} }
search { start toys  within little  objective toyscore }
`;

/** The text without its mark, and where that stood. */
function marked(marks: string) {
  const snapshot = snapshotOf(marks.replace('|', ''));
  return { snapshot, position: snapshot.document.positionAt(marks.indexOf('|')) };
}

function labels(marks: string): string[] {
  const { snapshot, position } = marked(marks);
  return completion(snapshot, position, DEFAULT_OPTIONS, { snippets: true }).map(({ label }) => label);
}

function hovered(marks: string): string {
  const { snapshot, position } = marked(marks);
  return JSON.stringify(hover(snapshot, position)?.contents);
}

test('completion proposes what was registered', () => {
  expect(labels(text('1kB').replace('toyblock(', '|toyblock('))).toContain('toyblock');
  expect(labels(text('1kB').replace('twice: yes', '|'))).toContain('twice');
  expect(labels(text('1kB').replace('toycost <= 1kB', '|'))).toContain('toycost');
  expect(labels(text('1kB').replace('objective toyscore', 'objective |'))).toContain('toyscore');
});

test('hover says what it is', () => {
  expect(hovered(text('1kB').replace('twice', 'tw|ice'))).toContain(toyBlock.optional[0]?.doc);
  expect(hovered(text('1kB').replace('toycost', 'toy|cost'))).toContain(toyCost.doc);
  expect(hovered(text('1kB').replace('objective', 'obj|ective'))).toContain(toyObjective.doc);
  expect(hovered(text('1kB').replace('toyblock', 'toy|block'))).toContain('toycost');
});

// 16 of the stem, then 8 + 32 + 32 twice.
const COST = 10 * (16 + 2 * (8 + 32 + 32));

test('the numbers of the text have it, a budget limits it in its unit, and JSON says it', () => {
  const snapshot = snapshotOf(text('1kB'));
  expect(snapshot.problems.map(({ code, message }) => [code, message])).toEqual([
    ['budget-exceeded', expect.stringContaining('1.6 kB toycost, at most 1 kB toycost')],
  ]);
  expect(snapshotOf(text('1600B')).problems).toEqual([]);
  const [table] = numbersTable(snapshot);
  expect(table?.total.costs[table.costs.indexOf('toycost')]).toBe(COST);
  const [backbone] = snapshot.backbones;
  if (backbone?.analysis === undefined) throw new Error('the toy has numbers');
  expect(scoreJson(backbone.analysis)).toMatchObject({ toycost: COST });
});

const toyScore = ({ stages, backbone }: BackboneAnalysis): number =>
  scoreOfStages(toyObjective, backbone.weights, scoredStages(stages, 'fanIn'));

const analysed = (text: string): BackboneAnalysis => {
  const analysis = snapshotOf(text).backbones[0]?.analysis;
  if (analysis === undefined) throw new Error('the toy has numbers');
  return analysis;
};

test('the editor shows the toy objective where a search names it: lens, hover, changes, picture and numbers', () => {
  const snapshot = snapshotOf(text('3kB'));
  const score = toyScore(analysed(text('3kB')));
  const titles = codeLenses(snapshot, DEFAULT_OPTIONS, { runSearch: 'run' }).map(({ command }) => command?.title);
  expect(titles).toContainEqual(expect.stringMatching(new RegExp(`^toyscore ${score.toFixed(1)} · `)));
  expect(picture(snapshot, DEFAULT_OPTIONS)[0]).toMatchObject({ score, scoreText: `toyscore ${score.toFixed(1)}` });
  expect(hovered(text('3kB').replace('backbone t', 'backbone |t'))).toContain(
    `toyscore ${score.toFixed(1)}** (fan-in)`,
  );

  const from = snapshot.document.positionAt(snapshot.document.getText().indexOf('toyblock'));
  const context = { diagnostics: [] };
  const actions = codeActions(snapshot, { start: from, end: from }, context, DEFAULT_OPTIONS);
  const deeper = actions.find(({ title }) => title.startsWith('Deepen C2 2 → 3'));
  const gain = toyScore(analysed(text('3kB').replace(') x 2', ') x 3'))) - score;
  expect(deeper?.title).toContain(`: ${signed(gain)} score, `);

  const [table] = numbersTable(snapshot);
  expect(table?.score).toEqual({ name: 'toyscore', unit: '' });
  expect(table?.total.scores[table.forms.indexOf('fan-in')]).toBe(score);
  if (table === undefined) throw new Error('the toy has numbers');
  const { columns, totals } = tableOf(table, undefined, undefined);
  expect(totals[0]?.name).toBe('All, and the score toyscore (no unit)');
  const at = columns.flatMap((c) => c.columns).findIndex(({ id }) => id === 'toycost');
  // Blocks come first. The unit is the definition's.
  expect(totals[0]?.cells[at + 1]).toEqual({ text: '1.6 kB' });
});

test('a comparison has the toy cost in its unit, and the toy objective once a design is searched by it', () => {
  const measures = { estimator: 'fanIn', costs: comparedCosts(), objectives: comparedObjectives() } as const;
  const rowsOf = (of: string) => {
    const [all, first] = comparedRows(comparedDesigns(snapshotOf(of), 'a.mae'), 0, measures);
    return { all: all?.rows ?? [], stage: first?.rows ?? [] };
  };
  const score = toyScore(analysed(text('3kB'))).toFixed(1);
  const { all, stage } = rowsOf(text('3kB'));
  expect(all).toContainEqual({ name: 'toycost', cells: [{ text: '1.6 kB' }] });
  expect(stage).toContainEqual({ name: 'toycost', cells: [{ text: '160 B' }] });
  expect(all).toContainEqual({ name: 'toyscore', cells: [{ text: score }] });
  expect(compareText(comparedDesigns(snapshotOf(text('3kB')), 'a.mae'))).toMatch(
    new RegExp(`toyscore\\s+${score}[\\s\\S]*toycost\\s+1\\.6 kB`),
  );
  expect(rowsOf(text('3kB').replace('objective toyscore', '')).all.map(({ name }) => name)).not.toContain('toyscore');
});

test('a search holds a toy peak by its own bytes, and follows one peak only', async () => {
  const start = snapshotOf(text('3kB')).design.backbones[0]?.backbone;
  if (start === undefined) throw new Error('the toy can be read');
  const { costs } = analyse(start);
  expect(costs['toypeak']).toBe(costs.memory / 2);
  const limits = [{ cost: 'toypeak', amount: costs.memory / 2 }];
  const task = { ...DEFAULT_TASK, start, budget: { name: 'peak', limits }, evaluations: 4000, population: 32 };
  const found = await runSearch(task);
  if (!isResult(found)) throw new Error(found.message);
  expect(found.costs['toypeak']).toBe(analyse(found.backbone).costs['toypeak']);
  expect(found.costs['toypeak']).toBeLessThanOrEqual(costs.memory / 2);
  expect(found.score).toBeGreaterThan(found.start.score);
  const two = { name: 'peaks', limits: [...limits, { cost: 'memory', amount: 1e9 }] };
  expect(await runSearch({ ...task, budget: two })).toMatchObject({
    code: 'bad-task',
    message: expect.stringContaining('toypeak and memory are peaks'),
  });
});

test('a search changes the toy block under the toy budget by the toy objective', async () => {
  const start = snapshotOf(text('3kB')).design.backbones[0]?.backbone;
  if (start === undefined) throw new Error('the toy can be read');
  const budget = { name: 'little', limits: [{ cost: 'toycost', amount: 3000 }] };
  const task = { ...DEFAULT_TASK, start, budget, objective: 'toyscore', evaluations: 4000, population: 32 };
  const found = await runSearch(task);
  if (!isResult(found)) throw new Error(found.message);
  expect(found.backbone.groups[1]).toMatchObject({ block: 'toyblock', options: { twice: 'yes' } });
  expect(found.backbone.groups).not.toEqual(start.groups);
  const fresh = analyse(found.backbone);
  expect(fresh.costs['toycost']).toBeLessThanOrEqual(3000);
  expect(found.costs['toycost']).toBe(fresh.costs['toycost']);
  expect(found.score).toBeCloseTo(toyScore(fresh), 9);
  expect(found.score).toBeGreaterThan(toyScore(analyse(start)));
  expect(found.bound).toBeUndefined();
});

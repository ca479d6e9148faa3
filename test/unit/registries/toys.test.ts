import { expect, test } from 'vitest';
import { analyse, type BackboneAnalysis, scoredStages } from '../../../server/src/analysis/analyse.ts';
import { registerBlock } from '../../../server/src/backbone/blocks.ts';
import { scoreJson } from '../../../server/src/cli/score-json.ts';
import { registerCost } from '../../../server/src/cost/registry.ts';
import { registerObjective } from '../../../server/src/entropy/objectives/registry.ts';
import { scoreOfStages } from '../../../server/src/entropy/score-stages.ts';
import { completion } from '../../../server/src/features/completion.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { numbersTable } from '../../../server/src/features/numbers-table.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { runSearch } from '../../../server/src/search/node/run-search.ts';
import { DEFAULT_TASK, isResult } from '../../../server/src/search/task.ts';
import { toyBlock } from './toy-block.ts';
import { toyCost } from './toy-cost.ts';
import { toyObjective } from './toy-objective.ts';

registerBlock(toyBlock);
registerCost(toyCost);
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

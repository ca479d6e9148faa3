import path from 'node:path';
import { expect, test } from 'vitest';
import { type Asked, askedFor, strykerSettings, testPatterns } from '../../../scripts/mutation/stryker.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const ALL = ['test/unit', 'test/golden'];
const COST = 'server/src/cost';

test.each<[string, string, Asked]>([
  [
    'a folder of the sources',
    'cost',
    { ok: true, value: { mutated: ['server/src/cost'], tests: ALL, concurrency: 1 } },
  ],
  [
    'a path from the root, as a shell completes it',
    'server/src/cost/',
    { ok: true, value: { mutated: ['server/src/cost'], tests: ALL, concurrency: 1 } },
  ],
  [
    'as on Windows, with tests and concurrency',
    'server\\src\\cost\\cost.ts entropy --tests test/unit/cost --concurrency 2',
    {
      ok: true,
      value: { mutated: [`${COST}/cost.ts`, 'server/src/entropy'], tests: ['test/unit/cost'], concurrency: 2 },
    },
  ],
])('%s', (_, line, asked) => expect(askedFor(ROOT, line.split(' '))).toEqual(asked));

test.each([
  ['nothing', '', /^Name a folder to mutate\. Usage: npm run mutate -- FOLDER/],
  ['a folder that is not there', 'costs', /^There is no costs, in server\/src neither/],
  ['tests that are not there', 'cost --tests test/unit/costs', /^There is no test\/unit\/costs/],
  ['an option that is not there', 'cost --fast', /^There is no option --fast/],
  ['a concurrency that is no number', 'cost --concurrency many', /^--concurrency takes one number from 1/],
])('%s is refused', (_, line, message) => {
  const asked = askedFor(
    ROOT,
    line.split(' ').filter((word) => word !== ''),
  );
  expect(asked).toMatchObject({ ok: false, message: expect.stringMatching(message) });
});

test('a folder is all of its files, a file is itself; what was found out has a file for each', () => {
  const mutation = { mutated: [COST, `${COST}/cost.ts`], tests: ['test/unit/cost'], concurrency: 1 };
  expect(strykerSettings(ROOT, mutation)).toMatchObject({
    mutate: [`${COST}/**/*.ts`, `${COST}/cost.ts`],
    concurrency: 1,
    incrementalFile: '.mutation/found-cost+server-src-cost-cost.ts.json',
  });
  expect(testPatterns(ROOT, mutation)).toEqual(['test/unit/cost/**/*.test.ts']);
});

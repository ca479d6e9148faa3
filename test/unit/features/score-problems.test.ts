import { describe, expect, test } from 'vitest';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { actionsIn } from './acted.ts';
import { CURSOR } from './cursor.ts';

const STAGES = ['C2', 'C3', 'C4'].map((name) => `  stage ${name} conv(out: 16, k: 3, s: 2)\n`);
const net = (entropy: string, stages = 3): string =>
  `backbone net {\n  input 3 x 256 x 256\n${entropy}  stem     conv(out: 16, k: 3, s: 2)\n${STAGES.slice(0, stages).join('')}}\n`;
const graph = (entropy: string): string => `backbone net {
  input 3 x 64 x 64
${entropy}  stem   conv(out: 16, k: 3, s: 2)
  node a conv(out: 16, k: 3, s: 2) from stem
  output fine: stem, C3: a
}
`;

/** «unweighed warning «net»» of each problem. */
const told = (marked: string): string[] => {
  const text = marked.replaceAll(CURSOR, '');
  return snapshotOf(text).problems.map(
    ({ code, severity, span }) => `${code} ${severity} «${text.slice(span.start, span.end)}»`,
  );
};

/** The line that each fix at the cursor leaves behind. */
const fixes = (marked: string): Record<string, string | undefined> =>
  Object.fromEntries(
    actionsIn(marked).flatMap(({ action, text }) =>
      /^(Change C|Remove C|Add entropy|Change entropy)/.test(action.title)
        ? [
            [
              action.title,
              text
                .split('\n')
                .find((line) => line.includes('entropy'))
                ?.trim(),
            ],
          ]
        : [],
    ),
  );

describe('a weight of a stage that is not there', () => {
  test.each<[string, string, string[], Record<string, string>]>([
    [
      'the last stage has no weight yet',
      net('  entropy C3: 1, C‸5: 6\n'),
      ['missing-stage warning «C5»'],
      { 'Change C5 to C4': 'entropy C3: 1, C4: 6', 'Remove C5: 6': 'entropy C3: 1' },
    ],
    [
      'the last stage has one',
      net('  entropy C3: 1, C4: 1, C‸5: 6\n'),
      ['missing-stage warning «C5»'],
      { 'Remove C5: 6': 'entropy C3: 1, C4: 1' },
    ],
    [
      'nothing else is weighed',
      net('  entropy C‸5: 6\n'),
      ['missing-stage warning «C5»'],
      { 'Change C5 to C4': 'entropy C4: 6' },
    ],
    [
      'the first of several',
      net('  entropy C‸9: 2, C4: 1\n'),
      ['missing-stage warning «C9»'],
      { 'Remove C9: 2': 'entropy C4: 1' },
    ],
    ['a weight of 0 says that', net('  entropy C4: 1, C‸5: 0\n'), [], {}],
    [
      'of a graph',
      graph('  entropy fine: 1, C‸5: 6\n'),
      ['missing-stage warning «C5»'],
      { 'Change C5 to C3': 'entropy fine: 1, C3: 6', 'Remove C5: 6': 'entropy fine: 1' },
    ],
    ['what is no name of a stage is misspelt', graph('  entropy f‸ein: 1\n'), ['unknown-stage error «fein»'], {}],
  ])('%s', (_, marked, problems, mended) => {
    expect(told(marked)).toEqual(problems);
    expect(fixes(marked)).toEqual(mended);
  });

  test('the default weights that find no stage are no problem while one does', () => {
    expect(told(net('', 2))).toEqual([]);
    expect(told(graph(''))).toEqual([]);
  });
});

describe('a backbone of which nothing is weighed', () => {
  test.each<[string, string, string[], Record<string, string>]>([
    [
      'too few stages',
      net('', 1).replace('net', 'n‸et'),
      ['unweighed warning «net»'],
      { 'Add entropy C2: 1': 'entropy C2: 1' },
    ],
    [
      'a line of zeros',
      net('  ent‸ropy C3: 0\n'),
      ['unweighed warning «entropy C3: 0»'],
      { 'Change entropy C3: 0 to entropy C4: 1': 'entropy C4: 1' },
    ],
    [
      'a graph',
      graph('').replace('C3: a', 'end: a').replace('net', 'n‸et'),
      ['unweighed warning «net»'],
      { 'Add entropy end: 1': 'entropy end: 1' },
    ],
    ['a stem that somebody begins', net('', 0).replace('net', 'n‸et'), [], {}],
  ])('%s', (_, marked, problems, mended) => {
    expect(told(marked)).toEqual(problems);
    expect(fixes(marked)).toEqual(mended);
    for (const { action, text } of actionsIn(marked))
      if (action.title.includes('entropy')) expect(told(text)).toEqual([]);
  });

  test('an objective with weights of its own has no need of them', () => {
    const searched = (objective: string): string =>
      `${net('', 1)}search { objective ${objective} space paper minimise layers }\n`;
    for (const objective of ['single-scale', 'zen', 'deepmad']) expect(told(searched(objective))).toEqual([]);
    expect(told(searched('multi-scale'))).toEqual(['unweighed warning «net»']);
  });
});

describe('DeepMAD with squeeze-and-excitation', () => {
  const squeezed = net('')
    .replace('C3 conv(', 'C3 basic(se: yes, btn: 8, ')
    .replace('C4 conv(', 'C4 basic(se: yes, btn: 8, ');

  test('is said once, where the search asks for it', () => {
    expect(told(`${squeezed}search { space paper minimise layers objective deepmad }\n`)).toEqual([
      'not-comparable hint «objective deepmad»',
    ]);
    const two = `${squeezed}search a { space paper minimise layers objective deepmad }\nsearch b { space paper minimise layers objective deepmad }\n`;
    expect(told(two)).toHaveLength(2);
  });

  test.each([
    ['without one', `${net('')}search { space paper minimise layers objective deepmad }\n`],
    ['by another objective', `${squeezed}search { space paper minimise layers objective zen }\n`],
    [
      'of another start',
      `${squeezed}${net('').replace('net', 'other')}search { start other space paper minimise layers objective deepmad }\n`,
    ],
  ])('nothing is said %s', (_, text) => expect(told(text)).toEqual([]));
});

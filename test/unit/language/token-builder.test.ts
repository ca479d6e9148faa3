import { describe, expect, test } from 'vitest';
import { parse } from '../../../server/src/language/parse.ts';

const messages = (text: string): string[] => parse(text).problems.map((problem) => problem.message);

describe('names that begin with a word of the language', () => {
  test.each(['x50', 'xception', 'stages', 'budget_r50', 'start-r50', 'inputs', 'on2', 'xé'])('%s', (name) => {
    const { file, problems } = parse(`backbone ${name} {\n}\n`);
    expect(problems).toEqual([]);
    expect(file.declarations[0]?.name).toBe(name);
  });

  test.each(['x', 'stage', 'within'])('but not %s itself', (name) => {
    expect(messages(`backbone ${name} {\n}\n`)).toEqual([
      `Expected a name, but found '${name}'; '${name}' is a word of the language and cannot be a name.`,
    ]);
  });
});

test.each([
  ['backbone a { input 3 x480 x 480 }', "found 'x480'; put a space after the x: x 480."],
  ['backbone a { stem conv() x10 }', "found 'x10'; put a space after the x: x 10."],
])('an x glued to its number: %s', (text, hint) => expect(messages(text)[0]).toContain(hint));

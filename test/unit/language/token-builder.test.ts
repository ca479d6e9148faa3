import { describe, expect, test } from 'vitest';
import { readDesign } from '../../../server/src/language/design.ts';
import { parse } from '../../../server/src/language/parse.ts';

describe('names that begin with a word of the language', () => {
  test.each(['x50', 'xception', 'stages', 'budget_r50', 'start-r50', 'inputs', 'on2', 'xé'])('%s', (name) => {
    const { file, problems } = parse(`backbone ${name} {\n}\n`);
    expect(problems).toEqual([]);
    expect(file.declarations[0]?.name).toBe(name);
  });

  test.each(['x', 'stage', 'within'])('but not %s itself', (name) => {
    const bad = readDesign(`backbone ${name} {\n}\n`).problems.filter((problem) => problem.code === 'bad-name');
    expect(bad.map((problem) => problem.message)).toEqual([
      `'${name}' is a word of the language: give this backbone another name, such as my_${name}.`,
    ]);
  });
});

test('an x glued to its number where neither a number nor a parenthesis stands before it', () => {
  const [problem] = parse('backbone a { stem conv() /* blocks */ x10 }').problems;
  expect(problem?.message).toContain("found 'x10'; put a space after the x: x 10.");
});

import { beforeAll, describe, expect, test } from 'vitest';
import { readDesign } from '../../server/src/language/design.ts';
import type { Problem, ProblemCode } from '../../server/src/language/problem.ts';
import { graphText } from '../unit/language/arbitrary-graph.ts';
import { processorSeconds } from '../unit/processor-seconds.ts';

describe('5,000 nodes are read within a second', () => {
  const many = (node: (index: number) => string): string =>
    graphText(
      { nodes: [], outputs: [['C3', 'n4999']] },
      Array.from({ length: 5000 }, (_, index) => `node n${index} conv(out: 32, k: 3, s: 1) ${node(index)}`),
    );
  const aboveOf = (index: number): string => (index === 0 ? 'stem' : `n${index - 1}`);

  // The reader is compiled by what it reads: an editor's has read many texts before.
  beforeAll(() => {
    const text = many((index) => `from ${aboveOf(index)}`);
    for (let part = 1; part <= 4; part++) readDesign(text.slice(0, (text.length * part) / 4));
  });

  test.each<[string, string, ProblemCode | undefined]>([
    ['in a row', many((index) => `from ${aboveOf(index)}`), undefined],
    ['in a circle', many((index) => `from ${index === 0 ? 'n4999' : aboveOf(index)}`), 'cycle'],
    ['that all read the next', many((index) => `from n${index + 1}`), 'unknown-name'],
    ['that all read the last', many((index) => `from n${index === 4999 ? 0 : 4999}`), 'cycle'],
    ['that read nothing there is', many((index) => `from nowhere${index}`), 'unknown-name'],
    ['without from', many(() => ''), 'missing-source'],
    ['of one name', many((index) => `from ${aboveOf(index)}`).replaceAll(/node n\d+/g, 'node n'), 'duplicate-name'],
    ['at the resolution of one another', many((index) => `at n${(index + 1) % 5000} from ${aboveOf(index)}`), 'cycle'],
  ])('%s', (_, text, code) => {
    let problems: readonly Problem[] = [];
    const seconds = processorSeconds(() => {
      problems = readDesign(text).problems;
    });
    if (code === undefined) expect(problems).toEqual([]);
    else expect(problems.map((p) => p.code)).toContain(code);
    expect(Math.max(...problems.map(({ message }) => message.length), 0)).toBeLessThan(400);
    expect(seconds).toBeLessThan(1);
  });
});

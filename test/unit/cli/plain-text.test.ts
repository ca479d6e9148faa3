import { expect, test } from 'vitest';
import { plainText } from '../../../server/src/cli/plain-text.ts';

test.each([
  ['A link ([stage](#stage)) and\nits next line.', 'A link (stage) and its next line.'],
  ['See [a paper](https://arxiv.org/abs/1).', 'See a paper (https://arxiv.org/abs/1).'],
  ['**Bold** and *leaning*, 2*3*4.', 'Bold and leaning, 2*3*4.'],
  ['one\n\ntwo\nthree', 'one\n\ntwo three'],
  ['- one\n- two\n  goes on', '- one\n- two goes on'],
  ['severity: error\nwhat it means: a thing', 'severity: error\nwhat it means: a thing'],
])('%j', (markdown, text) => expect(plainText(markdown)).toBe(text));

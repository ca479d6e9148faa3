import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines } from '../../../client/src/dashboard/line-diff.ts';

const shown = (before: string, after: string): string[] =>
  diffLines(before, after).map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-', gap: '~' }[kind]}${text}`);

test('changed lines with a line around them, and a gap for the rest', () => {
  const text = 'a\nb\nc\nd\ne\nf\n';
  expect(shown(text, text.replace('c', 'C'))).toEqual(['~', ' b', '-c', '+C', ' d', '~']);
  expect(shown(text, text)).toEqual(['~']);
  expect(shown('a\nb\n', 'a\nx\nb\n')).toEqual([' a', '+x', ' b']);
});

test('removed lines and kept lines are the old text, added lines and kept lines the new one', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before.join('\n'), after.join('\n'));
      const changes = (kind: string) => lines.filter((l) => l.kind === kind).map((l) => l.text);
      const count = (all: readonly string[], one: string) => all.filter((x) => x === one).length;
      for (const letter of ['a', 'b', 'c', 'd']) {
        const balance = count(changes('added'), letter) - count(changes('removed'), letter);
        expect(balance).toBe(count(after, letter) - count(before, letter));
      }
    }),
  );
});

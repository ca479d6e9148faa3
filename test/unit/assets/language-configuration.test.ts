import { describe, expect, test } from 'vitest';
import configuration from '../../../language-configuration.json' with { type: 'json' };
import manifest from '../../../package.json' with { type: 'json' };

const { wordPattern, indentationRules } = configuration;
const words = (text: string): string[] => text.match(new RegExp(wordPattern.pattern, `g${wordPattern.flags}`)) ?? [];

describe('the language configuration', () => {
  test('takes names with hyphens, names of any script and quantities as one word', () => {
    const line = 'coarse-to-fine 50% r50_start réseau-日本 18.8G 2GB -8';
    expect(words(line)).toEqual(line.split(' '));
  });

  test('ends a word at punctuation', () => {
    expect(words('conv(out: 64,k:3)x 2')).toEqual(['conv', 'out', '64', 'k', '3', 'x', '2']);
  });

  test('selects the same words by double click', () => {
    const separators = manifest.contributes.configurationDefaults['[mae]']['editor.wordSeparators'];
    for (const character of '-_.%') expect(separators).not.toContain(character);
    for (const character of '(){}:,+<=/') expect(separators).toContain(character);
  });

  test.each([
    ['backbone net {', true],
    ['  backbone net {   // a comment', true],
    ['// backbone net {', false],
    ['budget b { layers <= 5 }', false],
  ])('indents after %j: %s', (line, indents) => {
    expect(new RegExp(indentationRules.increaseIndentPattern).test(line)).toBe(indents);
  });
});

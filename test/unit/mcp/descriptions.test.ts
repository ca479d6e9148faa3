import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { entriesFor, entriesOf } from '../../../server/src/answers/explanations.ts';
import { allBlocks, argumentsOf } from '../../../server/src/backbone/blocks.ts';
import { limitedCosts } from '../../../server/src/cost/registry.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { format } from '../../../server/src/language/format.ts';
import { PROBLEM_CODES } from '../../../server/src/language/problem.ts';
import { languageCard, SAMPLE } from '../../../server/src/mcp/language-card.ts';
import { allTools } from '../../../server/src/mcp/registry.ts';

const page = (name: string): string =>
  readFileSync(new URL(`../../../docs/${name}.md`, import.meta.url), 'utf8').replaceAll('\r\n', '\n');

describe('what a program reads before it writes a design', () => {
  test('the sample is a file without problems, in its canonical layout', () => {
    expect(snapshotOf(SAMPLE).problems).toEqual([]);
    expect(format(SAMPLE)).toBe(SAMPLE);
    expect(languageCard()).toContain(SAMPLE);
  });

  test('has every block, argument and cost', () => {
    const card = languageCard();
    for (const block of allBlocks()) {
      expect(card).toContain(`\n- ${block.name}(`);
      for (const { name } of argumentsOf(block)) expect(card).toContain(`\n- ${name}: `);
    }
    for (const cost of limitedCosts()) expect(card).toMatch(new RegExp(`^- ${cost}: \\S`, 'm'));
  });

  test('every tool says what it is, and what each of its arguments means', () => {
    for (const { name, description, input } of allTools()) {
      expect(name).toMatch(/^[a-z_]+$/);
      expect(description.length, name).toBeGreaterThan(200);
      expect(Object.keys(input.shape), name).not.toEqual([]);
    }
  });
});

describe('what can be explained', () => {
  const all = entriesOf({ diagnostics: page('diagnostics'), glossary: page('glossary'), language: page('language') });

  test.each(PROBLEM_CODES)('the diagnostic %s', (code) => {
    const found = entriesFor(code, all);
    expect(found).not.toEqual([]);
    for (const entry of found)
      expect(entry).toMatchObject({ kind: 'diagnostic', title: code, resource: 'mae://docs/diagnostics' });
  });

  test.each([
    ['zen score', 'term'],
    ['macs', 'term'],
    ['macs', 'language'],
    ['btn', 'language'],
    ['evaluations', 'language'],
    ['fpn', 'term'],
    ['bottleneck', 'language'],
  ])('%s as a %s', (word, kind) => {
    expect(entriesFor(word, all).map((entry) => entry.kind)).toContain(kind);
  });
});

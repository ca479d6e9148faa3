import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_WEIGHTS } from '../../../server/src/backbone/backbone.ts';
import { readDesign } from '../../../server/src/language/design.ts';
import { budgetOf, startOf } from '../../../server/src/language/resolve.ts';
import { SAMPLE } from '../features/sample.ts';

describe('the sample of the design document', () => {
  const design = readDesign(SAMPLE);

  test('has no problem', () => expect(design.problems).toEqual([]));

  test('says what is written', () => {
    const [m, start] = design.backbones;
    expect(m?.backbone?.input).toEqual({ channels: 3, height: 800, width: 1280 });
    expect(m?.backbone?.weights).toEqual(DEFAULT_WEIGHTS);
    expect(m?.groups.map(({ group: g }) => [g?.block, g?.out, g?.btn, g?.kernel, g?.stride, g?.depth])).toEqual([
      ['conv', 64, 0, 3, 2, 1],
      ['bottleneck', 120, 64, 3, 2, 2],
      ['bottleneck', 512, 72, 5, 2, 10],
      ['bottleneck', 1632, 112, 5, 2, 10],
      ['bottleneck', 2048, 184, 5, 2, 8],
    ]);
    expect(start?.groups).toHaveLength(6);
    expect(design.budgets[0]?.budget.limits).toEqual([
      { cost: 'tinynas', amount: 18_800_000_000 },
      { cost: 'layers', amount: 91 },
    ]);
    const [search] = design.searches;
    expect(search?.values).toMatchObject({ evaluations: 96_000, population: 256, 'coarse-to-fine': 0.5, seed: 0 });
    expect(search && startOf(search, design)?.name).toBe('r50_start');
    expect(search && budgetOf(search, design)?.name).toBe('r50');
  });
});

test.each([
  ['nothing of it', '', { evaluations: 500, population: 8 }],
  ['a number', 'evaluations 200', { evaluations: 200, population: 8 }],
  ['the usual numbers', 'evaluations 96000  population 256', { evaluations: 96_000, population: 256 }],
])('a search that measures has defaults of its own, and what is written counts: %s', (_, settings, values) => {
  const text = `search { start a  objective zen-measured  ${settings} }`;
  expect(readDesign(text).searches[0]?.values).toMatchObject(values);
});

describe('the settings of a search', () => {
  const read = (settings: string) => readDesign(`search {\n${settings}\n}`).searches[0];

  test.each<[string, string, object]>([
    ['nothing', '', { minimise: undefined, score: undefined, plateau: undefined, 'time-limit': undefined }],
    ['a minimised cost', 'minimise params', { minimise: 'params', score: undefined }],
    ['a score to hold', 'minimise memory score >= 2.09k', { minimise: 'memory', score: 2090 }],
    ['a plateau', 'plateau 20k', { plateau: 20_000 }],
    ['seconds', 'time-limit 30', { 'time-limit': 30 }],
    ['seconds with their unit', 'time-limit 1.5s', { 'time-limit': 1.5 }],
    ['milliseconds', 'time-limit 300ms', { 'time-limit': 0.3 }],
    ['minutes', 'time-limit 5min', { 'time-limit': 300 }],
    ['nothing of a proof', '', { prove: undefined }],
    ['a proof', 'prove yes', { prove: 'yes' }],
    ['no proof', 'prove no', { prove: 'no' }],
  ])('%s', (_, settings, expected) => {
    const search = read(settings);
    expect(search?.values).toMatchObject(expected);
    expect(search?.complete).toBe(true);
  });

  test('what cannot be read leaves the search incomplete', () => {
    for (const settings of ['score >= 3', 'minimise colour', 'minimise macs score 3', 'time-limit 3GB'])
      expect(read(settings)?.complete, settings).toBe(false);
  });
});

/** A text with a piece cut out, doubled, or replaced by something else. */
const mutilated = fc
  .array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(30),
      text: fc.oneof(
        fc.string({ maxLength: 6, unit: 'binary' }),
        fc.constantFrom('{', '}', '(', ')', 'x', ':', ',', '/*', '\0'),
      ),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((edits) =>
    edits.reduce((text, { at, length, text: piece }) => {
      const start = Math.floor(at * text.length);
      return text.slice(0, start) + piece + text.slice(start + length);
    }, SAMPLE),
  );

describe('any text', () => {
  test('is read without an exception, and every problem lies in it', () => {
    fc.assert(
      fc.property(fc.oneof(mutilated, fc.string({ unit: 'binary', maxLength: 200 })), (text) => {
        for (const { span, message } of readDesign(text).problems) {
          expect(span.start).toBeLessThanOrEqual(span.end);
          expect(span.end).toBeLessThanOrEqual(Math.max(1, text.length));
          expect(message).toMatch(/[.?]$/);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a broken line leaves the other backbones their numbers', () => {
    const lines = SAMPLE.split('\n');
    const first = lines.findIndex((line) => line.includes('stage C2'));
    for (const broken of [
      'stage C2 bottleneck(',
      'stage',
      ')))',
      'stage C2 bottleneck(out: 120, btn',
      '%%%',
      'stage C2 x x x',
    ]) {
      const text = lines.with(first, broken).join('\n');
      const design = readDesign(text);
      expect(design.problems.length, broken).toBeGreaterThan(0);
      expect(design.backbones[1]?.backbone, broken).toBeDefined();
      expect(design.backbones[0]?.groups.length, broken).toBeGreaterThanOrEqual(3);
    }
  });
});

test('every problem code is documented', () => {
  const documented = readFileSync(new URL('../../../docs/diagnostics.md', import.meta.url), 'utf8');
  const source = readFileSync(new URL('../../../server/src/language/problem.ts', import.meta.url), 'utf8');
  const codes = [...source.matchAll(/^ {2}'([a-z-]+)',$/gm)].map((match) => match[1] ?? '');
  expect(codes.length).toBeGreaterThan(20);
  for (const code of codes) expect(documented).toContain(`\`${code}\``);
});

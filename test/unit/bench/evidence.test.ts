import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { postponed, strided, widened } from '../../../bench/evidence/blind-spots.ts';
import { accelDesign, carriedOver, macroDesign, transnasDesign } from '../../../bench/evidence/codes.ts';
import { CHECKSUMS, FOLDER, readAccel, readMacro, readTransnas } from '../../../bench/evidence/data.ts';
import { documentsOf } from '../../../bench/evidence/documents.ts';
import { evaluate, evidenceJson } from '../../../bench/evidence/evaluate.ts';
import { type Evidence, evidenceOf } from '../../../bench/evidence/evidence.ts';
import { withoutIntervals } from '../../../bench/evidence/page.ts';
import { allSets, countsAccel, countsMacro, type EvidenceSet } from '../../../bench/evidence/sets.ts';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { DEFAULT_WEIGHTS } from '../../../server/src/backbone/backbone.ts';
import { allObjectives } from '../../../server/src/entropy/objectives/registry.ts';
import { readDesign } from '../../../server/src/language/design.ts';
import { printBackbone } from '../../../server/src/language/print.ts';
import { violations } from '../../../server/src/space/constraints.ts';
import { PRESETS } from '../../../server/src/space/presets.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8').replaceAll('\r\n', '\n');

/** Codes with all that is special about each space: identities, squeeze-and-excitation, no expansion, many halvings. */
const DESIGNS = [
  ...['00000000', '01211022', '22222222'].map(macroDesign),
  ...['6310452063306530652013201320', '1510431015301310153163111331', '6521431143206330133043311510'].map(accelDesign),
  ...['1111', '123414', '44341'].map(transnasDesign),
];

describe('a network is a design of the language', () => {
  test.each(DESIGNS.map((design) => [design.name, design]))('%s', (_, design) => {
    const { backbones, problems } = readDesign(printBackbone(design));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(backbones[0]?.backbone).toEqual(design);
  });

  test.each([
    [
      'NAS-Bench-Macro',
      { networks: readMacro().filter((_, i) => i % 97 === 0), design: macroDesign, counts: countsMacro },
    ],
    [
      'Accel-NASBench',
      { networks: readAccel().filter((_, i) => i % 97 === 0), design: accelDesign, counts: countsAccel },
    ],
  ])('counted as the source of %s counts', (_, { networks, design, counts }) => {
    expect(networks.length).toBeGreaterThan(50);
    for (const network of networks) expect(counts(analyse(design(network.code)), network), network.code).toBe(true);
  });

  test('TransNAS has 725, each digit two basic blocks', () => {
    const { tasks, networks } = readTransnas();
    expect([tasks.length, networks.length]).toEqual([7, 725]);
    const { stages, costs } = analyse(transnasDesign('1423'));
    expect(stages.map(({ lowered }) => lowered.channels)).toEqual([32, 256, 256, 256].toSpliced(1, 1, 64).with(2, 256));
    expect(costs.layers).toBe(2 + 4 * 4);
  });

  test('a missing stage may hand its weight to the last', () => {
    const design = transnasDesign('1111');
    expect(carriedOver(design, ['C1', 'C2']).weights).toEqual({ C2: 8 });
    expect(carriedOver(design, ['C1', 'C2', 'C3', 'C4']).weights).toEqual({ C3: 1, C4: 7 });
    expect(carriedOver(design, ['C3', 'C4', 'C5']).weights).toEqual(DEFAULT_WEIGHTS);
  });
});

test('one change of a code', () => {
  expect(strided('12')).toEqual(['32', '14']);
  expect(widened(1)('132')).toEqual(['232', '142']);
  expect(widened(2)('132')).toEqual([]);
  expect(postponed('413')).toEqual(['233']);
});

test('the data is named with its sums', () => {
  const about = readFileSync(new URL('README.md', FOLDER), 'utf8');
  for (const [file, sum] of Object.entries(CHECKSUMS)) expect(about).toContain(`${sum}  ${file}`);
});

describe('docs/evidence.md', () => {
  let sets: readonly EvidenceSet[] = [];
  let evidence: Evidence;
  beforeAll(async () => {
    sets = allSets();
    evidence = await evidenceOf(sets, 0);
  }, 180_000);

  test('has every figure as it is computed afresh', () => {
    const documents = documentsOf(evidence);
    expect(withoutIntervals(read('docs/evidence.md'))).toBe(withoutIntervals(documents['docs/evidence.md'] ?? ''));
    for (const picture of Object.keys(documents).filter((name) => name.endsWith('.svg')))
      expect(read(picture)).toBe(documents[picture]);
  });

  test('has the intervals of a task', () => {
    const task = sets.find(({ id }) => id === 'transnas-jigsaw');
    if (task === undefined) throw new Error('there is no such task');
    const { measures } = evaluate(task);
    const { low, high } = measures.find(({ measure }) => measure === 'activations')?.pairs ?? { low: 0, high: 0 };
    const interval = `(${low.toFixed(3)} to ${high.toFixed(3)})`.replaceAll('0.', '.');
    expect(read('docs/evidence.md')).toMatch(
      new RegExp(`^\\| jigsaw .*${interval.replace(/[().]/g, '\\$&')} \\|$`, 'm'),
    );
    for (const { tau, pairs } of measures)
      for (const figure of [tau, pairs]) {
        expect(figure.low).toBeLessThan(figure.value);
        expect(figure.high).toBeGreaterThan(figure.value);
      }
  });

  test('what an independent computation gave is within .01', () => {
    const found = evidence.results.map(({ measures }) => measures.find(({ measure }) => measure === 'multi-scale'));
    const independent = [
      { tau: 0.57, pairs: 0.67 },
      { tau: 0.54, pairs: 0.68 },
    ];
    independent.forEach(({ tau, pairs }, i) => {
      expect(Math.abs((found[i]?.tau.value ?? 0) - tau)).toBeLessThan(0.01);
      expect(Math.abs((found[i]?.pairs.value ?? 0) - pairs)).toBeLessThan(0.01);
    });
  });

  test('the best of paper are chains of basic blocks at the limit of depth, and those of sound look like what was trained', () => {
    const { paper, sound } = evidence.looks;
    expect(paper.map(({ proven }) => proven)).toEqual([true, true, true]);
    expect(sound.map(({ proven }) => proven)).toEqual([true, true, true]);
    for (const { depth, design, narrowest } of paper) {
      expect(depth).toBe(16);
      expect(narrowest).toBeLessThan(0.1);
      const deepest = design?.groups.filter((g) => g.depth === 16) ?? [];
      expect(deepest.length).toBeGreaterThan(0);
      for (const g of deepest) {
        expect(g.block).toBe('basic');
        expect(g.btn).toBeLessThanOrEqual(48);
      }
    }
    for (const { design } of sound) expect(design && violations(design, PRESETS.sound)).toEqual([]);
  });

  test('JSON has every set with every objective that needs no forward pass', () => {
    const { sets: all } = JSON.parse(JSON.stringify(evidenceJson(evidence.results)));
    expect(Object.keys(all)).toEqual(sets.map(({ id }) => id));
    const named = [
      ...allObjectives().flatMap(({ name, measured }) => (measured ? [] : [name])),
      'layers',
      'params',
      'macs',
      'activations',
    ];
    for (const set of Object.values<{ n: number; tau: object; pairs: object }>(all)) {
      expect(Object.keys(set)).toEqual(['n', 'tau', 'pairs']);
      expect(Object.keys(set.tau)).toEqual(expect.arrayContaining(named));
      expect(Object.keys(set.pairs)).toEqual(Object.keys(set.tau));
    }
  });
});

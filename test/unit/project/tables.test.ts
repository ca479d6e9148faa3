import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PUBLISHED } from '../../../scripts/published.ts';
import { analysisOf, PAGE, tablesPage } from '../../../scripts/tables.ts';
import { detectorJson } from '../../../server/src/answers/score-json.ts';
import { detectorText } from '../../../server/src/cli/detector-text.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';

const FOLDER = new URL('../../../examples/detectors/', import.meta.url);

describe('docs/tables.md', () => {
  test('is what npm run tables writes', () => {
    expect(readFileSync(PAGE, 'utf8').replaceAll('\r\n', '\n')).toBe(tablesPage());
  });

  const linked = PUBLISHED.flatMap(({ rows }) =>
    rows.flatMap((row) => ('backbone' in row && row.example !== undefined ? [[row.example, row] as const] : [])),
  );
  test.each(linked)('links %s, which has the numbers of its row', (example, row) => {
    const [detector] = snapshotOf(readFileSync(new URL(`${example}.mae`, FOLDER), 'utf8')).detectors;
    expect(detector?.analysis?.detector.backbone.input).toEqual(analysisOf(row).detector.backbone.input);
    expect(detector?.analysis?.costs).toEqual(analysisOf(row).costs);
  });

  test('links every example', () => expect(linked).toHaveLength(10));

  test('tells what is quoted only from what is counted, and by which convention a count is the printed one', () => {
    const said = tablesPage().split('\n');
    expect(said.find((line) => line.includes('| SP-NAS |'))).toBe(
      '| – | SP-NAS | – | – | – | – | – | 655 G | quoted only: its structure on COCO was never published | 47.4 |',
    );
    expect(said.find((line) => line.includes('| 411 G |'))).toContain('| by macs | 37.0 |');
  });
});

const read = (page: string): string =>
  readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8').replaceAll('\r\n', '\n');

test('the README shows a detector with its numbers', () => {
  const shown = /```mae\n([^`]*\ndetector [^`]*)```[^`]*`mae score`[^`]*```text\n([^`]*)\n```/.exec(read('README.md'));
  const [, sample = '', output = ''] = shown ?? [];
  const [detector] = snapshotOf(sample).detectors;
  if (detector?.analysis === undefined) throw new Error('no detector');
  expect(output).toBe(detectorText(detector.analysis, detector.budgets));
});

test('docs/command-line.md shows the JSON of a detector that is an example', () => {
  const [, shown = ''] = /```json\n([^`]*)```/.exec(read('docs/command-line.md')) ?? [];
  const [detector] = snapshotOf(read('examples/detectors/gflv2_maedet_m.mae')).detectors;
  if (detector?.analysis === undefined) throw new Error('no detector');
  expect(JSON.parse(shown)).toEqual(detectorJson(detector.analysis));
});

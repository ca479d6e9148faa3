import { expect, test } from 'vitest';
import { downstreamOf } from '../../../server/src/detector/downstream.ts';
import { registerPart } from '../../../server/src/detector/parts.ts';
import { completion } from '../../../server/src/features/completion.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { lineHints } from '../../../server/src/features/line-hints.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { picture } from '../../../server/src/features/picture.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { format } from '../../../server/src/language/format.ts';
import { runSearch } from '../../../server/src/search/node/run-search.ts';
import { DEFAULT_TASK, isResult } from '../../../server/src/search/task.ts';
import { toyHead, toyNeck } from './toy-parts.ts';

registerPart(toyNeck);
registerPart(toyHead);

const text = `backbone net {
  input 3 x 64 x 64

  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 32, btn: 8,  k: 3, s: 2) x 1
  stage C3 bottleneck(out: 64, btn: 16, k: 3, s: 2) x 1
}

detector toys {
  backbone net
  classes 5
  neck toyneck(toywidth: 24)
  head toyhead
}
`;

/** The text without its mark, and where that stood. */
function marked(marks: string) {
  const snapshot = snapshotOf(marks.replace('|', ''));
  return { snapshot, position: snapshot.document.positionAt(marks.indexOf('|')) };
}

function labels(marks: string): string[] {
  const { snapshot, position } = marked(marks);
  return completion(snapshot, position, DEFAULT_OPTIONS, { snippets: true }).map(({ label }) => label);
}

function hovered(marks: string): string {
  const { snapshot, position } = marked(marks);
  return JSON.stringify(hover(snapshot, position)?.contents);
}

test('the language takes what was registered, proposes it and says what it is', () => {
  expect(snapshotOf(text).problems).toEqual([]);
  expect(format(text)).toBe(text);
  expect(labels(text.replace('toyneck(toywidth: 24)', '|'))).toContain('toyneck');
  expect(labels(text.replace('head toyhead', 'head |'))).toContain('toyhead');
  expect(labels(text.replace('toywidth: 24', '|'))).toContain('toywidth');
  expect(hovered(text.replace('toyneck', 'toy|neck'))).toContain(toyNeck.doc);
  expect(hovered(text.replace('toywidth', 'toy|width'))).toContain('Channels that the toy hands on.');
});

test('what others call it, and what it finds wrong, are told', () => {
  const wrong = snapshotOf(text.replace('toyneck(', 'toypyramid('));
  expect(wrong.problems.map(({ message }) => message)).toContainEqual(expect.stringContaining('toyneck'));
  const one = snapshotOf(text.replace('toywidth: 24', 'from: C3'));
  expect(one.problems.map(({ message }) => message)).toEqual(['A toy head reads two levels.']);
});

// C2 is 16×16, C3 8×8; the head's weights are there once.
const MACS = { toyneck: (32 * 256 + 64 * 64) * 24, toyhead: 24 * 5 * (256 + 64) };

test('its costs are read off what it builds, on its line, in the picture and in the whole', () => {
  const snapshot = snapshotOf(text);
  const parts = snapshot.detectors[0]?.analysis?.parts.slice(1) ?? [];
  expect(parts.map(({ name, costs }) => [name, costs.macs, costs.params])).toEqual([
    ['toyneck', MACS.toyneck, (32 + 64) * 24],
    ['toyhead', MACS.toyhead, 24 * 5 + 5],
  ]);
  const hints = lineHints(snapshot, DEFAULT_OPTIONS).map(({ cells }) => cells.map(({ value }) => value).join(' '));
  expect(hints).toContainEqual(expect.stringMatching(/% 295 k$/));
  expect(picture(snapshot, DEFAULT_OPTIONS)[1]?.groups.map(({ block }) => block)).toContain('toyhead');
});

test('a search holds a budget with it', async () => {
  const analysis = snapshotOf(text).detectors[0]?.analysis;
  if (analysis === undefined) throw new Error('the detector has no numbers');
  const budget = { name: 'some', limits: [{ cost: 'macs', amount: 2e6 }] };
  const task = { ...DEFAULT_TASK, start: analysis.detector.backbone, budget, evaluations: 2000 };
  const outcome = await runSearch({ ...task, downstream: downstreamOf(analysis) }, {});
  expect(isResult(outcome) && outcome.costs.macs).toBeLessThanOrEqual(2e6);
  expect(isResult(outcome) && outcome.costs.macs).toBeGreaterThan(MACS.toyhead);
});

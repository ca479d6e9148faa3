import { describe, expect, test } from 'vitest';
import { signed } from '../../../common/numbers.ts';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { scoreOf } from '../../../server/src/analysis/score-of.ts';
import type { Scoring } from '../../../server/src/entropy/objectives/definition.ts';
import { objectiveOf } from '../../../server/src/entropy/objectives/registry.ts';
import { codeLenses } from '../../../server/src/features/code-lenses.ts';
import { comparedDesigns, comparedObjectives } from '../../../server/src/features/comparison.ts';
import { completion } from '../../../server/src/features/completion.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { NOTHING_KNOWN } from '../../../server/src/features/knowledge.ts';
import { numbersTable } from '../../../server/src/features/numbers-table.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { picture } from '../../../server/src/features/picture.ts';
import { scoringOf } from '../../../server/src/features/scoring-of.ts';
import { taskOf } from '../../../server/src/features/search-report.ts';
import { resolveRunnable } from '../../../server/src/features/search-targets.ts';
import { bestNextText } from '../../../server/src/features/sensitivity.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { startScore } from '../../../server/src/search/model/start-score.ts';
import { actionsIn } from './acted.ts';
import { at } from './cursor.ts';

const NETS = `backbone net {
  input 3 x 128 x 128
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64, btn: 16, k: 3, s: 2) x 2
  stage C3 basic(out: 96, btn: 48, k: 3, s: 2, se: yes)
  stage C4 bottleneck(out: 128, btn: 32, k: 5, s: 2) x 3
  stage C5 conv(out: 256, k: 3, s: 2)
}
backbone other {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 conv(out: 32, k: 3, s: 2)
  stage C3 conv(out: 64, k: 3, s: 2)
}
budget b { macs <= 1G }
`;
const searching = (settings: string): string => `${NETS}search quick { start net within b ${settings} }\n`;
const by = (objective: string, estimator: Scoring['estimator'] = 'fan-in'): Scoring => ({
  objective: objectiveOf({ objective }),
  estimator,
});

const lenses = (text: string) => codeLenses(snapshotOf(text), DEFAULT_OPTIONS, { runSearch: 'run' });
/** The lens over the backbone of this place in the text. */
function lensOf(text: string, index = 0) {
  const { line } = snapshotOf(text).document.positionAt(
    text
      .split(/^(?=backbone)/m)
      .slice(0, index)
      .join('').length,
  );
  const found = lenses(text).find(({ range, command }) => range.start.line === line && command?.command === '');
  return found?.command;
}

function backboneOf(text: string, name = 'net') {
  const found = snapshotOf(text).backbones.find(({ source }) => source.name === name);
  if (found?.analysis === undefined) throw new Error('the text has numbers');
  return { ...found, analysis: found.analysis };
}

function hoverOf(marked: string): string {
  const { snapshot, position } = at(marked);
  const contents = hover(snapshot, position, NOTHING_KNOWN, DEFAULT_OPTIONS)?.contents;
  return typeof contents === 'object' && 'value' in contents ? contents.value.replaceAll('\u00a0', ' ') : '';
}

const CASES: readonly (readonly [settings: string, scoring: Scoring, lens: RegExp])[] = [
  ['', by('multi-scale'), /^Z \d+\.\d \(fan-in\) · /],
  ['estimator exact', by('multi-scale', 'exact'), /^Z \d+\.\d \(exact\) · /],
  ['objective single-scale', by('single-scale'), /^single-scale \d+\.\d nats \(fan-in\) · /],
  ['objective zen', by('zen'), /^zen \d+\.\d nats \(fan-in\) · /],
  ['objective zen estimator exact', by('zen', 'exact'), /^zen \d+\.\d nats \(exact\) · /],
  ['objective zen-measured', by('zen-measured'), /^zen-measured \d+\.\d nats \(fan-in, not measured\) · /],
  ['objective deepmad estimator exact', by('deepmad'), /^DeepMAD \d+(\.\d)? · /],
];

describe.each(CASES)('a search with «%s»', (settings, scoring, lens) => {
  const text = searching(settings);
  const backbone = backboneOf(text);
  const score = scoreOf(backbone.analysis, scoring);

  test('decides how the lens, the picture and the numbers of its start are scored', () => {
    expect(scoringOf(backbone, DEFAULT_OPTIONS)).toEqual(scoring);
    expect(lensOf(text)?.title).toMatch(lens);
    expect(Number(/\d+(\.\d)?/.exec(lensOf(text)?.title ?? '')?.[0])).toBeCloseTo(score, 0);
    const drawn = picture(snapshotOf(text), DEFAULT_OPTIONS)[0];
    expect(drawn?.score).toBe(score);
    expect(lensOf(text)?.title).toContain(`${drawn?.scoreText} · `);
    const [table] = numbersTable(snapshotOf(text));
    const forms = { 'fan-in': 'fan-in', exact: 'exact, linear' };
    expect(table?.total.scores[table.forms.indexOf(forms[scoring.estimator])]).toBeCloseTo(score, 9);
  });

  test('and no other backbone', () => {
    expect(lensOf(text, 1)?.title).toBe(lensOf(NETS, 1)?.title);
    expect(lensOf(text, 1)?.title).toMatch(/^Z /);
  });

  test('changes have the effect that a full analysis finds', () => {
    const change = actionsIn(text.replace('btn: 32', 'btn: ‸32')).find((a) =>
      a.action.title.startsWith('Widen C4 bot'),
    );
    const gain = scoreOf(backboneOf(change?.text ?? '').analysis, scoring) - score;
    expect(change?.action.title).toContain(`: ${signed(gain)} score, `);
    expect(gain).not.toBe(0);
    const item = completion(...cursor(text.replace('btn: 32', 'btn: ‸32')), DEFAULT_OPTIONS, { snippets: true });
    const wider = text.replace('btn: 32', 'btn: 40');
    const to40 = scoreOf(backboneOf(wider).analysis, scoring) - score;
    expect(item.find(({ label }) => label === '40')?.detail).toContain(`${signed(to40)} score`);
  });

  test('a shrunk design loses what the title says', () => {
    const tight = text.replace('macs <= 1G', 'macs <= 20M');
    const shrunk = actionsIn(tight.replace('stage C4', 'sta‸ge C4')).find((a) =>
      a.action.title.startsWith('Shrink net'),
    );
    const loss = scoreOf(backboneOf(shrunk?.text ?? '').analysis, scoring) - score;
    expect(shrunk?.action.title).toContain(`: ${signed(loss)} score, `);
  });

  test('is what the search itself scores its start by', () => {
    const resolved = resolveRunnable(snapshotOf(text), { kind: 'search', id: '0' });
    if (!resolved.ok) throw new Error(resolved.message);
    expect(startScore(taskOf(resolved.search, 1))).toBeCloseTo(score, 9);
  });
});

const cursor = (marked: string) => {
  const { snapshot, position } = at(marked);
  return [snapshot, position] as const;
};

describe('which search decides', () => {
  const first = 'search a { start net within b objective zen }\n';
  const second = 'search b { start net within b objective deepmad }\n';

  test('is the first in the file, and the words say so', () => {
    const text = NETS + first + second;
    expect(lensOf(text)?.title).toMatch(/^zen /);
    expect(lensOf(NETS + second + first)?.title).toMatch(/^DeepMAD /);
    expect(lensOf(text)?.tooltip).toBe(
      'Scored as the search a does, by zen, fan-in: a closed-form stand-in for the Zen-Score, of the last stage with its ReLUs. 2 searches start from it: the first in the file decides. It weighs C5.',
    );
  });

  test('nothing is said of several that score alike', () => {
    expect(lensOf(`${NETS}search a { start net }\nsearch b { start net seed 2 }\n`)?.tooltip).toBe(
      'It weighs C3, C4, C5.',
    );
  });

  test('one whose objective cannot be read leaves the default', () => {
    expect(lensOf(searching('objective zenn'))?.title).toMatch(/^Z /);
    expect(lensOf(searching('objective'))?.title).toMatch(/^Z /);
  });

  test('a search without a start decides where there is one backbone only', () => {
    const alone = `backbone net {${NETS.split('backbone net {')[1]?.split('backbone other')[0]}search { objective zen }\n`;
    expect(lensOf(alone)?.title).toMatch(/^zen /);
    expect(lensOf(`${NETS}search { objective zen }\n`)?.title).toMatch(/^Z /);
  });
});

describe('the hover', () => {
  test('of a backbone names the score with its closed forms, why it is that one, and what it weighs', () => {
    const text = hoverOf(searching('objective zen').replace('backbone net', 'backbone n‸et'));
    const { analysis } = backboneOf(NETS);
    const [fanIn, exact] = [scoreOf(analysis, by('zen')), scoreOf(analysis, by('zen', 'exact'))].map((v) =>
      v.toFixed(2),
    );
    expect(text).toContain(`**zen ${fanIn} nats** (fan-in), ${exact} (exact). `);
    expect(text).toContain('Scored as the search quick does, by zen, fan-in: ');
    expect(text).toContain('It weighs C5.');
    expect(text).toContain(
      `| zen (fan-in): a closed-form stand-in for the Zen-Score, of the last stage with its ReLUs | ${fanIn} |`,
    );
  });

  test('of a stage says its part of that score', () => {
    const { analysis } = backboneOf(NETS);
    const zen = scoreOf(analysis, by('zen')).toFixed(2);
    expect(hoverOf(searching('objective zen').replace('stage C5', 'sta‸ge C5'))).toContain(
      `α · H = 1 · ${zen} = ${zen} of ${zen} nats (zen, fan-in, H less what the ReLUs take)`,
    );
    expect(hoverOf(searching('objective deepmad').replace('stage C5', 'sta‸ge C5'))).not.toContain(
      'Its part of the score',
    );
  });

  test('of a group heads the changes with the score', () => {
    expect(hoverOf(searching('objective deepmad').replace('conv(out: 256', 'co‸nv(out: 256'))).toContain(
      '| change | score (DeepMAD) | macs |',
    );
  });

  test('says which of the default weights find no stage, and so does the lens', () => {
    expect(hoverOf(NETS.replace('backbone other', 'backbone oth‸er'))).toContain('It weighs C3; there is no C4, C5.');
    expect(lensOf(NETS, 1)?.tooltip).toBe('It weighs C3; there is no C4, C5.');
    expect(snapshotOf(NETS).problems.filter(({ severity }) => severity === 'warning')).toEqual([]);
  });
});

test('the best next change is the best by the objective', () => {
  for (const objective of ['multi-scale', 'deepmad']) {
    const backbone = backboneOf(searching(`objective ${objective}`));
    expect(bestNextText(backbone, DEFAULT_OPTIONS)).toMatch(/^best next: /);
  }
  const texts = ['multi-scale', 'zen', 'deepmad'].map((o) =>
    bestNextText(backboneOf(searching(`objective ${o}`)), DEFAULT_OPTIONS),
  );
  expect(new Set(texts).size).toBe(3);
});

test('the numbers of an objective are those of the forms that it knows', () => {
  const total = (settings: string) => numbersTable(snapshotOf(searching(settings)))[0];
  expect(total('objective deepmad')).toMatchObject({
    score: { name: 'DeepMAD', unit: '' },
    total: { scores: [expect.any(Number), null, null, null] },
    stages: [{ weight: 0 }, { weight: 0 }, { weight: 0 }, { weight: 0 }, { weight: 0 }],
  });
  expect(total('objective zen')).toMatchObject({
    score: { name: 'zen', unit: 'nats' },
    total: { scores: [expect.any(Number), expect.any(Number), null, null] },
  });
  expect(total('objective zen')?.stages.map(({ weight }) => weight)).toEqual([0, 0, 0, 0, 1]);
  expect(total('')?.stages.map(({ weight }) => weight)).toEqual([0, 0, 1, 1, 6]);
});

test('designs are compared by every objective, and say which is theirs', () => {
  const [net, other] = comparedDesigns(snapshotOf(searching('objective zen')), 'a.mae');
  expect([net?.objective, other?.objective]).toEqual(['zen', 'multi-scale']);
  const { analysis } = backboneOf(NETS, 'other');
  for (const { name } of comparedObjectives()) expect(other?.scores[name]).toBe(scoreOf(analysis, by(name)));
  expect(comparedObjectives().map(({ name }) => name)).toEqual(['single-scale', 'zen', 'deepmad', 'robust']);
  const [exact] = comparedDesigns(snapshotOf(NETS), 'a.mae', { height: 64, width: 64 }, 'exact');
  const sized = analyse({ ...backboneOf(NETS).analysis.backbone, input: { channels: 3, height: 64, width: 64 } });
  expect(exact?.scores['zen']).toBe(scoreOf(sized, by('zen', 'exact')));
  expect(exact?.scores['deepmad']).toBe(scoreOf(sized, by('deepmad')));
});

import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { compareJson } from '../../../server/src/answers/compare-json.ts';
import { detectorJson, scoreJson } from '../../../server/src/answers/score-json.ts';
import { compareText } from '../../../server/src/cli/compare-text.ts';
import { scoreText } from '../../../server/src/cli/score-text.ts';
import { limitedCosts } from '../../../server/src/cost/registry.ts';
import { codeActions } from '../../../server/src/features/code-actions.ts';
import { codeLenses } from '../../../server/src/features/code-lenses.ts';
import { comparedDesigns } from '../../../server/src/features/comparison.ts';
import { completion } from '../../../server/src/features/completion.ts';
import { deviceCosts } from '../../../server/src/features/device-costs.ts';
import { deviceNamed } from '../../../server/src/features/devices.ts';
import { formatDocument } from '../../../server/src/features/formatting.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { inlayHints } from '../../../server/src/features/inlay-hints.ts';
import { lineHints } from '../../../server/src/features/line-hints.ts';
import { numbersTable } from '../../../server/src/features/numbers-table.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { picture } from '../../../server/src/features/picture.ts';
import { prepareRename } from '../../../server/src/features/rename.ts';
import { semanticTokens, TOKEN_TYPES } from '../../../server/src/features/semantic-tokens.ts';
import { type Snapshot, snapshotOf } from '../../../server/src/features/snapshot.ts';
import { CURSOR } from './cursor.ts';
import { TIMED, timed, timedAt } from './latency-sample.ts';

const WHOLE = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
const BOTH = TIMED.replace('on toy', 'on toy, latency <= 900ms on phone');
const PLAIN = TIMED.replace('latency <= 300ms on toy', 'params <= 30M');

const hovered = (marked: string): string => {
  const { snapshot, position } = timedAt(marked);
  const found = hover(snapshot, position)?.contents;
  return typeof found === 'object' && 'value' in found ? found.value : '';
};
const lens = (snapshot: Snapshot): string =>
  codeLenses(snapshot, DEFAULT_OPTIONS, { runSearch: 'run' })
    .map(({ command }) => command?.title)
    .join('\n');
const titles = (snapshot: Snapshot, line: number, commands = {}): string[] => {
  const at = { line, character: 12 };
  const context = { diagnostics: [] };
  return codeActions(snapshot, { start: at, end: at }, context, DEFAULT_OPTIONS, commands).map(({ title }) => title);
};
const labels = (marked: string): string[] => {
  const { snapshot, position } = timedAt(marked);
  return completion(snapshot, position, DEFAULT_OPTIONS, { snippets: false }).map(({ label }) => label);
};

describe('the times of the devices that a text names', () => {
  test('stand in hints, lenses, hovers, tables and the picture', () => {
    const snapshot = timed();
    expect(lineHints(snapshot, DEFAULT_OPTIONS).map(({ cells }) => cells.map(({ unit }) => unit))).toContainEqual([
      'H',
      'ms',
      'macs',
    ]);
    expect(inlayHints(snapshot, WHOLE, DEFAULT_OPTIONS)[1]?.label).toMatch(/H · [\d.]+ ms · .* macs$/);
    expect(lens(snapshot)).toMatch(/ macs · [\d.]+ ms on toy, \d+ % of live · /);
    expect(hovered(TIMED.replace('net {', `${CURSOR}net {`))).toMatch(/\| latency\son\stoy \| [\d.]+\sms \|/);
    expect(hovered(TIMED.replace('bottleneck(out: 72', `${CURSOR}bottleneck(out: 72`))).toMatch(
      /latency\son\stoy \| [\d.]+\sms \|/,
    );
    expect(numbersTable(snapshot)[0]?.costs).toEqual([...limitedCosts(), 'latency on toy']);
    expect(picture(snapshot, DEFAULT_OPTIONS)[0]).toMatchObject({ devices: [{ name: 'toy' }] });
  });

  test('of several stand side by side; a hint has that of the first', () => {
    const snapshot = timed(BOTH);
    expect(deviceCosts(snapshot.design)).toEqual(['latency on toy', 'latency on phone']);
    const [table] = numbersTable(snapshot);
    const [toy = 0, phone = 0] = table?.total.costs.slice(-2) ?? [];
    expect(phone / toy).toBeCloseTo(2, 9);
    const [drawn] = picture(snapshot, DEFAULT_OPTIONS);
    expect(drawn?.devices?.map(({ ms }) => ms)).toEqual([toy, phone]);
    expect(drawn?.groups[0]?.times).toHaveLength(2);
    expect(lens(snapshot)).toMatch(/ms on toy, \d+ % of live · [\d.]+ ms on phone, \d+ % of live/);
    expect(lineHints(snapshot, DEFAULT_OPTIONS)[0]?.cells).toHaveLength(3);
  });

  test('are nowhere in a text that names none, though another text does', () => {
    const said = (snapshot: Snapshot) => [
      lineHints(snapshot, DEFAULT_OPTIONS),
      inlayHints(snapshot, WHOLE, DEFAULT_OPTIONS),
      codeLenses(snapshot, DEFAULT_OPTIONS, { runSearch: 'run' }),
      numbersTable(snapshot).map(({ units: _, ...table }) => table),
      picture(snapshot, DEFAULT_OPTIONS),
      snapshot.problems,
      titles(snapshot, 4),
      compareText(comparedDesigns(snapshot, 'a.mae')),
    ];
    const before = JSON.stringify(said(snapshotOf(PLAIN)));
    timed(BOTH);
    const after = JSON.stringify(said(snapshotOf(PLAIN)));
    expect(after).toBe(before);
    expect(after).not.toMatch(/latency|\bms\b/);
  });

  test('add up: the parts are the whole', () => {
    const [table] = numbersTable(timed());
    const sum = table?.groups.reduce((total, { costs }) => total + (costs.at(-1) ?? 0), 0);
    expect(sum).toBeCloseTo(table?.total.costs.at(-1) ?? 0, 9);
  });

  test('are in what score and compare print, by their names', () => {
    const { analysis } = timed().backbones[0] ?? {};
    expect(analysis && scoreText(analysis, ['latency on toy'])).toMatch(/ ms on toy$/m);
    expect(analysis && scoreJson(analysis)).toHaveProperty(['latency on toy'], analysis?.costs['latency on toy']);
    const [plain] = snapshotOf(PLAIN).backbones;
    expect(plain).toBeDefined();
    const designs = [...comparedDesigns(snapshotOf(PLAIN), 'b.mae'), ...comparedDesigns(timed(), 'a.mae')];
    expect(compareText(designs)).toMatch(/latency on toy +[\d.]+ ms +[\d.]+ ms/);
    expect(compareJson(designs).backbones[0]).toHaveProperty(['latency on toy']);
  });

  test('of a detector are those of its parts', () => {
    const text = `${TIMED}detector d { backbone net\n  within live\n  neck fpn(out: 64)\n  head gfl(width: 64) }\n`;
    const snapshot = timed(text);
    const [detector] = snapshot.detectors;
    const whole = detector?.analysis && detectorJson(detector.analysis, ['latency on toy']);
    const parts = whole?.parts.map((part) =>
      Number(Object.entries(part).find(([key]) => key === 'latency on toy')?.[1]),
    );
    expect(parts?.reduce((a, b) => a + b, 0)).toBeCloseTo(detector?.analysis?.costs['latency on toy'] ?? -1, 6);
    expect(lens(snapshot)).toMatch(/macs · .*ms on toy, \d+ % of live · backbone/);
    expect(hovered(text.replace('neck fpn', `neck ${CURSOR}fpn`))).toMatch(/latency\son\stoy \| [\d.]+\sms \|/);
  });
});

describe('what a profile does not reach', () => {
  test('is said at its line, with what is beyond, and in its hover', () => {
    const snapshot = timed();
    const outside = snapshot.problems.filter(({ code }) => code === 'outside-profile');
    expect(outside.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      expect.stringMatching(
        /^information: Outside the profile of toy: .*512→2048.* has 2048 channels written, and the profile 16 to 1024\. Its time is extrapolated/,
      ),
    ]);
    expect(snapshot.document.getText().slice(outside[0]?.span.start)).toMatch(/^bottleneck\(out: 2048/);
    expect(hovered(TIMED.replace('bottleneck(out: 2048', `${CURSOR}bottleneck(out: 2048`))).toMatch(
      /ms\s\(extrapolated\)/,
    );
    expect(hovered(TIMED.replace('bottleneck(out: 72', `${CURSOR}bottleneck(out: 72`))).not.toContain('extrapolated');
  });
});

describe('quick fixes where a latency is limited', () => {
  test('say what a change adds in milliseconds', () => {
    expect(titles(timed(), 6)).toContainEqual(
      expect.stringMatching(/^Deepen C4 3 → 4 blocks: \+[\d.]+ score, \+[\d.]+ M macs, \+[\d.]+ ms on toy$/),
    );
  });

  test('widen what costs nothing', () => {
    const [first] = titles(timed(), 4).filter((title) => title.includes('free on'));
    expect(first).toMatch(/^Widen C2 output 72 → 80: free on toy, \+[\d.]+ score, \+[\d.]+ M macs/);
    expect(hovered(TIMED.replace('bottleneck(out: 72', `${CURSOR}bottleneck(out: 72`))).toMatch(
      /out 72 → 80 costs nothing on toy/,
    );
    expect(titles(timed(PLAIN), 4).filter((title) => title.includes('free on'))).toEqual([]);
  });

  test('bring a design back within the budget', () => {
    const text = TIMED.replace('300ms', '40ms');
    const snapshot = timed(text);
    const over = snapshot.problems.find(({ code }) => code === 'budget-exceeded');
    expect(over?.message).toMatch(/net exceeds budget live by \d+ %: [\d.]+ ms on toy, at most 40 ms on toy\./);
    const { line } = snapshot.document.positionAt(over?.span.start ?? 0);
    expect(titles(snapshot, line)[0]).toMatch(/^Shrink net to hold live: −[\d.]+ score, [\d.]+ ms on toy \(/);
  });

  test('make a profile where there is none, in an editor that can', () => {
    for (const name of ['nowhere', 'broken']) {
      const snapshot = timed(TIMED.replace('on toy', `on ${name}`));
      const at = snapshot.document.positionAt(snapshot.document.getText().indexOf(`on ${name}`) + 3);
      const actions = codeActions(snapshot, { start: at, end: at }, { diagnostics: [] }, DEFAULT_OPTIONS, {
        makeProfile: 'make',
      });
      expect(actions[0]).toMatchObject({
        title: `Make a profile of this machine as ${name}`,
        command: { command: 'make', arguments: [{ uri: 'file:///work/a.mae', device: name }] },
      });
      expect(codeActions(snapshot, { start: at, end: at }, { diagnostics: [] }, DEFAULT_OPTIONS)).toEqual([]);
    }
  });
});

describe('the words of a latency', () => {
  const budget = (line: string): string => TIMED.replace('latency <= 300ms on toy', line);

  test('are proposed', () => {
    expect(labels(budget(`latency <= 10ms on ${CURSOR}`))).toEqual(['broken', 'phone', 'toy']);
    expect(labels(budget(`latency <= 10ms ${CURSOR}`))).toEqual(['on broken', 'on phone', 'on toy']);
    expect(labels(budget(`lat${CURSOR}`))).toEqual(expect.arrayContaining(['latency on toy', 'latency on phone']));
    expect(labels(budget(`latency <= 10ms on toy, ${CURSOR}`))).not.toContain('latency on toy');
    expect(labels(budget(`latency <= ${CURSOR}`))).toContainEqual(expect.stringMatching(/^[\d.]+ms$/));
    const search = (line: string): string => `${TIMED}search {\n  start net\n  ${line}\n}\n`;
    expect(labels(search(`minimise ${CURSOR}`))).toContain('latency on toy');
    expect(labels(search(`minimise latency on ${CURSOR}`))).toEqual(['broken', 'phone', 'toy']);
    expect(labels(search(`minimise latency on toy\n  ${CURSOR}`))).toContain('seed');
  });

  test('are explained', () => {
    expect(hovered(TIMED.replace('latency <=', `${CURSOR}latency <=`))).toMatch(
      /^\*\*latency\*\* · Milliseconds of one image/,
    );
    const device = hovered(TIMED.replace('on toy', `on ${CURSOR}toy`));
    expect(device).toMatch(/^\*\*toy\*\* · a made-up device for tests/);
    for (const word of ['runtime', 'threads', '2026-12-01', 'noise', 'error', 'channel block'])
      expect(device).toContain(word);
    expect(hovered(budget(`latency <= 1ms on ${CURSOR}nowhere`))).toContain('There is no `nowhere.maeprofile.json`');
    expect(hovered(budget(`latency <= 1ms on ${CURSOR}broken`))).toContain('factor: it has another form.');
  });

  test('a device leads to its file, and is renamed by nobody', () => {
    const { snapshot, position } = timedAt(TIMED.replace('on toy', `on t${CURSOR}oy`));
    expect(deviceNamed(snapshot, position)).toBe('toy');
    expect(prepareRename(snapshot, position)).toBeUndefined();
  });

  test('have colours', () => {
    const snapshot = timed('budget b { latency <= 1ms on toy }\nsearch { minimise latency on toy }\n');
    const { data } = semanticTokens(snapshot);
    const types = Array.from({ length: data.length / 5 }, (_, i) => TOKEN_TYPES[data[i * 5 + 3] ?? -1]);
    expect(types).toEqual([
      ...['keyword', 'interface', 'property', 'number', 'keyword', 'namespace'],
      ...['keyword', 'property', 'property', 'keyword', 'namespace'],
    ]);
  });

  test('are laid out', () => {
    const { document, ...snapshot } = timed(
      'budget b {\nlatency<=1ms   on   toy\n  macs <= 1G\n}\nsearch {\nstart net\n  minimise   latency  on   toy\n}\n',
    );
    const text = TextDocument.applyEdits(document, formatDocument({ document, ...snapshot }));
    expect(text).toBe(
      'budget b {\n  latency <= 1ms on toy\n  macs    <= 1G\n}\n\nsearch {\n  start net\n  minimise latency on toy\n}\n',
    );
  });
});

describe('a search that minimises a latency', () => {
  const search = (line: string): string => `${TIMED}search { start net\n  within live\n  ${line}\n}\n`;
  test.each([
    ['minimise latency on toy', 'latency on toy', []],
    ['minimise latency', undefined, ['missing-device']],
    ['minimise latency on nowhere', undefined, ['no-profile']],
    ['minimise latency on broken', undefined, ['bad-profile']],
    ['minimise params on toy', 'params', ['unknown-argument']],
  ])('%s', (line, minimised, codes) => {
    const { design, problems } = timed(search(line));
    expect(design.searches[0]?.values.minimise).toBe(minimised);
    const own = problems.filter(({ span }) => span.start > TIMED.length).map(({ code }) => code);
    expect(own.filter((code) => code !== 'unlimited-depth')).toEqual(codes);
  });
});

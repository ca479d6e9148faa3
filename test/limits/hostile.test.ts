import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CodeActionTriggerKind, type Range } from 'vscode-languageserver-types';
import { codeActions } from '../../server/src/features/code-actions.ts';
import { codeLenses } from '../../server/src/features/code-lenses.ts';
import { diagnostics } from '../../server/src/features/diagnostics.ts';
import { foldingRanges } from '../../server/src/features/folding.ts';
import { inlayHints } from '../../server/src/features/inlay-hints.ts';
import { NOTHING_KNOWN } from '../../server/src/features/knowledge.ts';
import { lineHints } from '../../server/src/features/line-hints.ts';
import { DEFAULT_OPTIONS } from '../../server/src/features/options.ts';
import { semanticTokens } from '../../server/src/features/semantic-tokens.ts';
import { type Snapshot, snapshotOf, takeSnapshot } from '../../server/src/features/snapshot.ts';
import { documentSymbols } from '../../server/src/features/symbols.ts';
import { readDesign } from '../../server/src/language/design.ts';
import { TOO_LONG } from '../../server/src/language/long-statement.ts';
import { processorSeconds } from '../unit/processor-seconds.ts';

const numbered = (count: number, piece: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => piece(n)).join('');

/** Always the same bytes. */
function noise(length: number): string {
  let state = 1;
  return numbered(length, () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return String.fromCharCode(1 + ((state >> 8) % 254));
  });
}

const HEAD = 'input 3 x 224 x 224\n  stem conv(out: 64, k: 3, s: 2)\n';
const GROUP = 'bottleneck(out: 64, btn: 32, k: 3, s: 1) x 1\n';
const manyGroups = (count: number): string =>
  `backbone b {\n  ${HEAD}  stage C2 bottleneck(out: 64, btn: 32, k: 3, s: 2) x 1\n${`         + ${GROUP}`.repeat(count)}}\n`;

const TEXTS: Readonly<Record<string, string>> = {
  'nested braces': '{'.repeat(1_000_000),
  'backbones in backbones': 'backbone b {'.repeat(80_000),
  'comments that never close': '/*'.repeat(100_000),
  'comments that never close, on lines': '/*\n'.repeat(49_000),
  'very many comments': '// x\n'.repeat(200_000),
  'one long name': 'a'.repeat(1_000_000),
  'one line of names': 'ab '.repeat(333_000),
  'one long number': '9'.repeat(1_000_000),
  'numbers on one line': '9 '.repeat(500_000),
  '15,000 groups': manyGroups(15_000),
  '15,000 groups that are all wrong': `backbone b {\n${'stage C2 botleneck(aut: 64, k: 3x3, s: -1) y 1\n'.repeat(15_000)}}`,
  '5,000 groups of 1,000 blocks': `backbone b {\n${HEAD}${'stage C2 conv(out: 64, k: 3, s: 2) x 1000\n'.repeat(5_000)}}`,
  '5,000 backbones': numbered(5_000, (n) => `backbone b${n} { ${HEAD} stage C2 conv(out: 8, k: 3, s: 2) }\n`),
  '5,000 backbones of one name': `backbone b { ${HEAD} stage C2 conv(out: 8, k: 3, s: 2) }\n`.repeat(5_000),
  'searches for what is not there': numbered(20_000, (n) => `search s${n} { start n${n} within m${n} }\n`),
  '40,000 budgets': numbered(40_000, (n) => `budget b${n} {macs<=1G}\n`),
  '30,000 searches': numbered(30_000, (n) => `search s${n} { seed ${n} }\n`),
  '30,000 searches of one backbone': `backbone b { ${HEAD}}\nbudget l { macs <= 1G }\n${numbered(30_000, (n) => `search s${n} { seed ${n} }\n`)}`,
  '15,000 budgets, each searched within': `backbone b { ${HEAD}}\n${numbered(15_000, (n) => `budget b${n} { macs <= 1G }\nsearch { within b${n} }\n`)}`,
  '6,000 backbones, each searched': `budget l { layers <= 1 }\n${numbered(6_000, (n) => `backbone b${n} { ${HEAD}}\nsearch { start b${n} minimise macs }\n`)}`,
  'stages that name nothing': `backbone b {\n${'stage stage stage\n'.repeat(50_000)}}`,
  'one list of arguments': `backbone b { stem conv(${'out: 3, '.repeat(120_000)}) }`,
  'one list of weights': `backbone b { entropy ${'C3: 1, '.repeat(140_000)}}`,
  '3,000 detectors': `backbone b { ${HEAD} stage C2 conv(out: 8, k: 3, s: 2) }\n${numbered(3_000, (n) => `detector d${n} { classes ${n + 1} neck fpn(from: C1..C2) head gfl() }\n`)}`,
  'words in a detector': `detector d {\n${'a b neck neck\n'.repeat(20_000)}}`,
  'one list of a neck': `detector d { neck fpn(from: C3, ${'a, '.repeat(120_000)}) }`,
  'detectors in detectors': 'detector d { neck fpn('.repeat(20_000),
  'one long stage': `backbone b { stem conv(out: 1)${'+ conv(out: 1)'.repeat(50_000)} }`,
  'signs that mean nothing': '§ '.repeat(500_000),
  'random bytes': noise(100_000).repeat(10),
};

/** What an editor asks for while somebody types at an offset. */
function ask(snapshot: Snapshot, offset: number): void {
  const cursor = snapshot.document.positionAt(offset);
  const screen: Range = { start: { line: Math.max(0, cursor.line - 30), character: 0 }, end: cursor };
  diagnostics(snapshot, NOTHING_KNOWN);
  semanticTokens(snapshot, screen);
  inlayHints(snapshot, screen, DEFAULT_OPTIONS, NOTHING_KNOWN, 'on-demand');
  lineHints(snapshot, DEFAULT_OPTIONS);
  codeLenses(snapshot, DEFAULT_OPTIONS, { runSearch: 'run', measure: { start: 'measure', cancel: 'cancel' } });
  const context = { diagnostics: [], triggerKind: CodeActionTriggerKind.Automatic };
  codeActions(snapshot, { start: cursor, end: cursor }, context, DEFAULT_OPTIONS);
  documentSymbols(snapshot);
  foldingRanges(snapshot);
}

describe('a keystroke in a hostile text', () => {
  test.each(Object.entries(TEXTS))('%s', (_, text) => {
    expect(text.length).toBeLessThanOrEqual(1_100_000);
    let snapshot = snapshotOf(text);
    expect(snapshot.problems.length).toBeLessThanOrEqual(1_001);
    for (const at of [text.length >> 1, text.length]) {
      const typed = `${text.slice(0, at)}q${text.slice(at)}`;
      const document = TextDocument.create('file:///design.mae', 'mae', 2, typed);
      const seconds = processorSeconds(() => {
        snapshot = takeSnapshot(document, snapshot);
        ask(snapshot, at);
      });
      // Under one second on a quick machine.
      expect(seconds).toBeLessThan(2);
    }
  });

  test('what is left out is said once', () => {
    const wrong = snapshotOf(`backbone b {\n${'stage C2 botleneck(k: 3) y 1\n'.repeat(10_000)}}`).problems;
    expect(wrong.filter((p) => p.message.includes('what follows is not read'))).toHaveLength(1);
    const many = snapshotOf('budget b { macs <= 1G }\n'.repeat(2_000)).problems;
    expect(many).toHaveLength(1_001);
    expect(many.at(-1)).toMatchObject({ severity: 'error', message: expect.stringMatching(/^\d+ more problems/) });
    const unknown = snapshotOf(numbered(900, (n) => `search { start n${n} within b }\n`)).problems;
    expect(unknown.filter((p) => p.code === 'unknown-name')).toHaveLength(1_000);
    expect(unknown.at(-1)?.message).toMatch(/^800 more problems are not shown/);
    const hints = `${numbered(1_500, (n) => `budget b${n} { macs <= 1G }\n`)}search { start gone within b0 }\n`;
    expect(snapshotOf(hints).problems.map((p) => p.code)).toContain('unknown-name');
    const deep = snapshotOf(
      `backbone b {\n${HEAD}stage C2 conv(out: 64, k: 3, s: 2) x 1000\n${'+ conv(out: 64, k: 3, s: 1) x 1000\n'.repeat(60)}}`,
    );
    expect(deep.problems.map((p) => p.code)).toContain('bad-number');
    expect(deep.backbones[0]?.analysis).toBeUndefined();
  });
});

test.each([
  ['arguments', `backbone b {\n${HEAD}stage C2 conv(out: 8, k: 3, s: 2, ${'out: 3, '.repeat(4_000)}) x 2\nstage C3 `],
  ['weights', `backbone b {\n${HEAD}entropy ${'C3: 1, '.repeat(4_000)}C4: 2\nstage C3 `],
])('of very many %s in one list the rest is not read; the lines below it are', (_, head) => {
  const { parsed, backbones } = readDesign(`${head}conv(out: 64, k: 3, s: 2) }`);
  const beyond = parsed.problems.filter(({ message }) => message === TOO_LONG);
  expect(beyond).toHaveLength(1);
  expect(beyond[0]?.span.end).toBeLessThan(head.length - 5);
  expect(backbones[0]?.groups.at(-1)?.meant).toMatchObject({ out: 64, kernel: 3 });
});

describe('code actions of 5,000 groups', () => {
  const whole: Range = { start: { line: 0, character: 0 }, end: { line: 9_999, character: 0 } };
  const cursor: Range = { start: { line: 20, character: 5 }, end: { line: 20, character: 5 } };
  const small = 'backbone bN { input 3 x 224 x 224\n  stem conv(out: 64, k: 3, s: 2)\n  within tiny }\n';
  const texts: Readonly<Record<string, string>> = {
    'over its budget': `${manyGroups(5_000)}budget tiny { macs <= 1M }\n`,
    'within its budget': `${manyGroups(5_000)}budget large { macs <= 900T }\n`,
    'in 2,500 backbones over their budget': `${numbered(2_500, (n) => small.replace('N', String(n)))}budget tiny { macs <= 1k }\n`,
  };

  test.each(Object.entries(texts))('%s', (_, text) => {
    const snapshot = snapshotOf(text);
    for (const range of [cursor, whole]) {
      for (const triggerKind of [CodeActionTriggerKind.Invoked, CodeActionTriggerKind.Automatic]) {
        let actions = 0;
        const seconds = processorSeconds(() => {
          actions = codeActions(snapshot, range, { diagnostics: [], triggerKind }, DEFAULT_OPTIONS).length;
        });
        expect(seconds).toBeLessThan(1);
        expect(actions).toBeGreaterThan(0);
      }
    }
  });
});

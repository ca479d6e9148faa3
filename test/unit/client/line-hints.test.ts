import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeHints } from '../../../client/src/line-hints/layout.ts';
import { joinedHints, type KnownHint, movedHints } from '../../../client/src/line-hints/moved.ts';
import { textWidth } from '../../../client/src/line-hints/text-width.ts';
import { lineHints } from '../../../server/src/features/line-hints.ts';
import { DEFAULT_OPTIONS, type FeatureOptions } from '../../../server/src/features/options.ts';
import { snapshotOf, takeSnapshot } from '../../../server/src/features/snapshot.ts';

/** Columns that a window of 1280 pixels shows beside side bar and minimap. */
const ROOM = 87;

/** The text as it is drawn, with the hints behind its lines. */
function drawn(text: string, options: FeatureOptions = DEFAULT_OPTIONS): string {
  const lines = text.split('\n');
  const placed = placeHints(lineHints(snapshotOf(text), options), (line) => textWidth(lines[line] ?? '', 4));
  for (const hint of placed) lines[hint.line] += hint.text.replaceAll('\u00a0', ' ');
  return lines.join('\n');
}

describe('numbers behind the lines', () => {
  test('stand in columns with their units, and say nothing where there is nothing', () => {
    const text = `backbone net {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 maxpool(k: 3, s: 2)
         + basic(out: 128, btn: 32, k: 3, s: 1) x 2
}
`;
    expect(drawn(text)).toBe(`backbone net {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)                     +3.3 H · 442 k macs
  stage C2 maxpool(k: 3, s: 2)
         + basic(out: 128, btn: 32, k: 3, s: 1) x 2     +13.8 H ·  30 M macs
}
`);
  });

  test('of several groups on a line are what these add together', () => {
    const text = `backbone net {
  input 3 x 64 x 64
  stem conv(out: 16, k: 3, s: 2) + conv(out: 16, k: 3, s: 1)
}
`;
    expect(drawn(text)).toContain('s: 1)    +5.8 H · 2.8 M macs\n');
  });

  test('that would not fit are written short, below a line of their units', () => {
    const arguments_ = 'k: 3, s: 2, shortcut: conv) x';
    const text = `backbone net {
  input 3 x 800 x 1280
  stem     conv(out: 64, k: 7, s: 2)
  stage C2 bottleneck(out: 1024, btn: 256, ${arguments_} 6
  stage C3 bottleneck(out: 2048, btn: 512, ${arguments_} 23
}
`;
    expect(drawn(text)).toBe(`backbone net {${' '.repeat(65)}H · macs
  input 3 x 800 x 1280
  stem     conv(out: 64, k: 7, s: 2)                                         +5.6 2.41G
  stage C2 bottleneck(out: 1024, btn: 256, ${arguments_} 6  +62.0  419G
  stage C3 bottleneck(out: 2048, btn: 512, ${arguments_} 23  +257 1.69T
}
`);
  });

  test('of a group on several lines stand behind its last', () => {
    const text = `backbone net {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 basic(out: 32, btn: 32, k: 3, s: 2,
                 shortcut: conv, strided: first) x 2
}
`;
    expect(drawn(text)).toContain(`k: 3, s: 2,\n                 shortcut: conv, strided: first) x 2    +11.7 H · `);
  });

  test('of a line that leaves no room for units are short, if most have room', () => {
    const text = `backbone net {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 conv(out: 32, k: 3, s: 2)    // where the work is, as far as we can see
  stage C3 conv(out: 64, k: 3, s: 2)
}
`;
    const lines = drawn(text).split('\n');
    expect(lines[2]).toBe('  stem     conv(out: 16, k: 3, s: 2)    +3.3 H ·  442 k macs');
    expect(lines[3]).toMatch(/we can see {2}\+3\.2 1\.18M$/);
    expect(lines[4]).toBe('  stage C3 conv(out: 64, k: 3, s: 2)    +3.5 H · 1.18 M macs');
  });

  test('of a line that leaves no room stand right behind it, and the others where they are without it', () => {
    const text = `backbone net {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 basic(out: 128, btn: 32, k: 3, s: 2) x 2
}
`;
    const comment = '   // and here somebody has written down at some length why this must be so';
    const lines = drawn(text.replace('x 2', `x 2${comment}`)).split('\n');
    expect(lines[2]).toBe('  stem     conv(out: 16, k: 3, s: 2)     +3.3 H ·  442 k macs');
    expect(lines[3]).toBe(`  stage C2 basic(out: 128, btn: 32, k: 3, s: 2) x 2${comment}  +13.8 33.6M`);
  });

  test('the best next change stands by itself on the first line', () => {
    const text =
      'backbone net {\n  input 3 x 64 x 64\n  stem conv(out: 16, k: 3, s: 2)\n  stage C2 conv(out: 16, k: 3, s: 2)\n  stage C3 conv(out: 32, k: 3, s: 2)\n}\n';
    expect(drawn(text, { ...DEFAULT_OPTIONS, bestNext: true })).toMatch(
      /^backbone net \{ {2}best next: [^\n]+ per M macs\n/,
    );
  });

  test('stay with their lines while the text is broken', () => {
    const text =
      'backbone net {\n  input 3 x 64 x 64\n  stem conv(out: 16, k: 3, s: 2)\n  stage C2 conv(out: 32, k: 3, s: 2)\n}\n';
    const before = snapshotOf(text);
    const after = takeSnapshot(snapshotOf(text.replace('out: 16', 'out: ')).document, before);
    expect(lineHints(after, DEFAULT_OPTIONS)).toEqual(lineHints(before, DEFAULT_OPTIONS));
  });

  const folder = path.resolve(import.meta.dirname, '../../../examples');
  test.each(readdirSync(folder).filter((file) => file.endsWith('.mae')))(
    'fit into the window with all of %s',
    (file) => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      const [before, after] = [text.split('\n'), drawn(text).split('\n')];
      const hinted = after.filter((line, i) => line !== before[i]);
      expect(hinted.length).toBeGreaterThan(4);
      for (const line of hinted) expect(textWidth(line, 4), line).toBeLessThanOrEqual(ROOM);
      const ends = Map.groupBy(hinted, (line) => line.length);
      const most = Math.max(...[...ends.values()].map((lines) => lines.length));
      // The node that SpineNet adds as it is names three others: its line leaves room for the short form alone.
      expect(hinted.length - most, 'all end in one column').toBe(file.startsWith('spinenet') ? 1 : 0);
    },
  );
});

describe('columns of a line', () => {
  test.each([
    ['', 0],
    ['stem conv', 9],
    ['\tx', 5],
    ['  \tx', 5],
    ['// 3×3 in→btn', 13],
    ['// 瓶颈', 7],
    ['e\u0301', 1],
    ['👍', 2],
  ])('%j', (text, width) => expect(textWidth(text, 4)).toBe(width));
});

describe('between a keystroke and the next numbers', () => {
  const at = (...lines: number[]): KnownHint[] =>
    lines.map((line) => ({ line, cells: [], columns: 0, text: `line ${line}` }));
  test.each([
    ['a letter in the line', [1, 2, 3], { startLine: 2, endLine: 2, newLines: 0, beforeText: false }, [1, 2, 3]],
    [
      'a new line at the end of a line',
      [1, 2, 3],
      { startLine: 2, endLine: 2, newLines: 1, beforeText: false },
      [1, 2, 4],
    ],
    [
      'a new line before the text of a line',
      [1, 2, 3],
      { startLine: 2, endLine: 2, newLines: 1, beforeText: true },
      [1, 3, 4],
    ],
    ['a line is removed', [1, 2, 3], { startLine: 2, endLine: 3, newLines: 0, beforeText: true }, [1, 2]],
    ['two lines are joined', [1, 2, 3], { startLine: 1, endLine: 2, newLines: 0, beforeText: false }, [1, 2]],
    [
      'lines are replaced',
      [1, 2, 3, 4, 9],
      { startLine: 2, endLine: 4, newLines: 5, beforeText: false },
      [1, 2, 7, 12],
    ],
  ])('%s', (_, before, change, after) => {
    expect(movedHints(at(...before), change).map((hint) => hint.line)).toEqual(after);
  });

  test('a line that the parser lost keeps its numbers while the text is broken and the line is as it was', () => {
    const hints = [{ line: 1, cells: [], columns: 0 }];
    const texts = ['', 'line 1', 'line 2', 'another line 3'];
    const lines = (complete: boolean) =>
      joinedHints({ hints, complete }, at(1, 2, 3, 4), (line) => texts[line]).map(({ line }) => line);
    expect(lines(false)).toEqual([1, 2]);
    expect(lines(true)).toEqual([1]);
  });

  test('no line has two, and those above stay', () => {
    const lines = fc.uniqueArray(fc.nat({ max: 30 }), { maxLength: 10 });
    const change = fc.record({
      startLine: fc.nat({ max: 30 }),
      length: fc.nat({ max: 5 }),
      newLines: fc.nat({ max: 5 }),
      beforeText: fc.boolean(),
    });
    fc.assert(
      fc.property(lines, change, (before, { startLine, length, newLines, beforeText }) => {
        const moved = movedHints(at(...before), { startLine, endLine: startLine + length, newLines, beforeText });
        const after = moved.map(({ line }) => line);
        expect(new Set(after).size).toBe(after.length);
        for (const line of before.filter((l) => l < startLine)) expect(after).toContain(line);
      }),
    );
  });
});

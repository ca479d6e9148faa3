import { describe, expect, test } from 'vitest';
import { diagnostics } from '../../../server/src/features/diagnostics.ts';
import { NOTHING_KNOWN } from '../../../server/src/features/knowledge.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';

const net = (name: string, c3: number, c4: number): string => `backbone ${name} {
  input 3 x 256 x 256
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 32, btn: 16, k: 3, s: 2) x 1
  stage C3 bottleneck(out: 64, btn: 16, k: 3, s: 2) x ${c3}
  stage C4 bottleneck(out: 128, btn: 32, k: 3, s: 2) x ${c4}
  stage C5 bottleneck(out: 256, btn: 64, k: 3, s: 2) x 1
}
`;
const SEARCH = 'search { start net space paper minimise params }\n';

/** «hint at C3: 8 blocks» of each hint about the evidence. */
const told = (text: string): string[] =>
  snapshotOf(text)
    .problems.filter(({ code }) => code === 'depth-beyond-evidence')
    .map(({ severity, span, message }) => {
      const stage = /stage (\w+) $/.exec(text.slice(0, span.start))?.[1];
      return `${severity} at ${stage}: ${/^\d+ blocks/.exec(message)?.[0]}`;
    });

describe('depth that no trained network vouches for', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['one line is beyond', net('net', 8, 7) + SEARCH, ['hint at C3: 8 blocks']],
    ['two are, and the deepest says so', net('net', 8, 12) + SEARCH, ['hint at C4: 12 blocks']],
    ['just within', net('net', 7, 7) + SEARCH, []],
    ['no search starts from it', net('net', 8, 12), []],
    ['another one is searched', net('other', 12, 12) + net('net', 2, 2) + SEARCH, []],
    ['a line is broken', (net('net', 8, 12) + SEARCH).replace('btn: 64', 'btn: '), []],
    [
      'several searches start from it',
      net('net', 8, 12) + SEARCH.replace('search', 'search a') + SEARCH.replace('search', 'search b'),
      ['hint at C4: 12 blocks'],
    ],
  ])('%s', (_, text, hints) => expect(told(text)).toEqual(hints));
});

describe('as diagnostics', () => {
  const snapshot = snapshotOf(net('net', 8, 12) + SEARCH);
  const codes = (evidence: boolean): unknown[] =>
    diagnostics(snapshot, NOTHING_KNOWN, { evidence, docs: (page) => `docs:${page}` }).map((d) => [
      d.code,
      d.codeDescription?.href,
    ]);

  test('it leads to its page', () => {
    expect(codes(true)).toContainEqual(['depth-beyond-evidence', 'docs:evidence.md#within-which-limits']);
  });

  test('and a setting silences it, and nothing else', () => {
    expect(codes(false)).toEqual(codes(true).filter((one) => !String(one).includes('evidence')));
  });
});

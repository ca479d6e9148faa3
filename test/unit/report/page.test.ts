import { describe, expect, test } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { reportPage } from '../../../server/src/report/page.ts';
import { pageFor, reportedFile, TEXT, unescaped } from './reported.ts';

const HOSTILE = `<img src=x onerror="alert('1')">&amp;</title><script>alert(2)</script>`;

/** What stands in elements of a kind. */
const inside = (page: string, tag: string): string[] =>
  [...page.matchAll(new RegExp(`<${tag}(?: [^>]*)?>(.*?)</${tag}>`, 'gs'))].map(([, text = '']) => text);

describe('a page', () => {
  const page = pageFor(TEXT);

  test('has each design, each with its parts, and a way to each', () => {
    expect(inside(page, 'h2')).toEqual([
      'Overview',
      'Problems',
      'Backbone small',
      'Backbone two_ways',
      'Detector eyes',
      'Searches',
      'How each number was got',
    ]);
    expect(inside(page, 'h3').slice(0, 4)).toEqual(['Entropy by stage', 'Picture', 'Costs', 'Budgets']);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, to = '']) => to);
    expect(links.length).toBeGreaterThan(5);
    for (const to of links) expect(ids.map((id) => `#${id}`)).toContain(to);
  });

  test('needs nothing but itself: no script, and nothing to load', () => {
    expect(page).not.toMatch(/<(script|link|img|iframe|object|base|form)\b/);
    expect(page).not.toMatch(/\b(src|srcset|on\w+)\s*=|url\(|@import|javascript:/);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test('is the same for the same text', () => expect(pageFor(TEXT)).toBe(page));

  test('says by how much a budget is exceeded, and what is left of another', () => {
    const { costs } = analysed('small');
    expect(costs.macs).toBeGreaterThan(100e6);
    expect(page).toContain(`over by ${Number(((costs.macs - 100e6) / 1e6).toPrecision(4))} M`);
    expect(page).toMatch(new RegExp(`<td class="right">${91 - costs.layers}</td>`));
  });

  test('tells each search with what it holds and how it looks', () => {
    const rows = inside(page, 'tr').map((row) => row.replaceAll(/<[^>]+>/g, '|'));
    expect(rows.filter((row) => /\|(first|second)\|/.test(row))).toEqual([
      expect.stringMatching(/first.*small.*tight: 100 M macs, 91 layers.*the highest Z.*tinynas.*3,000.*0/),
      expect.stringMatching(/second.*small.*tight: .*the least params at the start’s score.*96,000.*7/),
    ]);
  });

  test('draws a chain for wide and for narrow windows, and a graph once, in a box that scrolls', () => {
    expect(page.match(/<title>small: /g)).toHaveLength(2);
    expect(page.match(/<title>two_ways: /g)).toHaveLength(1);
    expect(page.match(/<title>eyes: /g)).toHaveLength(1);
  });
});

function analysed(name: string) {
  const found = snapshotOf(TEXT).backbones.find(({ source }) => source.name === name)?.source.backbone;
  if (found === undefined) throw new Error(`no ${name}`);
  return analyse(found);
}

describe('what a person wrote stays text', () => {
  test('paths, of files and fronts', () => {
    const front = { path: `${HOSTILE}.front`, snapshot: snapshotOf(TEXT) };
    const page = reportPage({ files: [reportedFile(TEXT, HOSTILE)], front, version: HOSTILE });
    expect(page).not.toMatch(/<img|<script/);
    expect(inside(page, 'title')[0]).not.toContain('<');
    expect(unescaped(inside(page, 'h1')[0] ?? '')).toBe(`Report on ${HOSTILE}`);
    expect(unescaped(page)).toContain(`${HOSTILE}.front`);
  });

  test('what problems quote of the text', () => {
    const page = pageFor(TEXT.replace('k: 7', 'k: 7<b>'));
    expect(page).not.toMatch(/<b>|found '</);
    expect(page).toContain('found &#39;&lt;&#39;');
  });

  test('sentences about searches', () => {
    const page = reportPage({ files: [reportedFile(TEXT, 'a.mae', [HOSTILE])], version: '1' });
    expect(page).not.toMatch(/<img|<script/);
    expect(unescaped(page)).toContain(HOSTILE);
  });
});

test('of a text that is broken only what can be read has numbers, and the rest is told with its place', () => {
  const page = pageFor(TEXT.replace('stem     conv(out: 64', 'stem     conv(out: '));
  expect(inside(page, 'h2')).not.toContain('Backbone two_ways');
  expect(inside(page, 'h2')).toContain('Backbone small');
  expect(page).toMatch(/<code>a\.mae:13:\d+<\/code> error /);
});

test('where a search scores by another objective, that is told too', () => {
  const page = pageFor(TEXT.replace('  evaluations 3000', '  objective deepmad'));
  expect(page).toMatch(/As its search scores it: DeepMAD \d+/);
  expect(pageFor(TEXT)).not.toContain('As its search scores it');
});

test('a backbone and a detector of one name have each their own picture', () => {
  const page = pageFor(TEXT.replaceAll('eyes', 'two_ways'));
  expect(page.match(/<title>two_ways: /g)).toHaveLength(2);
});

test('several files are told apart', () => {
  const page = reportPage({ files: [reportedFile(TEXT, 'a.mae'), reportedFile(TEXT, 'b.mae')], version: '1' });
  expect(inside(page, 'h1')).toEqual(['Report on 2 files']);
  expect(inside(page, 'h2').filter((title) => title.startsWith('Searches'))).toEqual([
    'Searches of a.mae',
    'Searches of b.mae',
  ]);
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

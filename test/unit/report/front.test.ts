import { describe, expect, test } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { pageFor, TEXT } from './reported.ts';

/** So many chains of different widths and depths, some of which beat others. */
const frontOf = (count: number): string =>
  Array.from(
    { length: count },
    (_, i) => `backbone d_${i} {
  input 3 x 128 x 128
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: ${32 + 8 * ((i * 7) % 11)}, btn: 16, k: 3, s: 2) x 1
  stage C3 bottleneck(out: ${64 + 8 * ((i * 5) % 13)}, btn: ${16 + 8 * (i % 4)}, k: 3, s: 2) x ${1 + (i % 3)}
  stage C4 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1
  stage C5 bottleneck(out: 256, btn: 64, k: 3, s: 2) x 1
}
`,
  ).join('\n');

/** The plot of a cost, by its position: dots through which the line goes, and the others. */
function plots(page: string): { readonly best: string[]; readonly others: string[]; readonly turns: number }[] {
  return [...page.matchAll(/<svg class="plot".*?<\/svg>/gs)].map(([plot]) => {
    const dots = (kind: string): string[] =>
      [...plot.matchAll(new RegExp(`<circle class="${kind}"[^>]*><title>(\\w+):`, 'g'))].map(([, name = '']) => name);
    const line = /<polyline class="front" points="([^"]*)"/.exec(plot)?.[1] ?? '';
    return { best: dots('dot'), others: dots('dot pale'), turns: line.split(' ').length };
  });
}

const numbers = (text: string) =>
  snapshotOf(text).design.backbones.flatMap(({ name, backbone }) => {
    if (backbone === undefined) return [];
    const { costs, score } = analyse(backbone);
    return [{ name, macs: costs.macs, params: costs.params, score: score.fanIn }];
  });

describe('a front', () => {
  const text = frontOf(40);
  const page = pageFor(TEXT, { front: text });
  const all = numbers(text);

  test.each([
    ['macs', 0],
    ['params', 1],
  ] as const)('has a line through those alone that no other beats in score and %s', (cost, index) => {
    const best = all.filter(
      (a) => !all.some((b) => b[cost] <= a[cost] && b.score >= a.score && (b[cost] < a[cost] || b.score > a.score)),
    );
    expect(best.length).toBeGreaterThan(2);
    expect(best.length).toBeLessThan(all.length);
    const plot = plots(page)[index];
    expect(plot?.best.toSorted()).toEqual(best.map(({ name }) => name).toSorted());
    expect(plot?.others).toHaveLength(all.length - best.length);
    expect(plot?.turns).toBe(best.length);
  });

  test('has all of its designs in a table, by their scores', () => {
    const names = [...page.matchAll(/<th scope="row" class="left">(d_\d+)<\/th>/g)].map(([, name]) => name);
    expect(names).toEqual(all.toSorted((a, b) => a.score - b.score).map(({ name }) => name));
  });
});

test('of a front that nobody reads to its end the table has a part, from one end to the other, and says so', () => {
  const text = frontOf(429);
  const page = pageFor(TEXT, { front: text });
  const names = [...page.matchAll(/<th scope="row" class="left">(d_\d+)<\/th>/g)].map(([, name = '']) => name);
  const [plot] = plots(page);
  expect(names.length).toBeLessThanOrEqual(60);
  expect(names.length).toBeGreaterThan(2);
  for (const name of names) expect(plot?.best).toContain(name);
  expect(page).toContain(`The table has ${names.length} of them`);
  expect(page).toContain('front.mae has all');
});

test('a front of one design is a point', () => {
  const [plot] = plots(pageFor(TEXT, { front: frontOf(1) }));
  expect(plot).toEqual({ best: ['d_0'], others: [], turns: 1 });
});

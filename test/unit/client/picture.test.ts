import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TALLEST } from '../../../drawing/across.ts';
import { drawBackbone } from '../../../drawing/draw.ts';
import { exportedSvg } from '../../../drawing/export.ts';
import { CHARACTER, tall, thickness } from '../../../drawing/scale.ts';
import type { Shape } from '../../../drawing/shape.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { type PictureBackbone, picture } from '../../../server/src/features/picture.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';

const TEXT = `backbone a_net {
  input 3 x 256 x 256
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64,  btn: 16, k: 3, s: 2) x 1
  stage C3 bottleneck(out: 256, btn: 32, k: 5, s: 2) x 4
}
`;

function drawn(text: string): PictureBackbone {
  const [backbone] = picture(snapshotOf(text), DEFAULT_OPTIONS);
  if (backbone === undefined) throw new Error('nothing to draw');
  return backbone;
}

/** Every shape of a class, in drawing order. */
function all(shape: Shape, name: string): Shape[] {
  const own = String(shape.attributes['class'] ?? '').split(' ');
  const inside = shape.children.flatMap((child) => (typeof child === 'string' ? [] : all(child, name)));
  return own.includes(name) ? [shape, ...inside] : inside;
}

describe('the drawing', () => {
  const backbone = drawn(TEXT);
  const svg = drawBackbone(backbone);

  test('one block for each block, as high and thick as its shape says', () => {
    const blocks = all(svg, 'block').map((b) => [b.attributes['height'], b.attributes['width']]);
    const expected = backbone.groups.flatMap((g) =>
      Array.from({ length: g.depth }, () => [tall(g.height, 256, TALLEST), thickness(g.channels)]),
    );
    expect(blocks).toHaveLength(6);
    for (const [i, [height = 0, width = 0]] of expected.entries()) {
      expect(blocks[i]?.[0]).toBeCloseTo(height, 0);
      expect(blocks[i]?.[1]).toBeCloseTo(width, 0);
    }
    expect(tall(64, 256, TALLEST) / tall(256, 256, TALLEST)).toBeCloseTo(0.5, 9);
  });

  test('bars are linear in share and gain', () => {
    const heights = all(svg, 'cost').map((b) => Number(b.attributes['height']));
    const most = Math.max(...backbone.groups.map((g) => g.costShare));
    for (const [i, g] of backbone.groups.entries()) {
      expect((heights[i] ?? 0) / Math.max(...heights)).toBeCloseTo(g.costShare / most, 1);
    }
  });

  test('groups do not overlap, and stand inside the picture', () => {
    const hits = all(svg, 'hit').map(({ attributes: a }) => [Number(a['x']), Number(a['x']) + Number(a['width'])]);
    for (const [i, [from = 0, to = 0]] of hits.entries()) {
      expect(to).toBeGreaterThan(from);
      expect(to).toBeLessThanOrEqual(hits[i + 1]?.[0] ?? Number(svg.attributes['width']));
    }
  });

  test('every group can be reached and says what it is and where it stands', () => {
    const groups = all(svg, 'group');
    expect(groups.map((g) => g.attributes['data-from'])).toEqual([2, 3, 4]);
    expect(groups[2]?.attributes).toMatchObject({
      role: 'button',
      tabindex: 0,
      'aria-label': expect.stringMatching(/^4 bottleneck 5×5, 256×32×32, .* macs \(\d+ %\), entropy \d/),
    });
  });
});

/** Every shape with a place, as it is drawn: letters are as wide as they are on average. */
function boxes(
  shape: Shape,
): { readonly what: string; readonly left: number; readonly right: number; readonly bottom: number }[] {
  const { tag, attributes: a, children } = shape;
  const inside = children.flatMap((child) => (typeof child === 'string' ? [] : boxes(child)));
  const words = children.filter((child) => typeof child === 'string').join('');
  const what = `${tag} ${a['class'] ?? ''} ${words}`;
  if (tag === 'rect') {
    const [x, y] = [Number(a['x']), Number(a['y'])];
    return [...inside, { what, left: x, right: x + Number(a['width']), bottom: y + Number(a['height']) }];
  }
  if (tag !== 'text') return inside;
  const x = Number(a['x']);
  return [...inside, { what, left: x, right: x + words.length * CHARACTER * 0.95, bottom: Number(a['y']) }];
}

describe('a drawing fits its place', () => {
  const folder = new URL('../../../examples/', import.meta.url);
  const examples = readdirSync(folder).filter((name) => name.endsWith('.mae'));
  const backbones = examples.flatMap((name) =>
    picture(snapshotOf(readFileSync(new URL(name, folder), 'utf8')), DEFAULT_OPTIONS),
  );

  test.each(backbones.map((backbone) => [backbone.name, backbone] as const))('%s at every width', (_, backbone) => {
    for (let width = 360; width <= 1600; width += 40) {
      const svg = drawBackbone(backbone, { width });
      const [whole, high] = [Number(svg.attributes['width']), Number(svg.attributes['height'])];
      expect(whole, `at ${width}`).toBeLessThanOrEqual(width);
      // A graph is made smaller as a whole.
      const scale = whole / Number(String(svg.attributes['viewBox']).split(' ')[2]);
      if (!backbone.branches) expect(scale).toBe(1);
      for (const { what, left, right, bottom } of boxes(svg)) {
        expect(left, `${what} at ${width}`).toBeGreaterThanOrEqual(0);
        expect(right * scale, `${what} at ${width}`).toBeLessThanOrEqual(whole + 0.2);
        expect(bottom * scale, `${what} at ${width}`).toBeLessThanOrEqual(high + 0.2);
      }
    }
  });

  test.each([1400, 400])(
    'at %i pixels every block of MAE-DET-M is there, and thicker ones are those with more channels',
    (width) => {
      const m = backbones.find((b) => b.name === 'maedet_m');
      if (m === undefined) throw new Error('no MAE-DET-M');
      const blocks = all(drawBackbone(m, { width }), 'block').map((b) => Number(b.attributes['width']));
      const channels = m.groups.flatMap((g) => Array.from({ length: g.depth }, () => g.channels));
      expect(blocks).toHaveLength(channels.length);
      const fit = (blocks[0] ?? 0) / thickness(channels[0] ?? 0);
      for (const [i, of] of channels.entries())
        expect(Math.abs((blocks[i] ?? 0) - fit * thickness(of))).toBeLessThan(0.6);
    },
  );
});

describe('a graph', () => {
  const graph = drawn(`backbone two_ways {
  input 3 x 256 x 256
  stem     conv(out: 64, k: 7, s: 2)
  node a   bottleneck(out: 256, btn: 64, k: 3, s: 2) x 1  from stem
  node b   bottleneck(out: 512, btn: 128, k: 3, s: 2) x 1  from a
  node c   basic(out: 256, btn: 256, k: 3, s: 1) x 2  at /8 from a, b
  node d   conv(out: 128, k: 1, s: 1)  from concat(b, c)
  output C3: c, C4: d
  entropy C3: 1, C4: 6
}
`);
  const svg = drawBackbone(graph, { width: 1400 });
  const nodes = all(svg, 'node').map(({ attributes: a }) => ({
    left: Number(a['x']),
    right: Number(a['x']) + Number(a['width']),
    top: Number(a['y']),
    bottom: Number(a['y']) + Number(a['height']),
  }));

  test('has a box for each node, none over another, below all that it reads', () => {
    expect(nodes).toHaveLength(5);
    for (const [i, a] of nodes.entries())
      for (const b of nodes.slice(i + 1)) {
        const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
        expect(apart).toBe(true);
      }
    for (const [i, { reads }] of graph.groups.entries())
      for (const read of reads) if (read >= 0) expect(nodes[read]?.bottom).toBeLessThan(nodes[i]?.top ?? 0);
  });

  test('has an arrow from each node that is read, which ends at the box of its reader', () => {
    const ends = all(svg, 'edge').map((edge) => {
      const [line] = edge.children;
      const points = typeof line === 'string' ? '' : String(line?.attributes['points']);
      return points.split(' ').map((point) => point.split(',').map(Number));
    });
    expect(ends).toHaveLength(6);
    const readers = graph.groups.flatMap(({ reads }, i) => reads.flatMap((read) => (read < 0 ? [] : [i])));
    const ended = ends.map((points) => {
      const [x = Number.NaN, y = Number.NaN] = points.at(-1) ?? [];
      return nodes.findIndex((n) => x > n.left - 1 && x < n.right + 1 && y > n.top - 1 && y < n.bottom - 1);
    });
    expect(ended.toSorted((a, b) => a - b)).toEqual(readers);
  });

  test('names its nodes and the outputs that they are', () => {
    const texts = (shape: Shape): string[] =>
      shape.children.flatMap((child) => (typeof child === 'string' ? [child] : texts(child)));
    expect(texts(svg)).toEqual(expect.arrayContaining(['stem', 'a', 'b', 'c → C3', 'd → C4']));
  });
});

test('the export is a file of its own: well-formed, escaped, with colours for light and dark', () => {
  const file = exportedSvg({ ...drawn(TEXT), name: 'a<b>&"c"' });
  expect(file).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(file).toContain('a&lt;b&gt;&amp;&quot;c&quot;');
  expect(file).toContain('prefers-color-scheme: dark');
  const tags = [...file.matchAll(/<(\/?)(\w+)[^>]*>/g)].map(([, close, name]) => `${close}${name}`);
  const open: string[] = [];
  for (const tag of tags) {
    if (!tag.startsWith('/')) open.push(tag);
    else expect(open.pop()).toBe(tag.slice(1));
  }
  expect(open).toEqual([]);
});

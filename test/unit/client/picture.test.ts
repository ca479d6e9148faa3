import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TALLEST } from '../../../client/src/picture/across.ts';
import { drawBackbone } from '../../../client/src/picture/draw.ts';
import { exportedSvg } from '../../../client/src/picture/export.ts';
import { CHARACTER, tall, thickness } from '../../../client/src/picture/scale.ts';
import type { Shape } from '../../../client/src/picture/shape.ts';
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
      for (const { what, left, right, bottom } of boxes(svg)) {
        expect(left, `${what} at ${width}`).toBeGreaterThanOrEqual(0);
        expect(right, `${what} at ${width}`).toBeLessThanOrEqual(whole + 0.2);
        expect(bottom, `${what} at ${width}`).toBeLessThanOrEqual(high);
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

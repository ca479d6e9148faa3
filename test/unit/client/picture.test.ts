import { describe, expect, test } from 'vitest';
import { drawBackbone, heightOf, thickness } from '../../../client/src/picture/draw.ts';
import { exportedSvg } from '../../../client/src/picture/export.ts';
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
      Array.from({ length: g.depth }, () => [heightOf(g.height, 256), thickness(g.channels)]),
    );
    expect(blocks).toHaveLength(6);
    for (const [i, [height = 0, width = 0]] of expected.entries()) {
      expect(blocks[i]?.[0]).toBeCloseTo(height, 0);
      expect(blocks[i]?.[1]).toBeCloseTo(width, 0);
    }
    expect(heightOf(64, 256) / heightOf(256, 256)).toBeCloseTo(0.5, 9);
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

import * as l10n from '@vscode/l10n';
import type { PictureBackbone, PictureGroup } from '../../../server/src/server/protocol.ts';
import { percent, si, signed } from '../webviews/format.ts';
import { type Shape, shape } from './shape.ts';

/** Pixels of the largest block; heights go by the square root, so that an area of ¼ is half as high. */
const TALLEST = 150;
/** Pixels of the longest bar. */
const BAR = 64;
const TOP = 64;
const GAP = 14;
const STAGE_GAP = 30;
const LEAST_GROUP = 66;
const LEFT = 76;
const CHARACTER = 6.6;

/** Thickness of one block: the square root of its channels. */
export const thickness = (channels: number): number => 2 + 0.34 * Math.sqrt(channels);

/** Height of a block: the square root of its resolution, against the input's. */
export const heightOf = (height: number, input: number): number =>
  Math.max(6, TALLEST * Math.sqrt(height / Math.max(1, input)));

interface Placed {
  readonly group: PictureGroup;
  readonly x: number;
  readonly width: number;
}

/**
 * One backbone from left to right, as data flows: each group is a row of its blocks, as high as the square root of its
 * resolution and each as thick as the square root of its width; below it the bars of its share of the cost and of the
 * entropy that it adds, both linear and to one scale. In a picture that is only looked at no group can be pressed.
 */
export function drawBackbone(backbone: PictureBackbone, pressable = true): Shape {
  const placed = place(backbone);
  const end = placed.reduce((most, { x, width }) => Math.max(most, x + width), LEFT) + GAP;
  const base = TOP + TALLEST;
  const rows = { cost: base + 44, gain: base + 44 + BAR + 34 };
  const height = rows.gain + BAR + 26;
  const most = {
    share: Math.max(...backbone.groups.map((g) => g.costShare), Number.MIN_VALUE),
    gain: Math.max(...backbone.groups.map((g) => Math.abs(g.gain)), Number.MIN_VALUE),
  };
  const label = (y: number, text: string): Shape => shape('text', { class: 'axis', x: 4, y }, text);
  return shape(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${round(end)} ${height}`,
      width: round(end),
      height,
      role: pressable ? 'group' : 'img',
    },
    shape('title', {}, titleOf(backbone)),
    ...backbone.stages.map((_, index) => drawStage(backbone, index, placed)),
    ...placed.map((one) => drawGroup(backbone, one, base, rows, most, pressable)),
    label(base + 16, l10n.t('shape')),
    label(rows.cost + BAR, backbone.costName),
    label(rows.gain + BAR, l10n.t('entropy')),
  );
}

export const titleOf = ({ name, input, score, costName, cost, estimator }: PictureBackbone): string =>
  l10n.t(
    '{0}: Z {1} ({2}), {3} at {4}',
    name,
    score.toFixed(1),
    estimator,
    `${si(cost)} ${costName}`,
    `${input.channels}×${input.height}×${input.width}`,
  );

function place({ groups }: PictureBackbone): Placed[] {
  let x = LEFT;
  return groups.map((group, index) => {
    if (index > 0) x += groups[index - 1]?.stage === group.stage ? GAP : STAGE_GAP;
    const width = Math.max(LEAST_GROUP, group.depth * (thickness(group.channels) + 2));
    const here = { group, x, width };
    x += width;
    return here;
  });
}

/** The stage's name over its groups, and a line that holds them together. */
function drawStage({ stages }: PictureBackbone, index: number, placed: readonly Placed[]): Shape {
  const own = placed.filter((p) => p.group.stage === index);
  const [from, to] = [own[0]?.x ?? 0, own.reduce((most, p) => Math.max(most, p.x + p.width), 0)];
  const stage = stages[index];
  if (stage === undefined || own.length === 0) return shape('g', {});
  return shape(
    'g',
    { class: 'stage' },
    shape('text', { class: 'name', x: round(from), y: 20 }, stage.name),
    shape('text', { class: 'detail', x: round(from), y: 36 }, `${stage.height}×${stage.width}`),
    shape('line', { class: 'brace', x1: round(from), y1: 44, x2: round(to), y2: 44 }),
  );
}

function drawGroup(
  { input, costName }: PictureBackbone,
  { group, x, width }: Placed,
  base: number,
  rows: { readonly cost: number; readonly gain: number },
  most: { readonly share: number; readonly gain: number },
  pressable: boolean,
): Shape {
  const tall = heightOf(group.height, input.height);
  const thick = thickness(group.channels);
  const blocks = Array.from({ length: group.depth }, (_, i) =>
    shape('rect', {
      class: `block ${group.block}`,
      x: round(x + i * (thick + 2)),
      y: round(base - tall),
      width: round(thick),
      height: round(tall),
    }),
  );
  const bar = (kind: string, top: number, ratio: number): Shape => {
    const length = BAR * Math.abs(ratio);
    return shape('rect', {
      class: `bar ${kind}${ratio < 0 ? ' loss' : ''}`,
      x: round(x),
      y: round(top + BAR - length),
      width: round(Math.min(width, LEAST_GROUP)),
      height: round(length),
    });
  };
  const text = (y: number, words: string): Shape => shape('text', { class: 'detail', x: round(x), y }, words);
  const name = describe(group, costName);
  const hit = { class: 'hit', x: round(x - 4), y: 48, width: round(width + 8), height: rows.gain + BAR - 28 };
  const press = { 'data-from': group.from, 'data-to': group.to, role: 'button', tabindex: 0, 'aria-label': name };
  const button = shape(
    'g',
    { class: 'group', ...(pressable ? press : {}) },
    shape('title', {}, name),
    shape('rect', hit),
    ...blocks,
    bar('cost', rows.cost, group.costShare / most.share),
    bar('gain', rows.gain, group.gain / most.gain),
  );
  // The name of the button says all of it, in one sentence.
  const words = shape(
    'g',
    { class: 'words', 'aria-hidden': 'true' },
    text(base + 16, fitted(`${group.channels} ×${group.depth}`, width + GAP)),
    text(base + 30, fitted(`${group.block} ${group.kernel}`, width + GAP)),
    text(rows.cost + BAR + 14, percent(group.costShare)),
    text(rows.gain + BAR + 14, signed(group.gain)),
  );
  return shape('g', {}, button, words);
}

/** What a screen reader says of a group, and the tooltip shows. */
export const describe = (group: PictureGroup, costName: string): string =>
  `${group.depth} ${group.block} ${group.kernel}×${group.kernel}, ${group.channels}×${group.height}×${group.width}, ` +
  `${si(group.cost)} ${costName} (${percent(group.costShare)}), ` +
  l10n.t('entropy {0} ({1})', group.entropy.toFixed(1), signed(group.gain));

/** Text that would run into its neighbour loses its end; the tooltip has all of it. */
const fitted = (text: string, width: number): string => {
  const room = Math.floor(width / CHARACTER);
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
};

const round = (value: number): number => Math.round(value * 10) / 10;

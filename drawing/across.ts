import * as l10n from '@vscode/l10n';
import { milliseconds, percent, signed } from '../common/numbers.ts';
import type { PictureBackbone, PictureGroup } from '../server/src/server/protocol.ts';
import { barClass, blocksOf, drawing, groupButton, type Most, mostOf, text, wordsOf } from './parts.ts';
import { fitted, fitting, round, rowWidth } from './scale.ts';
import { type Shape, shape } from './shape.ts';

/** Pixels of the highest block. */
export const TALLEST = 150;
/** Pixels of the longest bar. */
const BAR = 64;
const TOP = 64;
const BASE = TOP + TALLEST;
const COST = BASE + 44;
const GAIN = COST + BAR + 34;
const HEIGHT = GAIN + BAR + 26;
/** Pixels of a device's line of times below the bars. */
const TIMES = 22;
const GAP = 14;
const STAGE_GAP = 30;
/** Enough for the words below a group. */
const LEAST_GROUP = 66;
const LEFT = 76;

/** The least width in which this layout can be read. */
export const leastAcross = (backbone: PictureBackbone): number => widthAcross(backbone, 0);

interface Placed {
  readonly group: PictureGroup;
  readonly x: number;
  readonly width: number;
}

/**
 * One backbone from left to right, as data flows: each group is a row of its blocks, as high as the square root of its
 * resolution and each as thick as the square root of its width; below it the bars of its share of the cost and of the
 * entropy that it adds, both linear and to one scale.
 */
export function drawAcross(backbone: PictureBackbone, width: number, pressable: boolean): Shape {
  const fit = fitting((tried) => widthAcross(backbone, tried) <= width);
  const placed = place(backbone, fit);
  const most = mostOf(backbone);
  const { devices = [] } = backbone;
  const label = (y: number, words: string): Shape => text(4, y, fitted(words, LEFT - 4), 'axis');
  return drawing(backbone, widthAcross(backbone, fit), HEIGHT + devices.length * TIMES, pressable, [
    ...backbone.stages.map((_, index) => drawStage(backbone, index, placed)),
    ...placed.map((one) => drawGroup(backbone, one, fit, most, pressable)),
    label(BASE + 16, l10n.t('shape')),
    label(COST + BAR, l10n.t('share of')),
    label(COST + BAR + 14, backbone.costName),
    label(GAIN + BAR, l10n.t('entropy')),
    label(GAIN + BAR + 14, l10n.t('added')),
    ...devices.map(({ name }, i) => label(GAIN + BAR + 14 + (i + 1) * TIMES, l10n.t('on {0}', name))),
  ]);
}

function widthAcross({ groups }: PictureBackbone, fit: number): number {
  const gaps = groups.map((group, i) => (i === 0 ? 0 : groups[i - 1]?.stage === group.stage ? GAP : STAGE_GAP));
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return LEFT + sum(gaps) + sum(groups.map((group) => groupWidth(group, fit))) + GAP;
}

const groupWidth = ({ depth, channels }: PictureGroup, fit: number): number =>
  Math.max(LEAST_GROUP, rowWidth(depth, channels, fit));

function place({ groups }: PictureBackbone, fit: number): Placed[] {
  let x = LEFT;
  return groups.map((group, index) => {
    if (index > 0) x += groups[index - 1]?.stage === group.stage ? GAP : STAGE_GAP;
    const width = groupWidth(group, fit);
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
    text(from, 20, stage.name, 'name'),
    text(from, 36, `${stage.height}×${stage.width}`),
    shape('line', { class: 'brace', x1: round(from), y1: 44, x2: round(to), y2: 44 }),
  );
}

function drawGroup(
  backbone: PictureBackbone,
  { group, x, width }: Placed,
  fit: number,
  most: Most,
  pressable: boolean,
): Shape {
  const bar = (kind: 'cost' | 'gain', top: number, ratio: number): Shape => {
    const length = BAR * Math.abs(ratio);
    return shape('rect', {
      class: barClass(kind, ratio),
      x: round(x),
      y: round(top + BAR - length),
      width: round(Math.min(width, LEAST_GROUP)),
      height: round(length),
    });
  };
  const button = groupButton(
    group,
    backbone,
    pressable,
    shape('rect', { class: 'hit', x: round(x - 4), y: 48, width: round(width + 8), height: GAIN + BAR - 28 }),
    ...blocksOf(group, { x, base: BASE, room: TALLEST, input: backbone.input.height, fit }),
    bar('cost', COST, group.costShare / most.share),
    bar('gain', GAIN, (group.gain ?? 0) / most.gain),
  );
  const words = wordsOf(
    text(x, BASE + 16, fitted(`${group.channels} ×${group.depth}`, width + GAP)),
    text(x, BASE + 30, fitted(`${group.block} ${group.kernel}`, width + GAP)),
    text(x, COST + BAR + 14, percent(group.costShare)),
    text(x, GAIN + BAR + 14, signed(group.gain ?? 0)),
    ...(group.times ?? []).map((ms, i) => text(x, GAIN + BAR + 14 + (i + 1) * TIMES, milliseconds(ms))),
  );
  return shape('g', {}, button, words);
}

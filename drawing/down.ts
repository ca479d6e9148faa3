import * as l10n from '@vscode/l10n';
import { percent, signed } from '../common/numbers.ts';
import type { PictureBackbone, PictureGroup } from '../server/src/server/protocol.ts';
import { barClass, blocksOf, drawing, groupButton, type Most, mostOf, text, timesText, wordsOf } from './parts.ts';
import { CHARACTER, fitted, fitting, round, rowWidth } from './scale.ts';
import { type Shape, shape } from './shape.ts';

/** Pixels of the highest block, and of a row with its words. */
const TALLEST = 36;
const ROW = 62;
const HEAD = 34;
/** The stages stand left of this. */
const LEFT = 62;
const GAP = 12;
/** Room for the number behind a bar. */
const NUMBER = 48;
/** Narrower than this nothing can be read. */
const LEAST = 260;

/** Where the columns of a drawing stand. */
interface Columns {
  readonly width: number;
  readonly blocks: number;
  readonly bars: number;
  readonly bar: number;
  readonly fit: number;
}

/**
 * One backbone from top to bottom, for a narrow view or for more groups than stand side by side: each group is a row with
 * its blocks, to the scales of `drawAcross`, and beside them the bars of its share of the cost and of the entropy it adds.
 */
export function drawDown(backbone: PictureBackbone, wanted: number, pressable: boolean): Shape {
  const columns = columnsOf(backbone, Math.max(LEAST, wanted));
  const most = mostOf(backbone);
  const { groups, costName } = backbone;
  const height = HEAD + groups.length * ROW;
  const right = columns.width - columns.bars;
  return drawing(backbone, columns.width, height, pressable, [
    text(columns.blocks, 12, l10n.t('shape'), 'axis'),
    text(columns.bars, 12, fitted(l10n.t('share of {0}', costName), right), 'axis'),
    text(columns.bars, 26, fitted(l10n.t('entropy added'), right), 'axis'),
    ...groups.map((group, index) => drawRow(backbone, group, index, columns, most, pressable)),
  ]);
}

const timed = (group: PictureGroup): string[] => (group.times === undefined ? [] : [timesText(group)]);

function columnsOf({ groups }: PictureBackbone, width: number): Columns {
  const bar = Math.min(240, Math.max(36, Math.round((width - LEFT) / 5)));
  const bars = width - bar - NUMBER;
  const room = bars - GAP - LEFT;
  const fit = fitting((tried) => groups.every((g) => rowWidth(g.depth, g.channels, tried) <= room));
  return { width, blocks: LEFT, bars, bar, fit };
}

function drawRow(
  backbone: PictureBackbone,
  group: PictureGroup,
  index: number,
  { width, blocks, bars, bar, fit }: Columns,
  most: Most,
  pressable: boolean,
): Shape {
  const { input, stages, groups } = backbone;
  const top = HEAD + index * ROW;
  const base = top + 6 + TALLEST;
  const barAt = (kind: 'cost' | 'gain', y: number, ratio: number): Shape =>
    shape('rect', { class: barClass(kind, ratio), x: bars, y, width: round(bar * Math.abs(ratio)), height: 12 });
  const [cost, gain] = [group.costShare / most.share, (group.gain ?? 0) / most.gain];
  const button = groupButton(
    group,
    backbone,
    pressable,
    shape('rect', { class: 'hit', x: LEFT - 6, y: top + 1, width: width - LEFT + 5, height: ROW - 2 }),
    ...blocksOf(group, { x: blocks, base, room: TALLEST, input: input.height, fit }),
    barAt('cost', top + 12, cost),
    barAt('gain', top + 30, gain),
  );
  const behind = (ratio: number): number => bars + bar * Math.abs(ratio) + 6;
  const shapeText = [`${group.channels} ×${group.depth} · ${group.block} ${group.kernel}`, ...timed(group)].join(' · ');
  const words = wordsOf(
    text(blocks, base + 14, fitted(shapeText, bars - GAP - blocks)),
    text(behind(cost), top + 22, percent(group.costShare)),
    text(behind(gain), top + 40, signed(group.gain ?? 0)),
  );
  const stage = stages[group.stage];
  const opens = index === 0 || groups[index - 1]?.stage !== group.stage;
  const name =
    stage === undefined || !opens
      ? []
      : [
          text(2, top + 24, fitted(stage.name, LEFT - CHARACTER), 'name'),
          text(2, top + 40, fitted(`${stage.height}×${stage.width}`, LEFT - CHARACTER)),
          shape('line', { class: 'brace', x1: 0, y1: top, x2: width, y2: top }),
        ];
  return shape('g', {}, ...name, button, words);
}

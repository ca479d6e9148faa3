import * as l10n from '@vscode/l10n';
import { percent, shapeText } from '../../../common/numbers.ts';
import { text } from '../../../drawing/parts.ts';
import { fitted, round, tall, thickness } from '../../../drawing/scale.ts';
import { type Shape, shape } from '../../../drawing/shape.ts';
import type { NamedStage } from './stages.ts';

/** Pixels of the highest block, and of the least room that a stage has for its words. */
const TALLEST = 110;
const LEAST = 84;
const GAP = 14;
/** How much wider than in the picture of a backbone, where a stage is many blocks. */
const WIDER = 4;
const WORDS = 62;
/** Of the block that costs nothing; the costliest is 1. */
const PALEST = 0.25;

/** The stages of a model from left to right: height by resolution, width by channels, and the stronger its colour the more it costs. */
export function drawStages(stages: readonly NamedStage[]): Shape {
  const highest = Math.max(...stages.map(({ height }) => height));
  const most = Math.max(...stages.map(({ macsShare }) => macsShare), Number.MIN_VALUE);
  const base = TALLEST + 4;
  let x = 2;
  const drawn = stages.map((stage) => {
    const wide = thickness(stage.channels) * WIDER;
    const room = Math.max(wide, LEAST);
    const high = tall(stage.height, highest, TALLEST);
    const column = shape(
      'g',
      {},
      shape('title', {}, describe(stage)),
      shape('rect', {
        class: 'block',
        x: round(x),
        y: round(base - high),
        width: round(wide),
        height: round(high),
        'fill-opacity': round(PALEST + (1 - PALEST) * (stage.macsShare / most)),
      }),
      text(x, base + 18, stage.name, 'name'),
      text(x, base + 34, fitted(shapeText(stage), room)),
      text(x, base + 50, fitted(`${percent(stage.macsShare)} macs`, room)),
    );
    x += room + GAP;
    return column;
  });
  const [width, height] = [Math.max(1, x - GAP), base + WORDS];
  return shape(
    'svg',
    { viewBox: `0 0 ${round(width)} ${height}`, width: round(width), height, role: 'img' },
    shape('title', {}, l10n.t('Stages: {0}', stages.map(describe).join('; '))),
    ...drawn,
  );
}

const describe = (stage: NamedStage): string => `${stage.name} ${shapeText(stage)}, ${percent(stage.macsShare)} macs`;

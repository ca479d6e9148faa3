import type { PictureBackbone } from '../../../server/src/server/protocol.ts';
import { drawAcross, leastAcross } from './across.ts';
import { drawDown } from './down.ts';
import type { Shape } from './shape.ts';

export interface Look {
  /** Pixels that there are; without them it is as wide as it likes. */
  readonly width?: number;
  /** Whether groups are buttons. */
  readonly pressable?: boolean;
}

/** One backbone to scale, as wide as there is room: from left to right where that can be read, from top to bottom elsewhere. */
export function drawBackbone(
  backbone: PictureBackbone,
  { width = Number.POSITIVE_INFINITY, pressable = true }: Look = {},
): Shape {
  const draw = leastAcross(backbone) <= width ? drawAcross : drawDown;
  return draw(backbone, width, pressable);
}

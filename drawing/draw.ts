import type { PictureBackbone } from '../server/src/server/protocol.ts';
import { drawAcross, leastAcross } from './across.ts';
import { drawBranching } from './branching.ts';
import { drawDown } from './down.ts';
import type { Shape } from './shape.ts';

export interface Look {
  /** Pixels that there are; without them it is as wide as it likes. */
  readonly width?: number;
  /** Whether groups are buttons. */
  readonly pressable?: boolean;
}

/**
 * One backbone to scale, as wide as there is room: from left to right where that can be read, from top to bottom elsewhere,
 * and with arrows where its nodes branch.
 */
export function drawBackbone(
  backbone: PictureBackbone,
  { width = Number.POSITIVE_INFINITY, pressable = true }: Look = {},
): Shape {
  if (backbone.branches) return drawBranching(backbone, width, pressable);
  const draw = leastAcross(backbone) <= width ? drawAcross : drawDown;
  return draw(backbone, width, pressable);
}

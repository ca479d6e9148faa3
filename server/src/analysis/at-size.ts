import type { ImageSize } from '../backbone/backbone.ts';
import { analyse, type BackboneAnalysis } from './analyse.ts';

/** The same backbone for images of another size; its channels stay. Left out, the size is the backbone's own. */
export function atSize(analysis: BackboneAnalysis, size: ImageSize | undefined): BackboneAnalysis {
  const { backbone } = analysis;
  const { input } = backbone;
  if (size === undefined || (input.height === size.height && input.width === size.width)) return analysis;
  return analyse({ ...backbone, input: { ...input, ...size } });
}

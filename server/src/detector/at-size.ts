import { isCurrent } from '../analysis/analyse.ts';
import type { ImageSize } from '../backbone/backbone.ts';
import { analyseDetector, type DetectorAnalysis } from './analyse.ts';

/** The same detector for images of another size. Left out, the size is the detector's own. */
export function detectorAtSize(analysis: DetectorAnalysis, size: ImageSize | undefined): DetectorAnalysis | undefined {
  const { detector } = analysis;
  const { backbone } = detector;
  const { input } = backbone;
  const isOwn = size === undefined || (input.height === size.height && input.width === size.width);
  if (isOwn && isCurrent(analysis.backbone)) return analysis;
  return analyseDetector({ ...detector, backbone: { ...backbone, input: { ...input, ...size } } }, undefined, analysis);
}

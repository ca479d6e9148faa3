import type { FeatureOptions } from './options.ts';
import { type PictureBackbone, pictureOf } from './picture-backbone.ts';
import { pictureOfDetector } from './picture-detector.ts';
import type { Snapshot } from './snapshot.ts';

export type { PictureBackbone, PictureGroup } from './picture-backbone.ts';

/** What the architecture picture draws of a text: each backbone that has numbers, then each detector. */
export const picture = (snapshot: Snapshot, options: FeatureOptions): PictureBackbone[] => [
  ...snapshot.backbones.flatMap((backbone) => pictureOf(snapshot, backbone, options) ?? []),
  ...snapshot.detectors.flatMap((detector) => pictureOfDetector(snapshot, detector, options) ?? []),
];

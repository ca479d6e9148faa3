import type { Level } from '../../detector/builder.ts';
import type { Part } from '../../detector/detector.ts';
import { numberOf } from '../../detector/part-arguments.ts';
import { type Built, levelChannels, shapesOf, strideOf, yes } from './detector-parts.ts';
import type { Dict } from './values.ts';

/** A detector of two stages in mmdetection. */
export interface TwoStage {
  readonly ok: true;
  readonly type: string;
  readonly rpn: Dict;
  readonly regions: Dict;
  readonly train: Dict;
  readonly test: Dict;
}

type Outcome = TwoStage | { readonly ok: false; readonly message: string };

const NMS: Dict = { type: 'nms', iou_threshold: 0.7 };

/** Regions are cut out of levels up to 1/32 of the image. */
const COARSEST = 32;

export function twoStage(built: Built, rpn: Part, box: Part, mask: Part | undefined): Outcome {
  const stages = numberOf(box.values, 'stages');
  if (mask !== undefined && (stages > 1 || numberOf(mask.values, 'times') > 1)) {
    const message =
      'mmdetection’s cascades with masks (Cascade Mask R-CNN, HTC, SCNet) have a mask head for each stage or a semantic ' +
      'branch, which this has not. Leave out the mask head, or write stages: 1 and times: 1 for Mask R-CNN.';
    return { ok: false, message };
  }
  const cascade = stages > 1;
  return {
    ok: true,
    type: cascade ? 'CascadeRCNN' : mask === undefined ? 'FasterRCNN' : 'MaskRCNN',
    rpn: rpnHead(built, rpn, cascade),
    regions: {
      type: cascade ? 'CascadeRoIHead' : 'StandardRoIHead',
      ...(cascade
        ? { num_stages: stages, stage_loss_weights: Array.from({ length: stages }, (_, i) => 0.5 ** i) }
        : {}),
      bbox_roi_extractor: extractor(built, 7),
      bbox_head: cascade
        ? Array.from({ length: stages }, (_, i) => boxHead(built, box, i, true))
        : boxHead(built, box, 0, false),
      ...(mask === undefined ? {} : { mask_roi_extractor: extractor(built, 14), mask_head: maskHead(built, mask) }),
    },
    train: {
      rpn: {
        assigner: assigner(0.7, 0.3, 0.3, true),
        sampler: sampler(256, 0.5, false),
        allowed_border: -1,
        pos_weight: -1,
        debug: false,
      },
      rpn_proposal: { nms_pre: 2000, max_per_img: numberOf(box.values, 'rois'), nms: NMS, min_bbox_size: 0 },
      rcnn: cascade
        ? Array.from({ length: stages }, (_, i) => training(Math.min(0.9, 0.5 + 0.1 * i), false, undefined))
        : training(0.5, mask !== undefined, mask === undefined ? undefined : 28),
    },
    test: {
      rpn: { nms_pre: 1000, max_per_img: numberOf(box.values, 'rois'), nms: NMS, min_bbox_size: 0 },
      rcnn: {
        score_thr: 0.05,
        nms: { type: 'nms', iou_threshold: 0.5 },
        max_per_img: mask === undefined ? 100 : numberOf(mask.values, 'rois'),
        mask_thr_binary: mask === undefined ? undefined : 0.5,
      },
    },
  };
}

const coder = (...stds: readonly number[]): Dict => ({
  type: 'DeltaXYWHBBoxCoder',
  target_means: [0, 0, 0, 0],
  target_stds: stds,
});

/** Boxes of eight strides, and of as many sizes up to twice that. */
function rpnHead(built: Built, { values }: Part, cascade: boolean): Dict {
  const { sizes, ratios } = shapesOf(numberOf(values, 'anchors'));
  const scales = Array.from({ length: sizes }, (_, i) => Number((8 * 2 ** (i / sizes)).toFixed(4)));
  return {
    type: 'RPNHead',
    in_channels: levelChannels(built),
    feat_channels: numberOf(values, 'width'),
    anchor_generator: { type: 'AnchorGenerator', scales, ratios, strides: built.network.levels.map(strideOf) },
    bbox_coder: coder(1, 1, 1, 1),
    loss_cls: { type: 'CrossEntropyLoss', use_sigmoid: true, loss_weight: 1 },
    loss_bbox: boxLoss(cascade, 1 / 9),
  };
}

/** Cascades are published with a smooth loss. */
const boxLoss = (smooth: boolean, beta: number): Dict =>
  smooth ? { type: 'SmoothL1Loss', beta, loss_weight: 1 } : { type: 'L1Loss', loss_weight: 1 };

const cut = ({ network: { levels } }: Built): readonly Level[] => {
  const read = levels.filter((level) => strideOf(level) <= COARSEST);
  return read.length > 0 ? read : levels.slice(-1);
};

const extractor = (built: Built, size: number): Dict => ({
  type: 'SingleRoIExtractor',
  roi_layer: { type: 'RoIAlign', output_size: size, sampling_ratio: 0 },
  out_channels: levelChannels(built),
  featmap_strides: cut(built).map(strideOf),
});

function boxHead(built: Built, part: Part, stage: number, cascade: boolean): Dict {
  const [convs, fcs] = [numberOf(part.values, 'convs'), numberOf(part.values, 'fcs')];
  const channels = levelChannels(built);
  const std = (value: number): number => Number((value / (stage + 1)).toFixed(3));
  return {
    ...kindOfBox(convs, fcs),
    in_channels: channels,
    conv_out_channels: convs > 0 ? channels : undefined,
    fc_out_channels: numberOf(part.values, 'width'),
    norm_cfg: convs > 0 ? { type: 'GN', num_groups: 32, requires_grad: true } : undefined,
    roi_feat_size: 7,
    num_classes: built.detector.classes,
    bbox_coder: coder(std(0.1), std(0.1), std(0.2), std(0.2)),
    reg_class_agnostic: yes(part, 'agnostic'),
    loss_cls: { type: 'CrossEntropyLoss', use_sigmoid: false, loss_weight: 1 },
    loss_bbox: boxLoss(cascade, 1),
  };
}

/** The two that are published have names of their own. */
function kindOfBox(convs: number, fcs: number): Dict {
  if (convs === 0 && fcs === 2) return { type: 'Shared2FCBBoxHead' };
  if (convs === 4 && fcs === 1) return { type: 'Shared4Conv1FCBBoxHead' };
  return { type: 'ConvFCBBoxHead', num_shared_convs: convs, num_shared_fcs: fcs };
}

const maskHead = (built: Built, { values }: Part): Dict => ({
  type: 'FCNMaskHead',
  num_convs: numberOf(values, 'convs'),
  in_channels: levelChannels(built),
  conv_out_channels: numberOf(values, 'width'),
  num_classes: built.detector.classes,
  loss_mask: { type: 'CrossEntropyLoss', use_mask: true, loss_weight: 1 },
});

const assigner = (pos: number, neg: number, least: number, low: boolean): Dict => ({
  type: 'MaxIoUAssigner',
  pos_iou_thr: pos,
  neg_iou_thr: neg,
  min_pos_iou: least,
  match_low_quality: low,
  ignore_iof_thr: -1,
});

const sampler = (count: number, positive: number, own: boolean): Dict => ({
  type: 'RandomSampler',
  num: count,
  pos_fraction: positive,
  neg_pos_ub: -1,
  add_gt_as_proposals: own,
});

const training = (overlap: number, low: boolean, maskSize: number | undefined): Dict => ({
  assigner: assigner(overlap, overlap, overlap, low),
  sampler: sampler(512, 0.25, true),
  mask_size: maskSize,
  pos_weight: -1,
  debug: false,
});

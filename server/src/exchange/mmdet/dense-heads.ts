import type { Part } from '../../detector/detector.ts';
import { numberOf, wordOf } from '../../detector/part-arguments.ts';
import { type Built, type lacks, levelChannels, normOf, shapesOf, strideOf, yes } from './detector-parts.ts';
import { type Dict, Tuple, type Value } from './values.ts';

/** A detector of one stage in mmdetection: its type, its head, and how that is trained and tested. */
export interface OneStage {
  readonly ok: true;
  readonly type: string;
  readonly head: Dict;
  readonly train: Dict | undefined;
  readonly test: Dict;
  /** The learning rate of SGD, for so many pictures at once. */
  readonly rate: { readonly lr: number; readonly batch: number };
  /** What the optimiser is published with besides. */
  readonly optimiser?: Dict;
  /** Whether the head is GFLV2's, which mmdetection leaves to whoever wants it. */
  readonly quality?: boolean;
  /** Arguments of the pyramid that the head is published with. */
  readonly neck?: Dict;
}

type Head = (built: Built, part: Part) => OneStage | Extract<ReturnType<typeof lacks>, { ok: false }>;

const lack = (message: string): Extract<ReturnType<typeof lacks>, { ok: false }> => ({ ok: false, message });

const FOCAL: Dict = { type: 'FocalLoss', use_sigmoid: true, gamma: 2, alpha: 0.25, loss_weight: 1 };
const RATE = { lr: 0.01, batch: 16 };

const test = (threshold: number): Dict => ({
  nms_pre: 1000,
  min_bbox_size: 0,
  score_thr: 0.05,
  nms: { type: 'nms', iou_threshold: threshold },
  max_per_img: 100,
});

const train = (assigner: Dict): Dict => ({ assigner, allowed_border: -1, pos_weight: -1, debug: false });

const coder = (own: Dict = {}): Dict => ({
  type: 'DeltaXYWHBBoxCoder',
  target_means: [0, 0, 0, 0],
  target_stds: [1, 1, 1, 1],
  ...own,
});

const stridesOf = ({ network: { levels } }: Built): number[] => levels.map(strideOf);

/** What every head of two towers has. */
const towers = (built: Built, { values }: Part): Dict => ({
  num_classes: built.detector.classes,
  in_channels: levelChannels(built),
  stacked_convs: numberOf(values, 'convs'),
  feat_channels: numberOf(values, 'width'),
});

const separate = (name: string) =>
  lack(`mmdetection has BatchNorm of its own for each level in retina alone. Write norm: bn or gn for ${name}.`);

const gfl: Head = (built, part) => {
  if (wordOf(part.values, 'norm') === 'separate') return separate('gfl');
  const quality = yes(part, 'quality');
  return {
    ok: true,
    type: 'GFL',
    quality,
    head: {
      type: quality ? 'GFLV2Head' : 'GFLHead',
      ...towers(built, part),
      norm_cfg: normOf(part),
      anchor_generator: {
        type: 'AnchorGenerator',
        ratios: [1],
        octave_base_scale: 8,
        scales_per_octave: 1,
        strides: stridesOf(built),
      },
      loss_cls: { type: 'QualityFocalLoss', use_sigmoid: true, beta: 2, loss_weight: 1 },
      loss_dfl: { type: 'DistributionFocalLoss', loss_weight: 0.25 },
      reg_max: numberOf(part.values, 'regmax'),
      loss_bbox: { type: 'GIoULoss', loss_weight: 2 },
    },
    train: train({ type: 'ATSSAssigner', topk: 9 }),
    test: test(0.6),
    rate: RATE,
  };
};

const FAR = 1e8;

const fcos: Head = (built, part) => {
  if (wordOf(part.values, 'norm') === 'separate') return separate('fcos');
  const strides = stridesOf(built);
  return {
    ok: true,
    type: 'FCOS',
    head: {
      type: 'FCOSHead',
      ...towers(built, part),
      strides,
      // A level has boxes of up to eight of its strides, the last all that are larger.
      regress_ranges: strides.map(
        (stride, i) => new Tuple(i === 0 ? -1 : 8 * (strides[i - 1] ?? 0), i === strides.length - 1 ? FAR : 8 * stride),
      ),
      centerness_on_reg: true,
      norm_cfg: normOf(part),
      loss_cls: FOCAL,
      loss_bbox: { type: 'IoULoss', loss_weight: 1 },
      loss_centerness: { type: 'CrossEntropyLoss', use_sigmoid: true, loss_weight: 1 },
    },
    train: undefined,
    test: test(0.5),
    rate: RATE,
    neck: { relu_before_extra_convs: true },
    optimiser: {
      paramwise_cfg: { bias_lr_mult: 2, bias_decay_mult: 0 },
      clip_grad: { max_norm: 35, norm_type: 2 },
    },
  };
};

const retina: Head = (built, part) => {
  const isSeparate = wordOf(part.values, 'norm') === 'separate';
  const strides = stridesOf(built);
  const { sizes, ratios } = shapesOf(numberOf(part.values, 'anchors'));
  const norm: Value = isSeparate ? { type: 'BN', requires_grad: true } : normOf(part);
  return {
    ok: true,
    type: 'RetinaNet',
    head: {
      type: isSeparate ? 'RetinaSepBNHead' : 'RetinaHead',
      ...towers(built, part),
      ...(isSeparate ? { num_ins: strides.length } : {}),
      norm_cfg: norm,
      anchor_generator: { type: 'AnchorGenerator', octave_base_scale: 4, scales_per_octave: sizes, ratios, strides },
      bbox_coder: coder(),
      loss_cls: FOCAL,
      loss_bbox: { type: 'L1Loss', loss_weight: 1 },
    },
    train: {
      ...train({ type: 'MaxIoUAssigner', pos_iou_thr: 0.5, neg_iou_thr: 0.4, min_pos_iou: 0, ignore_iof_thr: -1 }),
      sampler: { type: 'PseudoSampler' },
    },
    test: test(0.5),
    rate: RATE,
  };
};

const yolof: Head = (built, { values }) => ({
  ok: true,
  type: 'YOLOF',
  head: {
    type: 'YOLOFHead',
    num_classes: built.detector.classes,
    in_channels: levelChannels(built),
    num_cls_convs: numberOf(values, 'clsconvs'),
    num_reg_convs: numberOf(values, 'regconvs'),
    reg_decoded_bbox: true,
    anchor_generator: {
      type: 'AnchorGenerator',
      ratios: [1],
      scales: Array.from({ length: numberOf(values, 'anchors') }, (_, i) => 2 ** i),
      strides: stridesOf(built),
    },
    bbox_coder: coder({ add_ctr_clamp: true, ctr_clamp: 32 }),
    loss_cls: FOCAL,
    loss_bbox: { type: 'GIoULoss', loss_weight: 1 },
  },
  train: train({ type: 'UniformAssigner', pos_ignore_thr: 0.15, neg_ignore_thr: 0.7 }),
  test: test(0.6),
  // Published as 0.12 for 64 pictures at once.
  rate: { lr: 0.03, batch: 16 },
});

const HEADS: Readonly<Record<string, Head>> = { gfl, fcos, retina, yolof };

/** The detector of one stage that a head makes, or what mmdetection has instead. */
export const oneStage = (built: Built, part: Part): ReturnType<Head> =>
  HEADS[part.kind]?.(built, part) ??
  lack(
    `There is no config of mmdetection for the head ${part.kind} here. There is one for gfl, fcos, retina and yolof.`,
  );

/**
 * Detectors whose whole count somebody printed, or whose AP: what stands here is quoted, never computed. scripts/tables.ts puts our
 * counts beside it.
 */

/** What the authors of a table printed. */
export interface Printed {
  /** As it is printed, in G and M. */
  readonly count?: string;
  readonly params?: string;
  /** With what it is an AP of, where the table has several. */
  readonly ap?: string;
}

/** A row with a detector that we can count. */
export interface Counted extends Printed {
  readonly detector: string;
  /** A file of examples/, without its ending. */
  readonly backbone: string;
  readonly title: string;
  /** Height and width. */
  readonly input: readonly [number, number];
  readonly classes?: number;
  readonly lines: readonly string[];
  /** A file of examples/detectors/, which says the very same. */
  readonly example?: string;
}

/** A row without one: the structure was never published, or is none of ours. */
export interface QuotedOnly extends Printed {
  readonly detector: string;
  readonly title: string;
  readonly why: string;
}

export interface PublishedTable {
  readonly title: string;
  /** Conditions and sources, before the table. */
  readonly about: string;
  readonly ap?: string;
  readonly rows: readonly (Counted | QuotedOnly)[];
  /** What can be said of the differences, behind it. */
  readonly remark?: string;
}

const COCO = [800, 1280] as const;
const BACKBONES = {
  resnet50: 'ResNet-50',
  resnet101: 'ResNet-101',
  maedet_s: 'MAE-DET-S',
  maedet_m: 'MAE-DET-M',
  maedet_l: 'MAE-DET-L',
  detnas_3_8g: 'DetNAS-3.8G',
  spinenet49: 'SpineNet-49',
  spinenet96: 'SpineNet-96',
} as const;

type Backbone = keyof typeof BACKBONES;
type Kind = Pick<Counted, 'detector' | 'input' | 'classes' | 'lines'>;

const on = (kind: Kind, backbone: Backbone, printed: Printed, more: Partial<Counted> = {}): Counted => ({
  ...kind,
  backbone,
  title: BACKBONES[backbone],
  ...printed,
  ...more,
});

const NO_NECK = 'neck none()';
const GFL_HEAD = 'head gfl()';
const GFLV2: Kind = { detector: 'GFLV2', input: COCO, lines: ['neck fpn()', GFL_HEAD] };
const FCOS = ['neck fpn()', 'head fcos()'];
const VOC: Kind = { detector: 'FCOS, VOC', input: [600, 1000], classes: 20, lines: FCOS };
const CITYSCAPES: Kind = { detector: 'FCOS, Cityscapes', input: [1024, 2048], classes: 8, lines: FCOS };
const REGIONS = 'neck fpn(from: C2..C5, extra: pool)';
const MASK_HEADS = ['head rpn()', 'head box(convs: 4, fcs: 1)', 'head mask()'];
const MASK: Kind = { detector: 'Mask R-CNN', input: COCO, lines: [REGIONS, ...MASK_HEADS] };
const SCNET: Kind = {
  detector: 'SCNet',
  input: COCO,
  lines: [REGIONS, 'head rpn()', 'head box(stages: 3, agnostic: yes)', 'head mask(convs: 12, times: 3)'],
};
const RETINA: Kind = { detector: 'RetinaNet', input: COCO, lines: ['neck fpn(extra: on-input)', 'head retina()'] };
const RETINA_SPINENET: Kind = { ...RETINA, lines: [NO_NECK, 'head retina(norm: separate)'] };

export const PUBLISHED: readonly PublishedTable[] = [
  {
    title: 'Backbones in GFLV2 on COCO',
    about: 'At 1280×800 with 80 classes. Of the whole detectors the paper prints no count here.',
    ap: 'AP on COCO val, trained for 6x',
    rows: [
      on(GFLV2, 'resnet50', { ap: '44.7' }),
      on(GFLV2, 'resnet101', { ap: '46.3' }),
      on(GFLV2, 'maedet_s', { ap: '45.1' }),
      on(GFLV2, 'maedet_m', { ap: '46.9' }),
      on(GFLV2, 'maedet_l', { ap: '47.8' }),
    ],
  },
  {
    title: 'Searched backbones in GFLV2, in one setting',
    about:
      'The paper’s comparison. SpineNet’s outputs are the levels, so that it has no neck; its size is 1280×768, which 128 divides.',
    ap: 'AP on COCO val',
    rows: [
      on(GFLV2, 'detnas_3_8g', { count: '205', params: '35.5', ap: '46.4' }, { example: 'gflv2_detnas' }),
      on(
        GFLV2,
        'spinenet96',
        { count: '216', params: '41.3', ap: '46.6' },
        { input: [768, 1280], lines: [NO_NECK, GFL_HEAD], example: 'gflv2_spinenet96' },
      ),
      on(GFLV2, 'maedet_m', { count: '215', params: '34.9', ap: '46.8' }, { example: 'gflv2_maedet_m' }),
    ],
  },
  {
    title: 'Search methods on COCO',
    about: 'What the paper quotes of each method; MAE-DET-L is in GFLV2.',
    ap: 'AP on COCO test',
    rows: [
      { detector: '–', title: 'DetNAS', count: '289', ap: '43.4', why: 'quoted only: its detector is not known to us' },
      {
        detector: '–',
        title: 'SP-NAS',
        count: '655',
        ap: '47.4',
        why: 'quoted only: its structure on COCO was never published',
      },
      {
        detector: '–',
        title: 'SpineNet',
        count: '524',
        ap: '48.1',
        why: 'quoted only: its detector is not known to us',
      },
      on(GFLV2, 'maedet_l', { count: '279', ap: '48.0' }),
    ],
  },
  {
    title: 'FCOS on VOC and Cityscapes',
    about: 'VOC has 20 classes and images of 1000×600, Cityscapes 8 classes and images of 2048×1024.',
    ap: 'AP',
    rows: [
      on(VOC, 'resnet50', { count: '120', ap: '76.8' }, { example: 'fcos_r50_voc' }),
      on(VOC, 'maedet_m', { count: '123', ap: '80.9' }),
      on(CITYSCAPES, 'resnet50', { count: '411', ap: '37.0' }, { example: 'fcos_r50_cityscapes' }),
      on(CITYSCAPES, 'maedet_m', { count: '426', ap: '38.1' }),
    ],
    remark:
      'On Cityscapes the two printed counts are of different conventions: by one alone, MAE-DET-M costs 13.4 to 13.8 G more.',
  },
  {
    title: 'Mask R-CNN and SCNet on COCO',
    about:
      'Mask R-CNN with four convolutions and one linear layer in its box head; SCNet with three box heads, its mask head counted in each, ' +
      'without the semantic, global and relay parts, which the printed counts leave out. 1000 boxes, 100 masks.',
    ap: 'AP of boxes / of masks',
    rows: [
      on(MASK, 'resnet50', { count: '375', ap: '43.2 / 39.2' }, { example: 'mask_rcnn_r50' }),
      on(MASK, 'maedet_m', { count: '379', ap: '44.5 / 40.3' }),
      // The levels of SpineNet, which the paper does not say; see the remark.
      on(
        MASK,
        'resnet50',
        { count: '228', ap: '42.7 / 37.8' },
        { input: [640, 640], lines: ['neck fpn(extra: on-input)', ...MASK_HEADS] },
      ),
      on(
        MASK,
        'spinenet49',
        { count: '216', ap: '42.9 / 38.1' },
        { input: [640, 640], lines: [NO_NECK, ...MASK_HEADS] },
      ),
      on(SCNET, 'resnet50', { count: '671', ap: '46.3 / 41.6' }, { example: 'scnet_r50' }),
      on(SCNET, 'maedet_m', { count: '675', ap: '47.1 / 42.3' }),
    ],
    remark:
      'At 640×640 both are counted with the levels P3 to P7, which SpineNet has. That is our reading: the paper does not say so, and with P2 to P6 ' +
      'as at 1280×800 ResNet-50 would have 259 G. No convention gives both counts of SCNet: ours differ by 4.3 to 4.5 G, as the printed ones ' +
      'do by 4.',
  },
  {
    title: 'RetinaNet',
    about:
      'ResNet-50 as mmdetection counts it, SpineNet as its authors do: without a neck, each level with BatchNorm of its own in the head.',
    rows: [
      on(RETINA, 'resnet50', { count: '239.32', params: '37.97' }, { example: 'retinanet_r50' }),
      on(
        RETINA_SPINENET,
        'spinenet49',
        { count: '83.7', params: '28.31' },
        { input: [640, 640], example: 'retinanet_spinenet49' },
      ),
      on(
        RETINA_SPINENET,
        'spinenet96',
        { count: '261.35', params: '42.74' },
        { input: [1024, 1024], example: 'retinanet_spinenet96' },
      ),
    ],
  },
];

import { si } from '../../../../common/numbers.ts';
import { lower } from '../../backbone/lower.ts';
import { addCosts, sectionCosts } from '../../cost/cost.ts';
import type { Detector } from '../../detector/detector.ts';
import { lowerDetector } from '../../detector/lower.ts';
import { docstring, lines } from '../pytorch/python.ts';
import { type OneStage, oneStage } from './dense-heads.ts';
import { type Built, neckOf } from './detector-parts.ts';
import { type TwoStage, twoStage } from './region-heads.ts';
import { type Dict, Tuple, type Value, valueText } from './values.ts';

/** The text of a config, and which files it reads beside the backbone's. */
export type ConfigText =
  | { readonly ok: true; readonly text: string; readonly quality: boolean }
  | { readonly ok: false; readonly message: string };

/** The backbone's module, as a config names it. */
export interface BackboneModule {
  /** Its file without `.py`. */
  readonly module: string;
  /** Its class. */
  readonly type: string;
  /** The file of GFLV2's head without `.py`, which mmdetection leaves to whoever wants it. */
  readonly quality: string;
}

export function configText(detector: Detector, module: BackboneModule): ConfigText {
  const backbone = lower(detector.backbone);
  const network = lowerDetector(detector, backbone);
  if (network === undefined) return { ok: false, message: 'The neck reads outputs that the backbone does not have.' };
  const built: Built = { detector, network };
  const neck = neckOf(built);
  if (!neck.ok) return neck;
  const heads = headsOf(built);
  if (!heads.ok) return heads;
  const indices = network.read.map(({ name }) => network.outputs.findIndex((output) => output.name === name));
  const model = modelOf(
    built,
    heads,
    {
      type: module.type,
      out_indices: new Tuple(...indices),
      frozen_stages: -1,
      norm_eval: false,
    },
    neck.value,
  );
  const quality = 'quality' in heads && heads.quality === true;
  const imports = [module.module, ...(quality ? [module.quality] : [])];
  const { rate } = 'rate' in heads ? heads : { rate: TWO_STAGE_RATE };
  const text = lines(
    docstring(`The detector ${detector.name}, written by \`mae export --to mmdet\` for mmdetection 3.`, costs(built)),
    '',
    assigned('_base_', basesOf(built)),
    assigned('custom_imports', { imports, allow_failed_imports: false }),
    '',
    assigned('model', model),
    '',
    assigned('optim_wrapper', {
      optimizer: { type: 'SGD', lr: rate.lr, momentum: 0.9, weight_decay: 0.0001 },
      ...('optimiser' in heads ? heads.optimiser : {}),
    }),
    '# Pictures at once that the learning rate is for: `--auto-scale-lr` fits it to others.',
    assigned('auto_scale_lr', { base_batch_size: rate.batch }),
  );
  return { ok: true, text: `${text}\n`, quality };
}

const TWO_STAGE_RATE = { lr: 0.02, batch: 16 };

const assigned = (name: string, value: Value): string => `${name} = ${valueText(value)}`;

/** The detector that its heads make: one of one stage, or proposals with what looks at them. */
function headsOf(built: Built): OneStage | TwoStage | { readonly ok: false; readonly message: string } {
  const { heads } = built.detector;
  const named = (kind: string) => heads.find((part) => part.kind === kind);
  const [rpn, box, mask] = [named('rpn'), named('box'), named('mask')];
  if (rpn !== undefined && box !== undefined && heads.length === (mask === undefined ? 2 : 3))
    return twoStage(built, rpn, box, mask);
  const [only, second] = heads;
  if (only !== undefined && second === undefined && only !== rpn && only !== box && only !== mask)
    return oneStage(built, only);
  const all = heads.map(({ kind }) => kind).join(', ');
  const message = `mmdetection has no detector of the heads ${all || 'none'}. It has one head of one stage, or rpn with box, or rpn with box and mask.`;
  return { ok: false, message };
}

/** A picture is padded so that every halving of the network goes up evenly. */
const paddingOf = ({ network }: Built): number =>
  Math.max(32, ...network.backbone.groups.map(({ to }) => 2 ** to.halvings));

function modelOf(built: Built, heads: OneStage | TwoStage, backbone: Dict, neck: Dict | undefined): Dict {
  const preprocessor: Dict = {
    type: 'DetDataPreprocessor',
    mean: [123.675, 116.28, 103.53],
    std: [58.395, 57.12, 57.375],
    bgr_to_rgb: true,
    pad_mask: heads.type === 'MaskRCNN' ? true : undefined,
    pad_size_divisor: paddingOf(built),
  };
  const head = 'head' in heads ? { bbox_head: heads.head } : { rpn_head: heads.rpn, roi_head: heads.regions };
  const extra = 'neck' in heads && neck !== undefined && 'add_extra_convs' in neck ? heads.neck : undefined;
  return {
    type: heads.type,
    data_preprocessor: preprocessor,
    backbone,
    neck: neck === undefined ? undefined : { ...neck, ...extra },
    ...head,
    train_cfg: heads.train,
    test_cfg: heads.test,
  };
}

/** mmdetection's own data set, by the number of classes; COCO's for all others. */
function basesOf({ detector: { classes, heads } }: Built): string[] {
  const masks = heads.some(({ kind }) => kind === 'mask');
  const coco = masks ? 'coco_instance' : 'coco_detection';
  const cityscapes = masks ? 'cityscapes_instance' : 'cityscapes_detection';
  const data = classes === 8 ? cityscapes : classes === 20 && !masks ? 'voc0712' : coco;
  return [`datasets/${data}`, 'schedules/schedule_1x', 'default_runtime'].map((name) => `mmdet::_base_/${name}.py`);
}

function costs({ detector, network }: Built): string {
  const { macs, params } = addCosts(network.sections.map((section) => sectionCosts(section, network.image)));
  const { channels, height, width } = detector.backbone.input;
  return (
    `At ${channels}x${height}x${width}: ${si(macs)} MACs (multiply-accumulates of convolutions and linear layers, one of ` +
    `which is two FLOPs), ${params.toLocaleString('en-US')} parameters. The backbone has no weights yet: nothing of it is ` +
    `frozen. ${[8, 20, 80].includes(detector.classes) ? '' : `Its ${detector.classes} classes need a data set with as many (metainfo).`}`
  ).trim();
}

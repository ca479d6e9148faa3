import { type Framework, type MainParts, member } from '../pytorch/module.ts';
import { tuple } from '../pytorch/names.ts';
import { indent, lines } from '../pytorch/python.ts';

/** Names of mmdetection's own registry that a backbone may well be called by. */
const REGISTERED = [
  'CSPDarknet',
  'CSPNeXt',
  'Darknet',
  'EfficientNet',
  'HRNet',
  'MobileNetV2',
  'RegNet',
  'Res2Net',
  'ResNeSt',
  'ResNeXt',
  'ResNet',
  'ResNetV1d',
  'SSDVGG',
  'SwinTransformer',
  'GFL',
  'FCOS',
  'RetinaNet',
  'YOLOF',
  'YOLOX',
  'RTMDet',
  'FPN',
  'PAFPN',
  'FasterRCNN',
  'MaskRCNN',
  'CascadeRCNN',
];

/** mmdetection's own defaults: none of it trained before, so that there is nothing to freeze. */
const INIT = lines(
  'super().__init__(init_cfg=init_cfg or [',
  indent(
    lines(
      "dict(type='Kaiming', layer='Conv2d', mode='fan_out', nonlinearity='relu'),",
      "dict(type='Constant', layer='_BatchNorm', val=1),",
    ),
  ),
  '])',
  'self.out_indices = out_indices',
  'self.frozen_stages = frozen_stages',
  'self.norm_eval = norm_eval',
);

/** What `frozen_stages` freezes, by the keys of modules: each stage by what it has beyond the one before it. */
function frozen({ upTo, held }: MainParts): string {
  const added = upTo.map((keys, i) => keys.slice((upTo[i - 1] ?? []).length));
  const freeze = (module: string): string => lines(`${module}.eval()`, `${module}.requires_grad_(False)`);
  return lines(
    'stages = (',
    indent(lines(added.map((keys) => `${tuple(keys)},`))),
    ')',
    'for keys in stages[:self.frozen_stages + 1]:',
    indent('for key in keys:'),
    held === 'stages'
      ? indent(freeze('self.stages[key]'), 2)
      : indent(
          lines(
            'for modules in (self.nodes, self.merges):',
            indent('if key in modules:'),
            indent(freeze('modules[key]'), 2),
          ),
          2,
        ),
  );
}

function mainClass(parts: MainParts): string {
  const { name, doc, facts, build, run, outputs, held } = parts;
  // As mmdetection's ResNet: all but the stem of a chain.
  const all = Array.from({ length: outputs }, (_, i) => i);
  const usual = tuple(held === 'nodes' || outputs === 1 ? all : all.slice(1));
  const stem = held === 'nodes' ? 'the stem and so many nodes' : 'C1 and so many stages';
  return lines(
    '@MODELS.register_module()',
    `class ${name}(BaseModule):`,
    indent(doc),
    '',
    indent(facts),
    '',
    member(
      `def __init__(self, out_indices=${usual}, frozen_stages=-1, norm_eval=False, init_cfg=None):`,
      lines(INIT, build, 'self._freeze()'),
    ),
    '',
    member(
      'def _freeze(self):',
      lines(`"""Freezes ${stem} behind it; nothing where frozen_stages is -1, as by default."""`, frozen(parts)),
    ),
    '',
    member(
      'def train(self, mode=True):',
      lines(
        'super().train(mode)',
        'self._freeze()',
        'if mode and self.norm_eval:',
        indent(
          lines(
            'for module in self.modules():',
            indent(lines('if isinstance(module, _BatchNorm):', indent('module.eval()'))),
          ),
        ),
        'return self',
      ),
    ),
    '',
    member('def forward(self, x):', lines(run, 'return tuple(features[i] for i in self.out_indices)')),
  );
}

/** A backbone as mmdetection 3 takes it: registered, with the arguments that its own backbones have. */
export const MMDET_BACKBONE: Framework = {
  imports: [
    'from torch.nn.modules.batchnorm import _BatchNorm',
    '',
    'from mmdet.registry import MODELS',
    'from mmengine.model import BaseModule',
  ],
  format: 'mmdet',
  taken: ['MODELS', 'BaseModule', ...REGISTERED],
  mainClass,
};

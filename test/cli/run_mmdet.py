"""Reads exports for mmdetection as mmdetection would, and says what is in them. mmdetection itself is not here.

A few lines stand for the classes that the exports build on: a registry, mmengine's BaseModule, and what GFLV2's head uses
of GFLHead. So the backbones are the real ones and run; heads and necks are looked at, not run. Cases are
{"folder", "config", "input": [c, h, w]} as JSON.
"""
import json
import runpy
import sys
import types

import torch
from torch import nn


class Registry(dict):
    def register_module(self):
        def register(cls):
            self[cls.__name__] = cls
            return cls
        return register


class BaseModule(nn.Module):
    def __init__(self, init_cfg=None):
        super().__init__()
        assert all(set(one) <= {'type', 'layer', 'mode', 'nonlinearity', 'val'} for one in init_cfg)


class GFLHead(nn.Module):
    """Predictions right off a level: what stands before them is nothing to GFLV2's head."""

    def __init__(self, num_classes, in_channels, reg_max):
        super().__init__()
        self.num_classes, self.in_channels, self.reg_max = num_classes, in_channels, reg_max
        self._init_layers()

    def _init_layers(self):
        self.gfl_cls = nn.Conv2d(self.in_channels, self.num_classes, 3, padding=1)
        self.gfl_reg = nn.Conv2d(self.in_channels, 4 * (self.reg_max + 1), 3, padding=1)

    def forward_single(self, x, scale):
        return self.gfl_cls(x), scale * self.gfl_reg(x)


MODELS = Registry()


def stand_in(name, **members):
    module = types.ModuleType(name)
    module.__dict__.update(members)
    sys.modules[name] = module


for package in ('mmdet', 'mmdet.models', 'mmengine'):
    stand_in(package)
stand_in('mmdet.registry', MODELS=MODELS)
stand_in('mmdet.models.dense_heads', GFLHead=GFLHead)
stand_in('mmengine.model', BaseModule=BaseModule)


def plain(value):
    return list(map(plain, value)) if isinstance(value, (list, tuple)) else (
        {key: plain(own) for key, own in value.items()} if isinstance(value, dict) else value)


def trained(module):
    return sum(p.numel() for p in module.parameters() if p.requires_grad)


def quality(head_config):
    """What GFLV2's head makes of scores: the product of two probabilities, as a logit."""
    head = MODELS['GFLV2Head'](**{key: head_config[key] for key in ('num_classes', 'in_channels', 'reg_max')})
    x = torch.randn(2, head.in_channels, 5, 7)
    plain_score, sides = GFLHead.forward_single(head, x, 1.0)
    score, same = head.forward_single(x, 1.0)
    ratio = score.sigmoid() / plain_score.sigmoid()
    one = (ratio - ratio[:, :1]).abs().max().item() < 1e-3 and 0 < ratio.min() and ratio.max() < 1
    score.sum().backward()
    finite = all(torch.isfinite(p.grad).all() for p in head.parameters() if p.grad is not None)
    return {'params': sum(p.numel() for p in head.quality.parameters()), 'shape': list(score.shape),
            'ok': bool(one and finite and torch.equal(sides, same))}


def answer(case):
    sys.path.insert(0, case['folder'])
    config = runpy.run_path(f"{case['folder']}/{case['config']}")
    for name in config['custom_imports']['imports']:
        runpy_module = __import__(name)
        assert runpy_module.__file__.startswith(case['folder'])
    model = config['model']
    build = dict(model['backbone'])
    backbone = MODELS[build.pop('type')]
    net = backbone(**build).train()
    c, h, w = case['input']
    with torch.no_grad():
        features = net.eval()(torch.rand(1, c, h, w))
    whole = trained(net)
    frozen = [whole - trained(backbone(frozen_stages=n)) for n in range(3)]
    still = backbone(norm_eval=True, frozen_stages=0).train()
    norms = [m.training for m in still.modules() if isinstance(m, nn.BatchNorm2d)]
    found = {key: plain(config[key]) for key in ('model', '_base_', 'custom_imports', 'optim_wrapper', 'auto_scale_lr')}
    for name in config['custom_imports']['imports']:
        del sys.modules[name]
    sys.path.pop(0)
    return {
        **found,
        'outputs': [list(feature.shape[1:]) for feature in features],
        'params': whole,
        'frozen': frozen,
        'normsAtRest': not any(norms),
        'quality': quality(model['bbox_head']) if model.get('bbox_head', {}).get('type') == 'GFLV2Head' else None,
    }


torch.manual_seed(0)
json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)

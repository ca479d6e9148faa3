"""Builds exported modules and says what they are: reads a list of cases as JSON, writes an answer for each.

A case is {"file", "input": [c, h, w], "small": [c, h, w], "end": index of an output}. Its file holds the export, and behind it
a class `Whole`, written off the graph node by node: both have to compute the same from the same weights.
"""
import importlib.util
import json
import sys

import torch
from torch import nn

LAYERS = (nn.Conv2d, nn.BatchNorm2d)


def load(path):
    spec = importlib.util.spec_from_file_location('exported', path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def in_turn(model, x):
    """The layers of a model in the order in which they run, MACs of its convolutions, and what it returns."""
    layers, macs, hooks = [], [0], []

    def note(layer, _, out):
        layers.append(layer)
        if isinstance(layer, nn.Conv2d):
            macs[0] += out.numel() * layer.weight[0].numel()

    for layer in model.modules():
        if isinstance(layer, LAYERS):
            hooks.append(layer.register_forward_hook(note))
    with torch.no_grad():
        out = model(x)
    for hook in hooks:
        hook.remove()
    return layers, macs[0], out


def same_numbers(model, whole, x):
    """How far two models are apart in relation to the answer, once they have the same weights."""
    one, other = in_turn(model, x)[0], in_turn(whole, x)[0]
    assert [str(layer) for layer in one] == [str(layer) for layer in other], 'layers differ'
    for a, b in zip(one, other):
        if isinstance(a, nn.BatchNorm2d):
            for tensor in (a.weight.data, a.running_var):
                tensor.uniform_(0.5, 1.5)
            for tensor in (a.bias.data, a.running_mean):
                tensor.uniform_(-2, 2)
        b.load_state_dict(a.state_dict())
    with torch.no_grad():
        return model(x), whole(x)


def answer(case):
    module = load(case['file'])
    model = getattr(module, case['class'])().eval()
    c, h, w = case['small']
    x = torch.rand(1, c, h, w)
    features, whole = same_numbers(model, module.Whole().eval(), x)
    end = features[case['end']]
    assert torch.isfinite(end).all(), 'not finite'
    apart = ((end - whole).abs().max() / whole.abs().max().clamp(min=1e-30)).item()
    names = list(model.state_dict())
    params = sum(p.numel() for p in model.parameters())
    c, h, w = case['input']
    _, macs, shapes = in_turn(model.to('meta'), torch.empty(1, c, h, w, device='meta'))
    return {
        'params': params,
        'macs': macs,
        'outputs': [[name, *shape.shape[1:]] for name, shape in zip(model.names, shapes)],
        'channels': list(model.channels),
        'small': [list(feature.shape[1:]) for feature in features],
        'same': end.shape == whole.shape and apart < 1e-4,
        'names': names,
    }


def tried(case):
    try:
        return answer(case)
    except Exception as fault:  # an answer too: the test shows it
        return {'fault': f'{type(fault).__name__}: {fault}'}


torch.manual_seed(0)
json.dump([tried(case) for case in json.load(sys.stdin)], sys.stdout)

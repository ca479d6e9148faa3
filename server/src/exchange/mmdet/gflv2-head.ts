/**
 * GFLV2 (Li et al., CVPR 2021) on mmdetection's GFLHead. The product of score and quality is handed on as a logit, so
 * that GFLHead's losses and its prediction, which take the sigmoid of it, stay as they are:
 * logit(p·q) = log(p·q) − log(1 − p·q).
 */
export const GFLV2_HEAD = `"""GFLV2's head for mmdetection 3, which has version 1 (Li et al., CVPR 2021)."""

import torch
import torch.nn.functional as F
from torch import nn

from mmdet.models.dense_heads import GFLHead
from mmdet.registry import MODELS


@MODELS.register_module()
class GFLV2Head(GFLHead):
    """Scales scores by how sure the sides of a box are, read off the largest of their distributions.

    The scaled scores are handed on as logits: losses and predictions are GFLHead's own.
    """

    top = 4
    hidden = 64

    def _init_layers(self):
        super()._init_layers()
        self.quality = nn.Sequential(
            nn.Conv2d(4 * (self.top + 1), self.hidden, 1),
            nn.ReLU(),
            nn.Conv2d(self.hidden, 1, 1),
        )

    def forward_single(self, x, scale):
        score, sides = super().forward_single(x, scale)
        n, _, height, width = sides.shape
        shares = sides.reshape(n, 4, self.reg_max + 1, height, width).softmax(2)
        largest = shares.topk(self.top, dim=2)[0]
        told = torch.cat((largest, largest.mean(2, keepdim=True)), 2)
        quality = self.quality(told.reshape(n, 4 * (self.top + 1), height, width))
        log_product = (F.logsigmoid(score) + F.logsigmoid(quality)).clamp(max=-1e-6)
        return log_product - torch.log(-torch.expm1(log_product)), sides
`;

/** A small ResNet and a small MAE-DET, each with five stages. */
export const RESNET = `backbone resnet50 {
  input 3 x 800 x 1280

  stem     conv(out: 64, k: 7, s: 2)
  stage C2 bottleneck(out: 256,  btn: 64,  k: 3, s: 2)
  stage C3 bottleneck(out: 512,  btn: 128, k: 3, s: 2)
  stage C4 bottleneck(out: 1024, btn: 256, k: 3, s: 2)
  stage C5 bottleneck(out: 2048, btn: 512, k: 3, s: 2)
}
`;

export const MAEDET = RESNET.replace('resnet50', 'maedet_m');

/** A graph with outputs that are called as stages are, two of them with names of their own. */
export const PYRAMID = `backbone pyramid {
  input 3 x 256 x 256

  stem   conv(out: 64,  k: 7, s: 2)
  node a conv(out: 128, k: 3, s: 2)  from stem
  node b conv(out: 128, k: 3, s: 2)  from a
  node c conv(out: 128, k: 3, s: 2)  from b
  node d conv(out: 128, k: 3, s: 1)  at b from b, c
  node e conv(out: 128, k: 3, s: 2)  from c
  output fine: d, C4: c, coarse: e
  entropy fine: 1
}
`;

/** The samples of the language, laid out canonically. */
export const DETECTORS = `detector gfl_m {
  backbone maedet_m
  input 3 x 800 x 1280                        // instead of the backbone's own
  classes 80
  neck fpn(from: C3..C5, out: 256, levels: 5, extra: on-output)              // or on-input, pool
  head gfl(width: 256, convs: 4, regmax: 16, quality: yes)
}

detector fcos_r50 { backbone resnet50  classes 20  neck fpn()  head fcos(width: 256, convs: 4) }
detector retina { backbone resnet50  neck fpn(extra: on-input)  head retina(width: 256, convs: 4, anchors: 9, norm: none) }
detector yolof { backbone resnet50  neck dilated(from: C5, out: 512, mid: 128, blocks: 4)  head yolof(anchors: 5) }
detector mask { backbone resnet50  neck fpn(from: C2..C5, extra: pool)  head rpn(anchors: 3)  head box(rois: 1000, convs: 4, fcs: 1)  head mask(rois: 100, convs: 4) }
detector scnet { backbone resnet50  neck fpn(from: C2..C5, extra: pool)  head rpn()  head box(rois: 1000, fcs: 2, stages: 3, agnostic: yes)  head mask(rois: 100, convs: 12, times: 3) }
`;

export const SEARCHED = `budget phone {
  macs <= 900G
}

search {
  start gfl_m
  within phone
}
`;

/** A file of everything that there is of detectors. */
export const FILE = [RESNET, MAEDET, PYRAMID, DETECTORS, SEARCHED].join('\n');

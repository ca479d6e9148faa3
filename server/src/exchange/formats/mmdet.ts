import type { ExportFormat } from '../export-format.ts';
import { MMDET_BACKBONE } from '../mmdet/backbone.ts';
import { configText } from '../mmdet/config.ts';
import { GFLV2_HEAD } from '../mmdet/gflv2-head.ts';
import { moduleText } from '../pytorch/module.ts';
import { fileName } from '../pytorch/names.ts';

export const MMDET: ExportFormat = {
  name: 'mmdet',
  title: 'mmdetection 3',
  doc: 'A registered backbone; of a detector its config, with the backbone’s module in a file beside it.',
  extension: '.py',
  takes: 'backbone or detector',
  hasWeights: false,
  export: ({ backbone, detector }, { file }) => {
    const module = moduleText(backbone, MMDET_BACKBONE);
    if (!module.ok) return module;
    if (detector === undefined) return { ok: true, content: module.text };
    const name = fileName(backbone.name, 'backbone', file);
    const quality = fileName('gflv2', 'head', file);
    const config = configText(detector, { module: name, type: module.name, quality });
    if (!config.ok) return config;
    const beside = [{ file: `${name}.py`, content: module.text }];
    if (config.quality) beside.push({ file: `${quality}.py`, content: GFLV2_HEAD });
    return { ok: true, content: config.text, beside };
  },
};

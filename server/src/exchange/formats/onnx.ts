import { lower } from '../../backbone/lower.ts';
import type { ExportFormat, ExportOutcome } from '../export-format.ts';
import { OnnxBuilder } from '../onnx-writer/builder.ts';
import { writeNetwork } from '../onnx-writer/write-network.ts';

/** A message of protobuf is no longer than this. */
const LONGEST = 2 ** 31 - 1;

export const ONNX: ExportFormat = {
  name: 'onnx',
  title: 'ONNX model',
  doc: 'A model for one image, with random weights or with none: those are said to be in a file that need not be there, which viewers do not miss.',
  extension: '.onnx',
  takes: 'backbone',
  hasWeights: true,
  export({ backbone }, { weights, seed, file }): ExportOutcome {
    const network = lower(backbone);
    const model = new OnnxBuilder(weights === 'none' ? `${file}.data` : undefined);
    const missing = writeNetwork(model, network, seed);
    if (missing !== undefined)
      return { ok: false, group: missing.section, message: `ONNX has no ${missing.op} that this could be written as.` };
    const { height, width } = backbone.input;
    const message = model.model(backbone.name, `The backbone ${backbone.name} for images of ${height} x ${width}.`);
    if (message.length > LONGEST)
      return {
        ok: false,
        message: 'With its weights this is longer than 2 GiB, which ONNX cannot hold: take --weights none.',
      };
    return { ok: true, content: message.content() };
  },
};

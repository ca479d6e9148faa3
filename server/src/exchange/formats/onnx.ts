import { lower } from '../../backbone/lower.ts';
import { detectorGraph } from '../detector-graph.ts';
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
  takes: 'backbone or detector',
  hasWeights: true,
  export({ backbone, detector }, { weights, seed, file }): ExportOutcome {
    const network = detector === undefined ? lower(backbone) : detectorGraph(detector);
    if (network === undefined) return { ok: false, message: 'Its neck reads what the backbone has not.' };
    const model = new OnnxBuilder(weights === 'none' ? `${file}.data` : undefined);
    const missing = writeNetwork(model, network, seed);
    if (missing !== undefined) return { ok: false, message: lackOf(missing) };
    const { height, width } = backbone.input;
    const message = model.model(
      network.name,
      `The ${detector === undefined ? 'backbone' : 'detector'} ${network.name} for images of ${height} x ${width}.`,
    );
    if (message.length > LONGEST)
      return {
        ok: false,
        message: 'With its weights this is longer than 2 GiB, which ONNX cannot hold: take --weights none.',
      };
    return { ok: true, content: message.content() };
  },
};

const lackOf = (op: string): string =>
  op === 'regions'
    ? 'Heads of regions (box, mask) are not written as ONNX: what they read depends on what was proposed. Leave them out, or export the backbone.'
    : `Nothing was found that ONNX says ${op} by.`;

import { basename } from 'node:path';
import { done, EXIT, fail, type Outcome } from '../answers/exit.ts';
import { assumedNote, inspectFile, modelName } from '../answers/model.ts';
import type { ImageSize } from '../backbone/backbone.ts';
import { modelText } from '../exchange/onnx/recognise/model-text.ts';
import { recognise } from '../exchange/onnx/recognise/recognise.ts';
import { say } from './output.ts';

/** The text of an ONNX model's backbone, under comments that say where it is from and how it differs. */
export function importModel(path: string, size: ImageSize | undefined): Outcome<string> {
  const inspected = inspectFile(path, size);
  if (!inspected.ok) return inspected;
  const { network, assumed } = inspected.value;
  if (assumed !== undefined) say(`${path}: ${assumedNote(assumed)}`);
  const recognised = recognise(network, modelName(path));
  if (!recognised.ok)
    return fail(EXIT.input, `${path}: error[onnx]: No backbone is recognised in this model: ${recognised.why}.`);
  return done(modelText(basename(path), recognised.value));
}

import { basename } from 'node:path';
import type { ImageSize } from '../backbone/backbone.ts';
import { type Recognition, recognise } from '../exchange/onnx/recognise/recognise.ts';
import { done, EXIT, fail, type Outcome } from './exit.ts';
import { assumedNote, inspectFile, modelName } from './model.ts';
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
  return done(headerOf(path, recognised.value) + recognised.value.mae);
}

function headerOf(path: string, { exact, differences }: Recognition): string {
  const file = basename(path).replace(/\p{C}/gu, ' ');
  const how = exact
    ? 'exact: every convolution of its backbone, and no other'
    : `not exact: it differs as below${differences.length === 1 ? '' : `, in ${differences.length} points`}`;
  return `// From ${file}, an ONNX model, ${how}.\n`;
}

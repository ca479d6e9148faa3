import type { Inspection } from '../exchange/onnx/inspect.ts';
import { recognise } from '../exchange/onnx/recognise/recognise.ts';
import { isKnownVersion, KNOWN_IR, KNOWN_OPSETS } from '../exchange/onnx/versions.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { inspectJson } from './inspect-json.ts';
import { inspectText } from './inspect-text.ts';
import { assumedNote, inspectFile, modelName } from './model.ts';
import { sizeOption } from './options.ts';
import { print, printJson, report, say } from './output.ts';

export interface InspectOptions {
  readonly json?: boolean;
  readonly size?: string;
}

/** `mae inspect MODEL.onnx`: what a model costs. Its weights are not read. */
export async function inspectModel(path: string, options: InspectOptions): Promise<ExitCode> {
  const size = options.size === undefined ? undefined : sizeOption('--size', options.size);
  if (size !== undefined && !size.ok) return report(size);
  const inspected = inspectFile(path, size?.value);
  if (!inspected.ok) return report(inspected);
  const { value } = inspected;
  for (const note of notesOf(value)) say(`${path}: ${note}`);
  const recognised = recognise(value.network, modelName(path));
  if (options.json === true) printJson(inspectJson(path, value, recognised));
  else print(inspectText(path, value, recognised));
  return EXIT.done;
}

/** What to know before one relies on the numbers. */
export function notesOf({ assumed, irVersion, opset, unknown }: Inspection): string[] {
  const notes: string[] = [];
  if (assumed !== undefined) notes.push(assumedNote(assumed));
  if (!isKnownVersion({ irVersion, opset }))
    notes.push(
      `note: it is of IR ${irVersion} and operator set ${opset}; known here are IR ${KNOWN_IR.join(' to ')} and operator sets ${KNOWN_OPSETS.join(' to ')}: operators may mean something else.`,
    );
  const count = unknown.reduce((sum, one) => sum + one.count, 0);
  if (count > 0) notes.push(`note: ${count} of its nodes could not be counted, and are missing in every sum.`);
  return notes;
}

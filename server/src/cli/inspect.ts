import { EXIT, type ExitCode } from '../answers/exit.ts';
import { inspectJson } from '../answers/inspect-json.ts';
import { inspectFile, modelName, notesOf } from '../answers/model.ts';
import { sizeOption } from '../answers/options.ts';
import { recognise } from '../exchange/onnx/recognise/recognise.ts';
import { inspectText } from './inspect-text.ts';
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

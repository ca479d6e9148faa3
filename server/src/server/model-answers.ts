import type { ImageSize } from '../backbone/backbone.ts';
import { type Inspection, inspect } from '../exchange/onnx/inspect.ts';
import { modelTable } from '../exchange/onnx/table.ts';
import { readFault, withFile } from '../files/open-file.ts';
import { importedModel } from './model-import.ts';
import type { ImportModelAnswer, InspectModelAnswer, ModelFault } from './protocol.ts';

/** What is asked about a model in a file: plain data, for another thread. */
export interface ModelTask {
  readonly question: 'inspect' | 'import';
  readonly path: string;
  readonly size?: ImageSize;
  /** Of an import: with a search for a better backbone at the same cost. */
  readonly search?: boolean;
}

export type ModelAnswer = InspectModelAnswer | ImportModelAnswer;

export function answerModel({ question, path, size, search = false }: ModelTask): ModelAnswer {
  const found = inspectionOf(path, size);
  if ('message' in found) return { kind: 'fault', ...found };
  return question === 'import' ? importedModel(found, path, search) : { kind: 'model', model: modelTable(found) };
}

function inspectionOf(path: string, size: ImageSize | undefined): Inspection | ModelFault {
  try {
    const inspected = withFile(path, (file) => inspect(file, size));
    if (inspected === undefined) return { message: 'This is no regular file.' };
    if (inspected.ok) return inspected.value;
    const { message, offset } = inspected.fault;
    return { message: `This is no ONNX model, or it is damaged: ${message}.`, offset };
  } catch (error) {
    return { message: readFault(error) };
  }
}

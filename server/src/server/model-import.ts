import type { Inspection } from '../exchange/onnx/inspect.ts';
import type { ImportModelAnswer } from './protocol.ts';

/** The text of the language that a model would be. Models are not recognised yet: the one place to do it is here. */
export const importedModel = (_inspection: Inspection): ImportModelAnswer => ({
  kind: 'none',
  why: 'The blocks of a model are not recognised yet, so it cannot be imported.',
});

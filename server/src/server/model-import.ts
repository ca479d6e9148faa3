import { basename, extname } from 'node:path';
import type { Inspection } from '../exchange/onnx/inspect.ts';
import { modelText } from '../exchange/onnx/recognise/model-text.ts';
import { recognise } from '../exchange/onnx/recognise/recognise.ts';
import { withSearch } from '../exchange/with-search.ts';
import type { ImportModelAnswer } from './protocol.ts';

/** The text of the language that a model would be, with a search for a better one at its cost where that is wanted. */
export function importedModel({ network }: Inspection, path: string, search: boolean): ImportModelAnswer {
  const file = basename(path);
  const recognised = recognise(network, basename(path, extname(path)));
  if (!recognised.ok) return { kind: 'none', why: `No backbone is recognised in ${file}: ${recognised.why}.` };
  const { exact, differences } = recognised.value;
  const text = modelText(file, recognised.value);
  return { kind: 'design', mae: search ? withSearch(text) : text, exact, differences };
}

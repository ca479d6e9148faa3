import { basename, extname } from 'node:path';
import type { ImageSize } from '../backbone/backbone.ts';
import { type Inspection, inspect } from '../exchange/onnx/inspect.ts';
import { isKnownVersion, KNOWN_IR, KNOWN_OPSETS } from '../exchange/onnx/versions.ts';
import { withFile } from '../files/open-file.ts';
import { done, EXIT, fail, type Outcome } from './exit.ts';
import { at, unreadable } from './source.ts';

/** Reads an ONNX model and counts it. Its weights are not read. */
export function inspectFile(path: string, size: ImageSize | undefined): Outcome<Inspection> {
  try {
    const inspected = withFile(path, (file) => inspect(file, size));
    if (inspected === undefined) return fail(EXIT.input, at(path, 'This is no regular file: name an ONNX model.'));
    if (inspected.ok) return done(inspected.value);
    const { message, offset } = inspected.fault;
    return fail(
      EXIT.input,
      `${path}: error[onnx]: This is no ONNX model, or it is damaged: ${message} (byte ${offset}).`,
    );
  } catch (error) {
    return unreadable(path, error);
  }
}

/** What its backbone is called. */
export const modelName = (path: string): string => basename(path, extname(path));

/** Said where a file leaves the size of its image open. */
export const assumedNote = ({ height, width }: ImageSize): string =>
  `note: the file leaves the height and width of its image open; counted at ${height}x${width}: --size HxW says another.`;

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

/** The number of the first field of a model, which no text begins with. */
const FIRST_BYTE = 0x08;

/** Whether a file is an ONNX model, by its name or its first byte. What cannot be opened is for others to tell. */
export function isModel(path: string): boolean {
  if (extname(path).toLowerCase() === '.onnx') return true;
  try {
    return withFile(path, (file) => file.size > 0 && file.read(0, 1)[0] === FIRST_BYTE) === true;
  } catch {
    return false;
  }
}

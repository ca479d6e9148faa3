import type { ImageSize } from '../backbone/backbone.ts';
import { type Inspection, inspect } from '../exchange/onnx/inspect.ts';
import { isKnownVersion, KNOWN_IR, KNOWN_OPSETS } from '../exchange/onnx/versions.ts';
import { openFile } from '../files/open-file.ts';
import { done, EXIT, type ExitCode, fail, type Outcome } from './exit.ts';
import { inspectJson } from './inspect-json.ts';
import { inspectText } from './inspect-text.ts';
import { sizeOption } from './options.ts';
import { print, printJson, report, say } from './output.ts';
import { at, unreadable } from './source.ts';

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
  if (options.json === true) printJson(inspectJson(path, value));
  else print(inspectText(path, value));
  return EXIT.done;
}

function inspectFile(path: string, size: ImageSize | undefined): Outcome<Inspection> {
  try {
    const file = openFile(path);
    if (file === undefined) return fail(EXIT.input, at(path, 'This is no regular file: name an ONNX model.'));
    try {
      const inspected = inspect(file, size);
      if (inspected.ok) return done(inspected.value);
      const { message, offset } = inspected.fault;
      return fail(
        EXIT.input,
        `${path}: error[onnx]: This is no ONNX model, or it is damaged: ${message} (byte ${offset}).`,
      );
    } finally {
      file.close();
    }
  } catch (error) {
    return unreadable(path, error);
  }
}

/** What to know before one relies on the numbers. */
function notesOf({ assumed, irVersion, opset, unknown }: Inspection): string[] {
  const notes: string[] = [];
  if (assumed !== undefined)
    notes.push(
      `note: the file leaves the height and width of its image open; counted at ${assumed.height}x${assumed.width}: --size HxW says another.`,
    );
  if (!isKnownVersion({ irVersion, opset }))
    notes.push(
      `note: it is of IR ${irVersion} and operator set ${opset}; known here are IR ${KNOWN_IR.join(' to ')} and operator sets ${KNOWN_OPSETS.join(' to ')}: operators may mean something else.`,
    );
  const count = unknown.reduce((sum, one) => sum + one.count, 0);
  if (count > 0) notes.push(`note: ${count} of its nodes could not be counted, and are missing in every sum.`);
  return notes;
}

import { onRequest } from '../messages.ts';
import { EXPORT_CHOICES_REQUEST, EXPORT_REQUEST, IMPORT_MODEL_REQUEST, INSPECT_MODEL_REQUEST } from '../protocol.ts';
import type { ServerContext } from '../server.ts';

const MESSAGE =
  'Models are read, and designs exported, where there are files: open the folder in VS Code on the desktop.';

/** Answers what a browser cannot do, in the words of each answer. */
export function refuseFiles({ connection }: ServerContext): void {
  onRequest(connection, EXPORT_CHOICES_REQUEST, () => null);
  onRequest(connection, EXPORT_REQUEST, () => ({ kind: 'failed', message: MESSAGE }) as const);
  onRequest(connection, INSPECT_MODEL_REQUEST, () => ({ kind: 'fault', message: MESSAGE }) as const);
  onRequest(connection, IMPORT_MODEL_REQUEST, () => ({ kind: 'fault', message: MESSAGE }) as const);
}

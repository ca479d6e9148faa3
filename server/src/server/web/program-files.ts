import type { Connection } from 'vscode-languageserver';
import { WASM_FILE } from '../../measure/wasm-file.ts';
import type { MeasureProgram } from '../../measure/web/worker-child.ts';
import { sendRequest } from '../messages.ts';
import { PROGRAM_FILE_REQUEST } from '../protocol.ts';

/** Reads the measuring worker's parts, once, when something is first measured. */
export function measureProgram(connection: Connection): () => Promise<MeasureProgram> {
  let reading: Promise<MeasureProgram> | undefined;
  const read = async (): Promise<MeasureProgram> => {
    const [script, wasm] = await Promise.all([fileOf(connection, 'measure.js'), fileOf(connection, WASM_FILE)]);
    return { script: new TextDecoder().decode(script), wasm };
  };
  return () => {
    reading ??= read();
    // What could not be read now may be there the next time.
    reading.catch(() => (reading = undefined));
    return reading;
  };
}

async function fileOf(connection: Connection, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const base64 = await sendRequest(connection, PROGRAM_FILE_REQUEST, { name });
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

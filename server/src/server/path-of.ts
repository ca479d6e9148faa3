import { fileURLToPath } from 'node:url';

/** A folder of a virtual workspace, or of another system, is nowhere on this disk. */
export function pathOf(uri: string): string[] {
  try {
    return [fileURLToPath(uri)];
  } catch {
    return [];
  }
}

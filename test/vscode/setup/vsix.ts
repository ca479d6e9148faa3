import path from 'node:path';
import { packageExtension as pack } from '../../../scripts/package.ts';

export const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');

/** Builds and packages the extension as `npm run package` does, and returns the file; MAE_VSIX names a finished one. */
export async function packageExtension(): Promise<string> {
  const given = process.env['MAE_VSIX'];
  return given ? path.resolve(given) : pack();
}

import path from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import { run } from './run.ts';

/** As `npm run package` has them: links of the README stay relative, because nothing says where it will be published. */
const FLAGS = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];

export const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');

/** Builds and packages the extension as `npm run package` does, and returns the file; MAE_VSIX names a finished one. */
export async function packageExtension(): Promise<string> {
  const given = process.env['MAE_VSIX'];
  if (given) return path.resolve(given);
  const file = path.join(ROOT, `${manifest.name}-${manifest.version}.vsix`);
  await run(
    process.execPath,
    [path.join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce'), 'package', ...FLAGS, '--out', file],
    {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  return file;
}

import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';

const TEXT = `backbone small {
  input 3 x 256 x 256
  stem     conv(out: 16, k: 3, s: 2)
}
`;
const PACKAGE = 'node_modules/@tensorflow/tfjs-node-gpu';

describe('a workspace that is not trusted', () => {
  const code = useVSCode({
    workspace: {
      'net.mae': TEXT,
      [`${PACKAGE}/package.json`]: '{ "version": "1.0.0", "main": "index.cjs" }',
      [`${PACKAGE}/index.cjs`]: `throw new Error('code of the project ran');`,
    },
    open: 'net.mae',
    restricted: true,
  });

  test('has its numbers, and nothing of it is run', async () => {
    await code().status('Restricted Mode');
    await code()
      .editor('net.mae')
      .hint(/^\+3\.3 H/, 3);
    await code().palette('MAE-DET: Doctor');
    const text = await code().outputShows(/own folder is not searched for a CUDA package/);
    expect(text).not.toContain('code of the project ran');
    await code().screenshot('trust-1-restricted');
  });

  test('once it is trusted, its CUDA package is used', async () => {
    await code().palette('Workspaces: Manage Workspace Trust');
    await code().page.locator('.workspace-trust-editor .monaco-button').first().click();
    await code().screenshot('trust-2-trusted');
    await code().palette('MAE-DET: Doctor');
    await code().outputShows(/code of the project ran/);
  });
});

import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { COMPLETES, Registry } from '../measure/registry.ts';
import { useVSCode } from './harness/session.ts';

const registry = await Registry.start({
  install:
    "console.error('* Downloading libtensorflow'); throw new Error('getaddrinfo ENOTFOUND storage.googleapis.com');",
});
afterAll(() => registry.stop());

describe('the command Install CUDA Backend, with a registry of one stand-in', () => {
  const code = useVSCode({
    workspace: { 'tiny.mae': 'backbone tiny { input 3 x 32 x 32  stem conv(out: 8, k: 3, s: 2) }\n' },
    open: 'tiny.mae',
    environment: registry.environment,
  });

  test('a failure says what the install script said', async () => {
    // The palette does not take in the commands of an extension that is only just coming.
    await code()
      .editor('tiny.mae')
      .lens(/Measure entropy/);
    await code().palette('MAE-DET: Install CUDA Backend');
    expect(await code().notification(/could not be installed/)).toBe(
      'The CUDA backend could not be installed: Error: getaddrinfo ENOTFOUND storage.googleapis.com',
    );
    await code().screenshot('install-cuda-1-failed');
    await code().pressInNotification(/could not be installed/, 'Show Log');
    await code().outputShows(/\[error\] The CUDA backend could not be installed/);
  });

  test('a success shows in the Doctor, which finds, proves and times it', async () => {
    const standIn = path.join(import.meta.dirname, '..', 'measure', 'fake', 'cpu-as-gpu.cjs');
    registry.offer({ install: COMPLETES, files: { 'index.cjs': `require(${JSON.stringify(standIn)});` } });
    await code().palette('MAE-DET: Install CUDA Backend');
    await code().outputShows(/cuda: usable, [\d.e+]+ GMAC\/s\s+device: CUDA device 0 \(GPU\)/);
    await code().screenshot('install-cuda-2-doctor');
  });
});

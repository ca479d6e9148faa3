import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { examine } from '../../server/src/measure/doctor.ts';
import { type Diagnosis, doctorText } from '../../server/src/measure/doctor-report.ts';
import { restoreRemovedUtilities } from '../../server/src/measure/node/backends/cuda.ts';
import { NODE_MACHINE } from '../../server/src/measure/node/machine.ts';
import { builtProgram, clientOf } from './program.ts';

const program = await builtProgram();
const fake = (file: string): string => join(import.meta.dirname, 'fake', file);

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A folder with the fake package installed, as "Install CUDA backend" leaves one. */
async function installed(files: { readonly binding: boolean }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mae-cuda-'));
  folders.push(folder);
  const home = join(folder, 'node_modules', '@tensorflow', 'tfjs-node-gpu');
  await mkdir(home, { recursive: true });
  const manifest = { name: '@tensorflow/tfjs-node-gpu', version: '4.22.0', main: 'index.cjs' };
  await writeFile(join(home, 'package.json'), JSON.stringify(manifest));
  await copyFile(fake('tfjs-node-gpu.cjs'), join(home, 'index.cjs'));
  if (files.binding) await writeFile(join(home, 'tfjs_binding.node'), '');
  return folder;
}

async function diagnose(
  mode: string,
  folders: readonly string[],
): Promise<{ cuda: Diagnosis; auto: string | undefined }> {
  const client = clientOf(program, {
    env: { FAKE_BINDING: mode, PATH: '/nowhere' },
    execArgv: ['--require', fake('binding-hook.cjs')],
  });
  const outcome = await examine(client, { cudaFolders: folders }, NODE_MACHINE);
  if (!outcome.ok) throw new Error(outcome.failure.message);
  const cuda = outcome.value.backends.find((b) => b.name === 'cuda');
  if (cuda === undefined) throw new Error(doctorText(outcome.value));
  return { cuda, auto: outcome.value.auto };
}

const withBinding = await installed({ binding: true });

describe('the CUDA backend with a fake binding', () => {
  test('a GPU proves itself; the shim and memory growth are on', async () => {
    const { cuda } = await diagnose('gpu', [withBinding]);
    expect(cuda).toMatchObject({ usable: true, kind: 'gpu', device: 'CUDA device 0' });
    expect(cuda.usable && cuda.versions).toMatchObject({ '@tensorflow/tfjs-node-gpu': '4.22.0' });
    expect(cuda.usable && cuda.gmacsPerSecond).toBeGreaterThan(0);
  });

  test('the first folder that holds the package is taken', async () => {
    const { cuda } = await diagnose('gpu', [tmpdir(), withBinding]);
    expect(cuda.usable).toBe(true);
  });

  test('without a CUDA device it is reported as CPU, and auto takes wasm', async () => {
    const { cuda, auto } = await diagnose('cpu', [withBinding]);
    expect(cuda).toMatchObject({ usable: true, kind: 'cpu' });
    expect(cuda.usable && cuda.device).toMatch(/TensorFlow found no CUDA device/);
    expect(auto).toBe('wasm');
  });

  test('a device that computes wrongly is not usable', async () => {
    const { cuda } = await diagnose('wrong', [withBinding]);
    expect(cuda).toMatchObject({ usable: false, failure: { code: 'backend-broken' } });
    expect(!cuda.usable && cuda.failure.message).toMatch(/wrong answer/);
  });

  test('a missing library is named, with the versions to install', async () => {
    const { cuda } = await diagnose('missing-library', [withBinding]);
    expect(!cuda.usable && cuda.failure.message).toMatch(/libcudart\.so\.11\.0/);
    expect(!cuda.usable && cuda.failure.nextStep).toMatch(/CUDA 11\.2/);
  });

  test('a package whose native part was never downloaded says how to get it', async () => {
    const folder = await installed({ binding: false });
    const { cuda } = await diagnose('gpu', [folder]);
    expect(!cuda.usable && cuda.failure.message).toMatch(/native part/);
    expect(!cuda.usable && cuda.failure.nextStep).toContain(folder);
  });

  test('an absent package says which command installs it', async () => {
    const { cuda } = await diagnose('gpu', []);
    expect(cuda).toMatchObject({ usable: false, failure: { code: 'backend-absent' } });
    expect(!cuda.usable && cuda.failure.nextStep).toMatch(/Install CUDA backend/);
  });
});

test('the shim gives back what Node 23 removed and keeps what is there', () => {
  const own = () => true;
  const target: Record<string, unknown> = { isArray: own };
  restoreRemovedUtilities(target);
  expect(target['isArray']).toBe(own);
  const { isNullOrUndefined } = target;
  if (typeof isNullOrUndefined !== 'function') throw new Error('no shim');
  expect([null, undefined, 0, ''].map((v) => isNullOrUndefined(v))).toEqual([true, true, false, false]);
});

import { spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { group } from '../../server/src/backbone/backbone.ts';
import { lower } from '../../server/src/backbone/lower.ts';
import type { ClientOptions } from '../../server/src/measure/client.ts';
import { builtProgram, clientOf, requestFor } from './program.ts';

const small = lower({
  name: 'small',
  input: { channels: 3, height: 32, width: 32 },
  weights: {},
  groups: [
    group({ block: 'conv', out: 16, kernel: 3, stride: 2 }),
    group({ block: 'basic', out: 32, btn: 16, kernel: 3, stride: 2 }),
  ],
});
const request = requestFor(small, { draws: 2, workers: 1 });
/** Runs for minutes unless something ends it. */
const endless = requestFor(small, { draws: 1_000_000, workers: 1 });

const program = await builtProgram();
const fake = (file: string): string => join(import.meta.dirname, 'fake', file);
const misbehaving = (mode: string, options: Partial<ClientOptions> = {}) =>
  clientOf(fake('misbehaving.mjs'), { env: { MISBEHAVE: mode }, ...options });

function alive(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
const gone = (pid: number | undefined) => vi.waitFor(() => expect(alive(pid)).toBe(false), { timeout: 10_000 });

describe('a process that goes wrong gives an error value', () => {
  test('killed in the middle: the next measurement starts another', async () => {
    const client = clientOf(program);
    const killed = await client.measure(endless, { onProgress: () => void process.kill(client.pid ?? 0, 'SIGKILL') });
    expect(killed).toMatchObject({ ok: false, failure: { code: 'crashed' } });
    expect(!killed.ok && killed.failure.message).toMatch(/SIGKILL/);
    expect(await client.measure(request)).toMatchObject({ ok: true });
  });

  test('ended by Ctrl-C before it listens: that is a cancellation, whoever hears of it first', async () => {
    const client = misbehaving('silent');
    const asked = client.measure(request);
    process.kill(client.pid ?? 0, 'SIGINT');
    expect(await asked).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  });

  test('it dies: its last words are in the message', async () => {
    const outcome = await misbehaving('dies').measure(request);
    expect(!outcome.ok && outcome.failure.message).toMatch(/code 134: native code went wrong/);
  });

  test('it hangs: it is ended after the silence that is borne', async () => {
    const client = misbehaving('silent', { silenceMs: 300 });
    const asked = client.measure(request);
    const { pid } = client;
    expect(alive(pid)).toBe(true);
    expect(await asked).toMatchObject({ ok: false, failure: { code: 'timeout' } });
    await gone(pid);
  });

  test.each(['junk', 'not-a-number'])('it talks nonsense (%s)', async (mode) => {
    const client = misbehaving(mode);
    const asked = client.measure(request);
    const { pid } = client;
    expect(await asked).toMatchObject({ ok: false, failure: { code: 'bad-answer' } });
    await gone(pid);
  });

  test('it does not obey a cancellation: it is killed after the grace time', async () => {
    const client = misbehaving('stubborn', { graceMs: 200 });
    const abort = new AbortController();
    const asked = client.measure(request, { signal: abort.signal, onProgress: () => abort.abort() });
    const { pid } = client;
    expect(await asked).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    await gone(pid);
  });

  test('after too many faults nothing is started until it is reset', async () => {
    const client = misbehaving('dies', { restarts: 1 });
    const codes: string[] = [];
    for (let i = 0; i < 3; i++) {
      const outcome = await client.measure(request);
      codes.push(outcome.ok ? 'ok' : outcome.failure.code);
    }
    expect(codes).toEqual(['crashed', 'crashed', 'restart-budget']);
    expect(client.pid).toBeUndefined();
    client.reset();
    expect(await client.measure(request)).toMatchObject({ ok: false, failure: { code: 'crashed' } });
  });
});

describe('what is missing is named, with the next step', () => {
  test.each([
    ['removed', async (file: string) => rm(file)],
    ['damaged', async (file: string) => writeFile(file, 'no wasm')],
  ])('the wasm file is %s', async (_, spoil) => {
    const own = await builtProgram();
    await spoil(join(dirname(own), 'tfjs-backend-wasm-simd.wasm'));
    const outcome = await clientOf(own).measure(request);
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'backend-broken' } });
    expect(!outcome.ok && outcome.failure.nextStep).toMatch(/Reinstall/);
  });

  test('the backend is absent', async () => {
    const outcome = await clientOf(program).measure({ ...request, backend: 'cuda' });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'backend-absent' } });
  });

  test('the program is absent', async () => {
    const outcome = await clientOf('/nowhere/measure.js').measure(request);
    expect(!outcome.ok && outcome.failure.message).toMatch(/nowhere/);
  });
});

describe('scheduling', () => {
  test('of 200 saves in a row one process measures the last, and the parent never waits', async () => {
    const client = clientOf(program);
    await client.measure(request);
    const { pid } = client;
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    const saves = Array.from({ length: 200 }, (_, i) =>
      client.measure({ ...endless, draws: i === 199 ? 2 : endless.draws, seed: i }),
    );
    const outcomes = await Promise.all(saves);
    clearInterval(beat);
    expect(outcomes.slice(0, -1).every((o) => !o.ok && o.failure.code === 'superseded')).toBe(true);
    expect(outcomes.at(-1)).toMatchObject({ ok: true });
    expect(client.pid).toBe(pid);
    expect(longest).toBeLessThan(500);
  });

  test('requests of other keys wait their turn', async () => {
    const client = clientOf(program);
    const outcomes = await Promise.all(['a', 'b', 'c'].map((key) => client.measure(request, { key })));
    expect(outcomes.map((o) => o.ok)).toEqual([true, true, true]);
  });

  test('a cancelled measurement stops and the process stays', async () => {
    const client = clientOf(program);
    const abort = new AbortController();
    const outcome = await client.measure(endless, { signal: abort.signal, onProgress: () => abort.abort() });
    const { pid } = client;
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(await client.measure(request)).toMatchObject({ ok: true });
    expect(client.pid).toBe(pid);
  });

  test('it is replaced after a number of runs, and gives the same numbers', async () => {
    const client = clientOf(program, { recycleAfter: 1 });
    const pids: (number | undefined)[] = [];
    const answers: unknown[] = [];
    for (let i = 0; i < 2; i++) {
      const outcome = await client.measure(request, { onProgress: () => pids.push(client.pid) });
      answers.push(outcome.ok && outcome.value.draws);
    }
    expect(new Set(pids).size).toBe(2);
    expect(answers[0]).toEqual(answers[1]);
  });

  test('an idle process ends by itself', async () => {
    const client = clientOf(program, { idleMs: 50 });
    let pid: number | undefined;
    await client.measure(request, { onProgress: () => (pid = client.pid) });
    await gone(pid);
  });

  test('a closed client answers at once and leaves no process', async () => {
    const client = clientOf(program);
    const asked = client.measure(endless, { onProgress: () => client.close() });
    const { pid } = client;
    expect(await asked).toMatchObject({ ok: false, failure: { code: 'closed' } });
    expect(await client.measure(request)).toMatchObject({ ok: false, failure: { code: 'closed' } });
    await gone(pid);
  });
});

test.each(['busy', 'idle'])('when the parent is killed, a measuring process that is %s ends', async (mode) => {
  const parent = spawn(process.execPath, [fake('parent.ts'), program, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (text) => resolve(Number(text))));
  expect(alive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await gone(pid);
});

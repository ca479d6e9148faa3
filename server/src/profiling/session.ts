import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GaussianStream } from '../random/gaussian.ts';
import { type RunNode, takeNodeTimes } from './node-times.ts';
import type { Runtime } from './runtime.ts';
import type { TimedModel } from './timed-model.ts';

/** One pass through a model: processor time of this process and the clock's, in ms. */
export interface PassTime {
  readonly cpu: number;
  readonly wall: number;
}

const PREFIX = 'nodes';
const NOISE = 1 << 18;
let noise: Float32Array | undefined;

/** The same noise again and again: zeros may be quicker than numbers. */
function image(length: number): Float32Array {
  noise ??= new GaussianStream(2).fill(new Float32Array(NOISE));
  const values = new Float32Array(length);
  for (let at = 0; at < length; at += NOISE) values.set(noise.subarray(0, Math.min(NOISE, length - at)), at);
  return values;
}

/** A model that is loaded, with an image to run it on. */
export interface TimedSession {
  readonly pass: () => Promise<PassTime>;
  /** Frees it, and says how long each node took in each pass, the first of all included; nothing unless that was asked for. */
  readonly close: () => Promise<RunNode[]>;
}

/** @param threads within an operator; operators run one after the other */
export async function openSession(
  { ort }: Runtime,
  { bytes, input }: TimedModel,
  threads: number,
  withNodes: boolean,
): Promise<TimedSession> {
  const folder = withNodes ? mkdtempSync(path.join(tmpdir(), 'mae-profile-')) : undefined;
  const remove = (): void => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    const session = await ort.InferenceSession.create(bytes, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
      ...(folder === undefined ? {} : { enableProfiling: true, profileFilePrefix: path.join(folder, PREFIX) }),
    });
    const feeds = { [input.name]: new ort.Tensor('float32', image(input.dims.reduce((a, b) => a * b, 1)), input.dims) };
    return {
      pass: async () => {
        const before = process.cpuUsage();
        const start = performance.now();
        await session.run(feeds);
        const wall = performance.now() - start;
        const { user, system } = process.cpuUsage(before);
        return { cpu: (user + system) / 1000, wall };
      },
      close: async () => {
        try {
          if (folder !== undefined) session.endProfiling();
          await session.release();
          return folder === undefined ? [] : takeNodeTimes(folder, PREFIX);
        } finally {
          remove();
        }
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

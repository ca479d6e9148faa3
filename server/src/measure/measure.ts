import type { Staged } from '../analysis/stage-log-stds.ts';
import type { BackendName } from './backends/backend.ts';
import type { MeasureCache } from './cache.ts';
import type { MeasureClient, MeasureOptions } from './client.ts';
import { done, type Outcome } from './failure.ts';
import type { MeasureSettings } from './measure-settings.ts';
import type { Measured, MeasureRequest } from './messages.ts';
import { isLine, type MeasuredActivation, type Plan, planOf } from './plan.ts';
import { type Expected, predictions, zScore } from './prediction.ts';
import { type Summary, summarise } from './summary.ts';

export interface StageMeasurement {
  readonly name: string;
  readonly channels: number;
  /** Cumulative Σ log γ up to the stage's end, over the draws, in nats. */
  readonly logStd: Summary;
  /** What one draw is expected to give; see `prediction.ts`. */
  readonly predicted: Expected;
  /** Undefined where the theory has no term for the spread. */
  readonly z: number | undefined;
}

/** A measured number never goes without its device, draws and spread. */
export interface Measurement {
  readonly backend: BackendName;
  readonly device: string;
  readonly kind: 'cpu' | 'gpu';
  readonly activation: MeasuredActivation;
  readonly draws: number;
  readonly seed: number;
  readonly batch: number;
  readonly stages: readonly StageMeasurement[];
  /** Asked for, and not defined: the signal branches. */
  readonly zenRefused: boolean;
  readonly zen?: Summary & { readonly draws: number; readonly batch: number };
  /** What it took when it was computed. */
  readonly seconds: number;
}

/**
 * Inputs of one Zen draw: BatchNorm needs some hundred positions in the last stage for its statistics, and large
 * inputs have them in a single image.
 */
export function zenBatchOf(plan: Plan): number {
  const last = plan.steps[plan.stages.at(-1)?.end ?? -1];
  const positions = last === undefined ? 1 : last.height * last.width;
  return Math.max(1, Math.min(4, Math.round(1024 / positions)));
}

export function requestOf(plan: Plan, settings: MeasureSettings): MeasureRequest {
  const { activation, seed, draws, zenDraws, backend, workers, backends } = settings;
  return {
    plan,
    activation,
    seed,
    draws,
    batch: 1,
    zenDraws,
    zenBatch: zenBatchOf(plan),
    backend,
    settings: backends,
    workers,
  };
}

/**
 * Measures a network, or takes the answer from the cache, and compares it with the closed forms. Where the signal
 * branches its entropy is measured, and the Zen-Score left out.
 */
export async function measureNetwork(
  network: Staged,
  settings: MeasureSettings,
  using: { readonly client: MeasureClient; readonly cache?: MeasureCache },
  options: MeasureOptions = {},
): Promise<Outcome<Measurement>> {
  const plan = planOf(network);
  const zenRefused = settings.zenDraws > 0 && !isLine(plan);
  const request = requestOf(plan, zenRefused ? { ...settings, zenDraws: 0 } : settings);
  const answer = (measured: Measured): Outcome<Measurement> =>
    done({ ...measurementOf(network, plan, request, measured), zenRefused });
  const known = using.cache?.get(request);
  if (known !== undefined) return answer(known);
  const measured = await using.client.measure(request, options);
  if (!measured.ok) return measured;
  using.cache?.put(request, measured.value);
  return answer(measured.value);
}

export function measurementOf(
  network: Staged,
  plan: Plan,
  request: MeasureRequest,
  measured: Measured,
): Omit<Measurement, 'zenRefused'> {
  const { draws, zen, zenBatch, batch, seconds, backend } = measured;
  const { activation, seed } = request;
  const expected = predictions(network, plan, activation);
  const stages = plan.stages.map((stage, index): StageMeasurement => {
    const logStd = summarise(draws.map((draw) => draw[index] ?? Number.NaN));
    const predicted = expected[index] ?? { mean: 0, sd: 0 };
    return {
      name: stage.name,
      channels: stage.channels,
      logStd,
      predicted,
      z: zScore(logStd, predicted, draws.length),
    };
  });
  return {
    backend: backend.name,
    device: backend.device,
    kind: backend.kind,
    activation,
    draws: draws.length,
    seed,
    batch,
    stages,
    ...(zen.length > 0 ? { zen: { ...summarise(zen), draws: zen.length, batch: zenBatch } } : {}),
    seconds,
  };
}

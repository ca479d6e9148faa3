import type { Graph } from '../graph/graph.ts';
import type { Operation } from '../latency/operation.ts';
import type { Profile } from '../latency/profile.ts';
import { calibrated, heldOutErrors, type TimedNetwork } from './calibrate.ts';
import { LEVELS, pointsOf } from './choose-points.ts';
import { kindsOf, type OperatorKind } from './kinds.ts';
import type { Measured } from './measured.ts';
import type { Kernels, Timer } from './timer.ts';

export interface NamedNetwork {
  readonly name: string;
  readonly network: Graph;
}

/** The networks of a profile. What no network has is not timed. */
export interface Family {
  /** They say which operators there are, and how far the sums are from whole networks. */
  readonly training: readonly NamedNetwork[];
  /** They say how good the profile is, and have no part in it. */
  readonly heldOut: readonly NamedNetwork[];
}

/** What is written into the profile as it is. */
export type About = Pick<Profile, 'device' | 'runtime' | 'threads' | 'date'>;

export interface MakeSettings {
  readonly about: About;
  /** No more points are begun after so long. The coarsest grid is always finished. */
  readonly seconds: number;
  /** The median error of held-out networks that is good enough; never better than the noise. */
  readonly target: number;
}

export interface MakeProgress {
  /** What is timed now: operators, or networks. */
  readonly what: string;
  readonly done: number;
  readonly total: number;
  readonly seconds: number;
  /** The median error of held-out networks so far. */
  readonly error: number | undefined;
}

export interface MakeWatch {
  readonly signal: AbortSignal;
  /** Seconds since the start. */
  readonly clock: () => number;
  readonly onProgress: (progress: MakeProgress) => void;
  /** Something new was measured: now it may be kept. */
  readonly keep: (measured: Measured) => void;
}

/** Undefined where it was interrupted: what was measured is kept. */
export async function makeProfile(
  timer: Timer,
  family: Family,
  settings: MakeSettings,
  measured: Measured,
  watch: MakeWatch,
): Promise<Profile | undefined> {
  const { signal, clock } = watch;
  measured.kernels ??= await timer.kernels();
  const kernels = measured.kernels;
  const networks = [...family.training, ...family.heldOut];
  const kinds = kindsOf(
    networks.map(({ network }) => network),
    kernels,
  );
  const isOver = (): boolean => signal.aborted || clock() >= settings.seconds;
  let error: number | undefined;
  const progress = (what: string, done: number, total: number): void =>
    watch.onProgress({ what, done, total, seconds: clock(), error });

  const timePoints = async (some: readonly OperatorKind[], level: number, looks: number, always: boolean) => {
    const points = some
      .flatMap((kind) => pointsOf(kind, level, kernels.channelBlock))
      .filter((point) => measured.looksAt(point) < looks);
    for (const [i, point] of points.entries()) {
      if (signal.aborted || (!always && isOver())) return;
      progress(level === 0 && looks === 1 ? 'operators' : 'more operators', i, points.length);
      await timePoint(timer, measured, point);
      watch.keep(measured);
    }
  };
  const timeNetworks = async (looks: number, always: number) => {
    const due = inTurn(family).filter(({ name }) => (measured.networks.get(name)?.length ?? 0) < looks);
    for (const [i, { name, network }] of due.entries()) {
      if (signal.aborted || (i >= always && isOver())) return;
      progress('whole networks', i, due.length);
      const timed = await timer.network(network);
      if (timed !== undefined) measured.addNetwork(name, timed.ms);
      watch.keep(measured);
    }
  };
  const profile = (): Profile => assemble(timer, family, settings.about, kernels, measured);
  const isGood = (): boolean => {
    error = profile().heldOut?.medianError;
    return error !== undefined && error <= Math.max(settings.target, measured.noise);
  };

  await timePoints(kinds, 0, 1, true);
  await timeNetworks(1, LEAST_NETWORKS);
  await timePoints(kinds, 1, 1, false);
  await timeNetworks(2, LEAST_NETWORKS);
  await timePoints(kinds, 1, 2, false);
  // Where the error is still too large: the finest grid for the operators that take most of the time, one after the other.
  for (const kind of kinds) {
    if (isOver() || isGood()) break;
    for (let looks = 1; looks <= 2; looks++) await timePoints([kind], LEVELS - 1, looks, false);
  }
  if (!isOver() && !isGood()) {
    await timeNetworks(3, 0);
    await timePoints(kinds, 1, 3, false);
  }
  return signal.aborted ? undefined : profile();
}

/** Even where the time is over: without any there would be no factor and no error to tell. */
const LEAST_NETWORKS = 6;

/** One of those that calibrate, then one of those that judge. */
const inTurn = ({ training, heldOut }: Family): NamedNetwork[] =>
  Array.from({ length: Math.max(training.length, heldOut.length) }, (_, i) => [training[i], heldOut[i]])
    .flat()
    .filter((named) => named !== undefined);

async function timePoint(timer: Timer, measured: Measured, point: Operation): Promise<void> {
  measured.add(point, await timer.operation(point));
}

function assemble(timer: Timer, family: Family, about: About, kernels: Kernels, measured: Measured): Profile {
  const { channelBlock, fused, layout } = kernels;
  const bare: Profile = {
    format: 'maeprofile',
    version: 1,
    ...about,
    precision: 'float32',
    timing: { clock: timer.clock, quantile: timer.quantile, warmUps: timer.warmUps, noise: round(measured.noise) },
    channelBlock,
    fused,
    ...(layout === undefined ? {} : { layout }),
    factor: 1,
    operators: measured.operators,
  };
  const timed = (named: readonly NamedNetwork[]): TimedNetwork[] =>
    named.flatMap(({ name, network }) => {
      const ms = measured.networkTime(name);
      return ms === undefined ? [] : [{ network, ms }];
    });
  const training = timed(family.training);
  const fitted = training.length === 0 ? bare : rounded(calibrated(bare, training));
  const heldOut = heldOutErrors(fitted, timed(family.heldOut));
  if (heldOut === undefined) return fitted;
  const { networks, medianError, error95, rank } = heldOut;
  return {
    ...fitted,
    heldOut: { networks, medianError: round(medianError), error95: round(error95), rank: round(rank) },
  };
}

const round = (value: number): number => Number(value.toFixed(4));
const significant = (value: number): number => Number(value.toPrecision(4));

const rounded = (profile: Profile): Profile => ({
  ...profile,
  factor: significant(profile.factor),
  overhead: significant(profile.overhead ?? 0),
  perMillionWeights: significant(profile.perMillionWeights ?? 0),
});

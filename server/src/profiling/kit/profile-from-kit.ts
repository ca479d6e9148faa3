import { lower } from '../../backbone/lower.ts';
import { DeviceModel } from '../../latency/device-model.ts';
import { graphTime } from '../../latency/graph-time.ts';
import type { Operation } from '../../latency/operation.ts';
import type { HeldOut, OperatorTimes, Point, Profile } from '../../latency/profile.ts';
import { heldOutErrors, type TimedNetwork } from '../calibrate.ts';
import { median } from '../statistics.ts';
import { channelBlockOf } from './channel-block.ts';
import { type Kit, type KitModel, POOL, poolBehind } from './kit.ts';
import { PROBED_WIDTHS, probe } from './kit-operations.ts';
import type { Device, KitTimes, Read, Timed } from './results.ts';
import { kitBackbone } from './write-kit.ts';

/** What every runtime for devices does together with the convolution before it. */
const FUSED = ['batchnorm', 'relu', 'relu6'];
/** Taking the pooling off leaves at least this share: both times are noisy. */
const LEAST_SHARE = 0.1;
/** Of the models so many must have a time. */
const ENOUGH = 0.5;

/** A profile of the times that a kit brought back from a device. */
export function profileFromKit(kit: Kit, device: Device, { times, reference }: KitTimes): Read<Profile> {
  const operations = kit.models.flatMap((model) =>
    model.kind === 'operator' ? [{ ...model, time: times.get(model.file) }] : [],
  );
  const known = operations.filter(({ time }) => time !== undefined).length;
  if (known < ENOUGH * operations.length)
    return {
      ok: false,
      message: `Only ${known} of ${operations.length} models have a time: run the script of the kit again, it goes on where it stopped.`,
    };
  const timeOf = new Map(operations.map(({ operation, time }) => [keyOf(operation), time]));
  const shapes = operations.map(({ operation }) => operation);
  const base = {
    format: 'maeprofile',
    version: 1,
    device: device.device,
    runtime: device.runtime,
    threads: device.threads,
    precision: 'float32',
    date: device.date,
    timing: { clock: device.clock, quantile: device.quantile, warmUps: device.warmUps, noise: noiseOf(reference) },
    channelBlock: channelBlockOf(PROBED_WIDTHS.map((width) => ({ width, ms: ownTime(probe(width), timeOf)?.ms }))),
    fused: FUSED,
    factor: 1,
    operators: operatorsOf(shapes, timeOf),
  } as const satisfies Profile;
  const networks = kit.models.flatMap((model) => networkTime(model, times));
  const model = new DeviceModel(base);
  const ratios = networks
    .filter(({ calibrates }) => calibrates)
    .map(({ network, ms }) => ms / graphTime(model, network));
  if (ratios.length === 0)
    return { ok: false, message: 'None of the networks that calibrate has a time: run the script of the kit again.' };
  const profile: Profile = { ...base, factor: median(ratios) };
  const heldOut = heldOutErrors(
    profile,
    networks.filter(({ calibrates }) => !calibrates),
  );
  return { ok: true, value: heldOut === undefined ? profile : { ...profile, heldOut: roundedOf(heldOut) } };
}

type TimeOf = ReadonlyMap<string, Timed | undefined>;

const keyOf = (operation: Operation): string => JSON.stringify(operation);

/** The time of an operation without the pooling that hands its result on. */
function ownTime(operation: Operation, timeOf: TimeOf): Timed | undefined {
  const whole = timeOf.get(keyOf(operation));
  if (operation.op === POOL || whole === undefined) return whole;
  const pool = timeOf.get(keyOf(poolBehind(operation)))?.ms ?? 0;
  return { ...whole, ms: Math.max(LEAST_SHARE * whole.ms, whole.ms - pool) };
}

function operatorsOf(operations: readonly Operation[], timeOf: TimeOf): OperatorTimes[] {
  const kinds = new Map<string, OperatorTimes & { points: Point[] }>();
  for (const operation of operations) {
    const time = ownTime(operation, timeOf);
    if (time === undefined) continue;
    const { op, kernel, stride, grouping } = operation;
    const key = `${op} ${kernel} ${stride} ${grouping}`;
    const kind = kinds.get(key) ?? { op, kernel, stride, grouping, points: [] };
    kinds.set(key, kind);
    const { in: read, out, groups, height, width } = operation;
    kind.points.push([read, out, groups, height, width, rounded(time.ms), rounded(time.spread), time.runs]);
  }
  return [...kinds.values()];
}

/** Four digits are more than any time is good for. */
const rounded = (value: number): number => Number(value.toPrecision(4));

interface NetworkTime extends TimedNetwork {
  readonly calibrates: boolean;
}

function networkTime(model: KitModel, times: KitTimes['times']): NetworkTime[] {
  const ms = times.get(model.file)?.ms;
  if (model.kind === 'operator' || ms === undefined) return [];
  return [{ ms, network: lower(kitBackbone(model.text)), calibrates: model.calibrates }];
}

const roundedOf = ({ networks, medianError, error95, rank }: HeldOut): HeldOut => ({
  networks,
  medianError: rounded(medianError),
  error95: rounded(error95),
  rank: rounded(rank),
});

/** What one timing of the reference differs from the one before: the median, as a share. */
const noiseOf = (reference: readonly number[]): number =>
  reference.length < 2
    ? 0
    : rounded(median(reference.slice(1).map((ms, i) => Math.abs(ms / (reference[i] ?? ms) - 1))));

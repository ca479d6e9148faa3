import type { Expected } from '../measure/prediction.ts';
import type { NamedMeasurement } from './measure.ts';
import { type Column, table } from './table.ts';

/**
 * `mae measure --json`: a contract that other programs rely on. Device, draws and seed are the same for all backbones
 * of a file and stand once. Values are nats.
 */
export function measureJson(results: readonly NamedMeasurement[]) {
  const first = results[0]?.measurement;
  const of = (kind: NamedMeasurement['kind']) => results.filter((result) => result.kind === kind).map(resultJson);
  const detectors = of('detector');
  return {
    backend: first?.backend,
    device: first?.device,
    draws: first?.draws,
    seed: first?.seed,
    activation: first?.activation,
    backbones: of('backbone'),
    ...(detectors.length === 0 ? {} : { detectors }),
  };
}

const resultJson = ({ name, measurement }: NamedMeasurement) => ({
  name,
  stages: measurement.stages.map(({ name: stage, logStd, predicted, z }) => ({
    name: stage,
    logStd,
    predicted: { mean: predicted.mean, sd: predicted.sd ?? null },
    z: z ?? null,
  })),
  ...(measurement.zen === undefined ? {} : { zen: measurement.zen }),
  seconds: measurement.seconds,
});

const right = (title: string): Column => ({ title, align: 'right' });
const COLUMNS: readonly Column[] = [
  { title: 'stage', align: 'left' },
  right('log σ measured'),
  right('predicted'),
  right('z'),
];

const plusMinus = ({ mean, sd }: Expected): string =>
  sd === undefined ? mean.toFixed(2) : `${mean.toFixed(2)} ± ${sd.toFixed(2)}`;

/**
 * One backbone for people. The spread is that of one draw; z is the distance of the means in standard errors, where the
 * theory has a term for the spread.
 */
export function measureText({ name, measurement }: NamedMeasurement): string {
  const { backend, device, kind, draws, seed, activation, stages, zen, zenRefused, seconds } = measurement;
  const rows = stages.map((s) => [
    s.name,
    plusMinus(s.logStd),
    plusMinus(s.predicted),
    s.z?.toFixed(1) ?? 'no term in the theory',
  ]);
  const many = draws === 1 ? '1 draw' : `${draws} draws`;
  return [
    `${name}: ${activation}, ${many}, seed ${seed}, ${backend} on ${device} (${kind.toUpperCase()}), ${seconds.toFixed(1)} s`,
    ...table(COLUMNS, rows).map((line) => `  ${line}`),
    ...(zen === undefined ? [] : [`  Zen-Score ${plusMinus(zen)} (${zen.draws} draws of ${zen.batch} images)`]),
    ...(zenRefused ? ['  Zen-Score: not defined for a network whose signal branches'] : []),
  ].join('\n');
}

import type { Profile } from '../latency/profile.ts';
import type { LatencyRow, LatencyRows } from './latency-rows.ts';

/** `mae latency --json`: a contract that other programs rely on. Times are milliseconds of one image. */
export const latencyJson = (name: string, { device, runtime }: Profile, { backbones, detectors }: LatencyRows) => ({
  profile: name,
  device,
  runtime,
  backbones: backbones.map((row) => ({
    ...designJson(row),
    groups: row.lines.map(({ line, milliseconds }) => ({ line, milliseconds })),
  })),
  detectors: detectors.map((row) => ({ ...designJson(row), parts: row.parts ?? [] })),
});

const designJson = ({ name, milliseconds, outside, checked }: LatencyRow) => ({
  name,
  milliseconds,
  outside,
  ...(checked === undefined ? {} : { checked }),
});

import { describe, expect, test } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { backboneOf, type MeasuredCase, measuredCases, titleOf } from './structures.ts';

const stagesOf = (c: MeasuredCase) => {
  const [channels, height, width] = c.input;
  return analyse(backboneOf(c.structure_info, { channels, height, width })).stages;
};
const linear = measuredCases.filter((c) => !c.relu);
const relu = measuredCases.filter((c) => c.relu);

describe('exact log σ (linear) is within 0.08 nats of PyTorch’s 16-seed mean', () => {
  test.each(linear.map((c, i): [string, MeasuredCase] => [titleOf(c, i), c]))('%s', (_, c) => {
    const stages = stagesOf(c);
    expect(stages).toHaveLength(c.stage_log_std_mean.length);
    stages.forEach((stage, i) => {
      expect(Math.abs(stage.logStd.exact.linear - (c.stage_log_std_mean[i] ?? Number.NaN))).toBeLessThan(0.08);
    });
  });
});

describe('finite width (relu)', () => {
  const rows = relu.flatMap((c) =>
    stagesOf(c).map((stage, i) => {
      const sd = c.stage_log_std_sd[i] ?? Number.NaN;
      const error = (stage.logStd.finiteWidth?.mean ?? Number.NaN) - (c.stage_log_std_mean[i] ?? Number.NaN);
      return {
        error,
        z: Math.abs(error) / (sd / Math.sqrt(c.seeds)),
        ratio: (stage.logStd.finiteWidth?.sd ?? Number.NaN) / sd,
      };
    }),
  );
  const median = (values: number[]): number =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

  test('the mean is within 2.5 standard errors for at least 94 % of the stages', () => {
    expect(rows).toHaveLength(70);
    expect(rows.filter((row) => row.z <= 2.5).length / rows.length).toBeGreaterThanOrEqual(0.94);
  });

  test('the median error is below 0.04 nats and the median spread 0.96 of the measured one', () => {
    expect(median(rows.map((row) => Math.abs(row.error)))).toBeLessThan(0.04);
    expect(median(rows.map((row) => row.ratio))).toBeCloseTo(0.96, 1);
  });
});

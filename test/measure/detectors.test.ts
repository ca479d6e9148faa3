import { describe, expect, test } from 'vitest';
import { stageLogStds } from '../../server/src/analysis/stage-log-stds.ts';
import { measuredPlaces } from '../../server/src/detector/measured-places.ts';
import { snapshotOf } from '../../server/src/features/snapshot.ts';
import type { MeasuredActivation } from '../../server/src/measure/plan.ts';
import { halfLogMean } from './half-log-mean.ts';
import { builtProgram, clientOf, requestFor } from './program.ts';

const DRAWS = 64;
const client = clientOf(await builtProgram());

const BACKBONE = `backbone net {
  input 3 x 48 x 40
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 basic(out: 24, btn: 24, k: 3, s: 2) x 1
  stage C3 basic(out: 32, btn: 32, k: 3, s: 2) x 1
  stage C4 bottleneck(out: 48, btn: 24, k: 3, s: 2) x 1
}
`;

const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'a pyramid and towers with GroupNorm',
    'neck fpn(from: C2..C4, out: 32, levels: 4)  head fcos(width: 32, convs: 2)',
    ['C2', 'C3', 'C4', 'P2', 'P3', 'P4', 'P5', 'P2 cls tower', 'P2 cls', 'P2 reg tower', 'P2 reg', 'P2 centerness'],
  ],
  [
    'levels of the input',
    'neck fpn(from: C3..C4, out: 24, levels: 3, extra: on-input)  head retina(width: 16, convs: 1)',
    ['C3', 'C4', 'P3', 'P4', 'P5', 'P3 cls tower', 'P3 cls'],
  ],
  [
    'paths down and up',
    'neck pafpn(from: C2..C4, out: 24, levels: 3)  head decoupled(width: 16, convs: 1)',
    ['C2', 'C3', 'C4', 'P2', 'P3', 'P4', 'P2 cls tower'],
  ],
  [
    'one level with dilation',
    'neck dilated(from: C4, out: 32, mid: 16, blocks: 2)  head yolof()',
    ['C4', 'P4', 'P4 cls tower', 'P4 cls'],
  ],
];

function placesOf(parts: string) {
  const [detector] = snapshotOf(`${BACKBONE}detector whole { ${parts} }`).detectors;
  if (detector?.analysis === undefined) throw new Error('the detector has no numbers');
  return measuredPlaces(detector.analysis.network);
}

/** A pass of random weights through necks and heads finds what the closed forms say, as in a backbone. */
describe.each(['linear', 'relu'] satisfies MeasuredActivation[])(
  '%s: within 4 standard errors of exact',
  (activation) => {
    test.each(CASES)('%s', async (_, parts, named) => {
      const network = placesOf(parts);
      expect(network.stages.map(({ name }) => name)).toEqual(expect.arrayContaining([...named]));
      const outcome = await client.measure(requestFor(network, { activation, draws: DRAWS, seed: 7, workers: 2 }));
      if (!outcome.ok) throw new Error(outcome.failure.message);
      const closed = stageLogStds(network);
      for (const [i, { name, channels }] of network.stages.entries()) {
        // One channel is one filter: its variance over the draws is so skewed that the mean of 64 is not normal.
        if (channels === 1) continue;
        const { log, error } = halfLogMean(outcome.value.draws.map((draw) => draw[i] ?? Number.NaN));
        const exact = closed[i]?.exact[activation] ?? Number.NaN;
        expect(error).toBeGreaterThan(0);
        expect(Math.abs(log - exact) / error, `${name}: ${log} for ${exact}`).toBeLessThan(4);
      }
    });
  },
);

test('heads of regions are left out: nobody proposes any', () => {
  const { stages } = placesOf('neck fpn(from: C2..C4, levels: 3)  head rpn()  head box()  head mask()');
  expect(stages.map(({ name }) => name).filter((name) => /box|mask/.test(name))).toEqual([]);
  expect(stages.map(({ name }) => name)).toContain('P2 rpn');
});

import { describe, expect, test } from 'vitest';
import { codeLenses, type LensCommands } from '../../../server/src/features/code-lenses.ts';
import { type Knowledge, type MeasuredBackbone, NOTHING_KNOWN } from '../../../server/src/features/knowledge.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';

const TEXT = `backbone net {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 basic(out: 64, btn: 32, k: 3, s: 2)
}
search { start net within b }
budget b { macs <= 1G }
`;
const MEASURE = { start: 'measure', cancel: 'cancel', onSave: { draws: 4, limit: 40e9 } };
const COMMANDS: LensCommands = { runSearch: 'run', measure: MEASURE };

const measured = (z: number | undefined): MeasuredBackbone => ({
  backend: 'wasm',
  device: 'a CPU',
  draws: 4,
  seed: 0,
  activation: 'relu',
  stages: [
    { name: 'C1', mean: 4.4, sd: 0.1, predicted: 4.4, z: 0 },
    { name: 'C2', mean: 10.5, sd: 0.2, predicted: 10.5 - 0.1 * (z ?? 0), z },
  ],
  seconds: 1,
  at: 0,
});

/** The lenses over the backbone, in the order in which they are shown. */
const over = (knowledge: Partial<Knowledge> = {}, commands = COMMANDS, text = TEXT) =>
  codeLenses(snapshotOf(text), DEFAULT_OPTIONS, commands, { ...NOTHING_KNOWN, ...knowledge }).flatMap(
    ({ range, command }) => (range.start.line === 0 && command !== undefined ? [command] : []),
  );

describe('over a backbone', () => {
  test('what can be pressed stands first, the numbers behind it, what was measured last', () => {
    const lenses = over({ measured: () => measured(0.3) });
    expect(lenses.map(({ title }) => title)).toEqual([
      'Run search',
      'Measure entropy',
      expect.stringMatching(/^Z .* macs, .* of b · .* at 64×64$/),
      'measured C2 H 10.5 ± 0.2, as predicted (wasm, 4 draws)',
    ]);
    expect(lenses.map(({ command }) => command)).toEqual(['run', 'measure', '', '']);
  });

  test('where no theory tells the spread of a draw there is no distance, and the words say so', () => {
    const last = over({ measured: () => measured(undefined) }).at(-1);
    expect(last?.title).toBe('measured C2 H 10.5 ± 0.2, no term in the theory for its spread (wasm, 4 draws)');
    expect(last?.tooltip).toContain('C2 10.50, predicted 10.50, no term in the theory for its spread.');
  });

  test.each([
    [0, 'as predicted'],
    [2.4, 'as predicted'],
    [-2.6, '3 σ below the prediction'],
    [5.2, '5 σ above the prediction'],
  ])('a measurement %d standard errors away is %s; the number is in the tooltip', (z, words) => {
    const last = over({ measured: () => measured(z) }).at(-1);
    expect(last?.title).toContain(`, ${words} (`);
    expect(last?.tooltip).toContain(`z ${z < 0 ? '−' : '+'}${Math.abs(z).toFixed(1)}`);
    expect(last?.tooltip).toContain('Measured on a CPU (wasm), 4 draws, relu, seed 0');
  });

  test('a running measurement says how far it is, and can be cancelled', () => {
    expect(over({ measuring: () => ({ done: 2, total: 4 }) })[1]).toMatchObject({
      title: 'Measuring 2/4…',
      command: 'cancel',
    });
  });

  test('beyond the limit it says so and can be measured all the same; not once it is', () => {
    const small = { ...COMMANDS, measure: { ...MEASURE, onSave: { draws: 4, limit: 10e6 } } };
    const [, lens] = over({}, small);
    expect(lens).toMatchObject({
      title: 'Measure all the same (40.6 M macs, limit 10 M)',
      command: 'measure',
      arguments: [{ backbone: 'net' }],
    });
    expect(lens?.tooltip).toContain('mae-det.measure.limit');
    expect(over({ measured: () => measured(0) }, small)[1]?.title).toBe('Measure entropy');
    const onDemand = { runSearch: 'run', measure: { start: 'measure', cancel: 'cancel' } };
    expect(over({}, onDemand)[1]?.title).toBe('Measure entropy');
  });

  test('nothing is offered that cannot be done', () => {
    expect(over({}, { runSearch: 'run' }).map(({ title }) => title)).toEqual([
      'Run search',
      expect.stringMatching(/^Z/),
    ]);
    const broken = TEXT.replace('out: 64', 'out: ');
    expect(over({}, COMMANDS, broken).map(({ command }) => command)).not.toContain('measure');
  });
});

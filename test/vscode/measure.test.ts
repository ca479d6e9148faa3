import { describe, expect, test } from 'vitest';
import { useVSCode } from './harness/session.ts';

const TEXT = `backbone tiny {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 basic(out: 32, btn: 16, k: 3, s: 2) x 1
  stage C3 basic(out: 64, btn: 32, k: 3, s: 2) x 1
}
`;
/** Some 60 G macs a draw: longer than anybody waits, and beyond what a save measures. */
const HUGE = TEXT.replace('64 x 64', '2048 x 2048').replaceAll('x 1', 'x 20');

describe('entropy measured in the editor', () => {
  const settings = { 'mae-det.measure.backend': 'wasm', 'mae-det.measure.draws': 2 };
  const folder = '.vscode/settings.json';
  const code = useVSCode({
    workspace: { 'tiny.mae': TEXT, 'huge.mae': HUGE, [folder]: JSON.stringify(settings) },
    open: 'tiny.mae',
  });

  test('saving brings the measured value into lens and hover', async () => {
    const editor = code().editor('tiny.mae');
    await editor.lens(/Measure entropy/);
    await editor.replace('out: 64', 'out: 72');
    await editor.save();
    await editor.lens(
      /^Measure entropy.*measured C3 H \d+\.\d ± \d+\.\d, (as predicted|\d σ \w+ the prediction) \(wasm, 2 draws\)/,
    );
    const hover = await editor.hover('stage C3');
    expect(hover).toContain('H measured (nats)');
    expect(hover).toMatch(/Measured on .* \(wasm\), 2 draws, relu, seed 0/);
    await code().screenshot('measure-1-saved');
  });

  test('a measurement is shown while it runs, and can be cancelled', async () => {
    const editor = await code().openFile('huge.mae');
    await editor.pressLens(/^Measure all the same/);
    await code().languageStatus(/Measuring tiny/);
    await editor.lens(/^Measuring 0\/2…/);
    await code().screenshot('measure-2-running');
    await code().palette('MAE-DET: Cancel Measurement');
    await code().languageStatus(/Ready/);
    await editor.lens(/^Measure all the same/);
    expect((await editor.lenses())[0]?.text).not.toContain('measured');
  });

  test('a backend that is not there is explained, with the next step', async () => {
    code().write(folder, JSON.stringify({ ...settings, 'mae-det.measure.backend': 'cuda' }));
    const editor = await code().openFile('tiny.mae');
    await editor.pressLens('Measure entropy');
    await code().languageStatus(/Measuring failed/);
    await code().screenshot('measure-3-broken');
    await code().palette('MAE-DET: Doctor');
    await code().outputShows(/cuda: not usable[\s\S]*cause:/);
    await code().screenshot('measure-4-doctor');
  });
});
